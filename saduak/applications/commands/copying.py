"""Beginning from the centre's last application: answers along the mapping of criteria, and the evidence they rest on.

A copy says nothing by itself: every answer carries the year it comes from until somebody has looked at it, and handing in
waits for that. Evidence is the same stored file under a new entry; what no longer holds, or is old, is flagged as such by
the rules of evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from saduak.applications import profile, queries, questionnaire
from saduak.applications.kept_text import BadValue
from saduak.applications.models import Answer, Application, Evidence, Submission
from saduak.kernel import clock
from saduak.packs import queries as packs
from saduak.people.actor import Actor


def copy_last(application: Application, *, by: Actor) -> None:
    """Fill a new application from the last one that its centre handed in; does nothing where there is none."""
    last = queries.last_handed_in(application.centre, application.round)
    if last is None:
        return
    new_items = {**new_places(last, application), **new_questions(last, application)}
    _answers(application, last, new_items, by)
    _evidence(application, last, new_items, by)
    application.begun_from = last.application.number
    application.save(update_fields=["begun_from"])


def new_places(last: Submission, application: Application) -> dict[str, tuple[str, ...]]:
    """item of the old standard → the items of the new one that ask the same, as its pack says."""
    return packs.mapping(last.application.round.standard_pack, application.round.standard_pack)


def new_questions(last: Submission, application: Application) -> dict[str, tuple[str, ...]]:
    """The same for the questions of the profile, as the forms say; none where one of the rounds asks for no profile."""
    before, after = last.application.round.profile_pack, application.round.profile_pack
    moved = packs.mapping(before, after) if before is not None and after is not None else {}
    return {profile.PREFIX + old: tuple(profile.PREFIX + one for one in new) for old, new in moved.items()}


def _answers(application: Application, last: Submission, new_items: Mapping[str, tuple[str, ...]], by: Actor) -> None:
    places = questionnaire.places(queries.standard(application))
    given: dict[str, dict[str, Any]] = {}
    for old, answer in last.content["answers"].items():
        for item in new_items.get(old, (old,) if old in places and places[old].question else ()):
            place = places[item]
            kept = given.setdefault(item, {"value": None, "justification": ""})
            if kept["value"] is None:
                kept["value"] = _still_possible(item, place, answer["value"])
            words = answer["justification"].strip()
            if words and words not in kept["justification"]:
                kept["justification"] = "\n\n".join(filter(None, (kept["justification"], words)))
    for item, value in _profile(application, last, new_items).items():
        given[item] = {"value": value, "justification": ""}
    at = clock.now()
    year = last.application.round.fiscal_year
    Answer.objects.bulk_create(
        [
            Answer(
                application=application,
                item=item,
                value=one["value"],
                justification=one["justification"],
                version=1,
                value_version=1,
                justification_version=1,
                updated_by_ref=by.ref,
                updated_by_name=by.name,
                updated_at=at,
                copied_from=year,
            )
            for item, one in given.items()
            if one["value"] not in (None, "", []) or one["justification"]
        ],
        update_conflicts=True,  # what the tree knows of the centre stood there a moment ago
        unique_fields=["application", "item"],
        update_fields=["value", "justification", "copied_from"],
    )


def _profile(application: Application, last: Submission, new_items: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Answers of the last profile that the new form still takes. Where a long text takes the place of several, all their words."""
    asking = profile.questions(queries.form(application))
    given: dict[str, Any] = {}
    for key, value in profile.values(queries.form(last.application), last.content["profile"]).items():
        for item in new_items.get(profile.PREFIX + key, ()):
            question, before = asking[item], given.get(item)
            joined = f"{before}\n\n{value}" if before and question.type == "long_text" and value != before else value
            try:
                kept = questionnaire.parse_question(question, joined)
            except BadValue:
                continue
            if kept is not None and (before is None or joined is not value):
                given[item] = kept
    return given


def _still_possible(item: str, place: questionnaire.Place, value: Any) -> Any:
    """The value, where the new standard still takes it; what can no longer be given is answered anew."""
    try:
        if place.question is not None:
            return questionnaire.parse_question(place.question, value)
        return questionnaire.parse(item, place.scoring, value)
    except BadValue:
        return None


def _evidence(application: Application, last: Submission, new_items: Mapping[str, tuple[str, ...]], by: Actor) -> None:
    places = questionnaire.places(queries.standard(application))
    holders = questionnaire.holders(queries.standard(application), queries.form(application))
    known = {one.public_id: one for one in _pieces(last)}
    at = clock.now()
    made = []
    for piece in last.content["evidence"]:
        old = known.get(piece["id"])
        # A criterion may have become a part of another; evidence belongs to whole criteria, or to a question of files.
        found = {item for one in piece["items"] for item in new_items.get(one, ())}
        wanted = {places[item].criterion.id for item in found if item in places} | (found - set(places))
        wanted |= {one for one in piece["items"] if one in places and places[one].question is not None}
        if old is None or not wanted or not old.usable:
            continue
        made.append(
            Evidence(
                application=application,
                items=[one for one in holders if one in wanted],
                stored=old.stored,
                link=old.link,
                title=old.title,
                shows=old.shows,
                holds_from=old.holds_from,
                holds_to=old.holds_to,
                added_by_name=by.name,
                added_at=at,
            )
        )
    Evidence.objects.bulk_create(made)


def _pieces(last: Submission) -> QuerySet[Evidence]:
    return Evidence.objects.filter(application=last.application).select_related("stored")
