"""Saving answers: many at once, in few queries, without ever losing what somebody wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import merging, policy, profile, queries, questionnaire
from saduak.applications.commands.telling import subject
from saduak.applications.kept_text import BadValue, clean_text
from saduak.applications.models import Answer, Application
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.packs.question_types import Question
from saduak.people.actor import Actor

LONGEST_JUSTIFICATION = 6000
KEPT_FIELDS = [
    "value",
    "justification",
    "version",
    "value_version",
    "justification_version",
    "rivals",
    "updated_by_ref",
    "updated_by_name",
    "updated_at",
    "copied_from",
]


@dataclass
class Saved:
    """What a save came to. versions: of every item it touched; errors: "<item>.<part>" → sentence, these parts were not
    kept; rivals: items where somebody else wrote at the same time: both are kept until one is chosen.
    """

    saved_at: datetime
    versions: dict[str, int] = field(default_factory=dict)
    errors: dict[str, Any] = field(default_factory=dict)
    rivals: list[Answer] = field(default_factory=list)


@transaction.atomic
def save_answers(
    number: str,
    answers: Mapping[str, Mapping[str, Any]],
    *,
    by: Actor,
    versions: Mapping[str, int] | None = None,
    editor: str = "",
) -> Saved:
    """Keep parts of answers: {item: {"value": …, "justification": …}}, either part may be left out.

    versions: item → the version the writer's page shows; an item that is not named is written without looking.
    editor: the page that writes (the person when not given). A value that cannot be kept is told in `errors` and stops
    no other. Four queries, whatever the number of answers. Raises NotAllowed, NotPossible, NotComplete (unknown item).
    The journal has no line of it: these are working papers; what is handed in is recorded with its hash.
    """
    application = queries.lock(number, actor=by)
    policy.may_edit(by, application).require()
    places = questionnaire.places(queries.standard(application))
    asking = {item: place.question for item, place in places.items() if place.question is not None}
    asking |= profile.questions(queries.form(application))
    unknown = [item for item in answers if item not in places and item not in asking]
    if unknown:
        raise NotComplete(_("There is no item “%(item)s”."), params={"item": unknown[0][:60]})
    slots = {one.item: one for one in Answer.objects.filter(application=application, item__in=list(answers))}
    saved = Saved(clock.now())
    who = {"by": by.name, "ref": by.ref, "at": saved.saved_at.isoformat()}
    changed = []
    for item, parts in answers.items():
        slot = slots.get(item) or Answer(application=application, item=item)
        outcomes = _write(
            slot, parts, places.get(item), asking.get(item), (versions or {}).get(item), editor or by.ref, who, saved
        )
        if "kept" in outcomes:  # a rival stands beside somebody else's words, under whose name they stay
            slot.updated_by_ref, slot.updated_by_name, slot.updated_at = by.ref, by.name, saved.saved_at
        if outcomes & {"kept", "rival"}:
            slot.copied_from = None  # whoever writes has looked
            slot.pk = None  # written by its item: one statement inserts what is new and updates what is there
            changed.append(slot)
        else:
            slot.version -= 1
        if "rival" in outcomes:
            saved.rivals.append(slot)
        saved.versions[item] = slot.version
    if changed:
        Answer.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["application", "item"], update_fields=KEPT_FIELDS
        )
        application.updated_at, application.updated_by_name = saved.saved_at, by.name
        application.save(update_fields=["updated_at", "updated_by_name"])
    return saved


def save_profile(
    number: str, values: Mapping[str, Any], *, by: Actor, versions: Mapping[str, int] | None = None, editor: str = ""
) -> Saved:
    """Keep answers to the form of the profile, by id of the question. As save_answers, keyed without the prefix."""
    answers = {profile.PREFIX + key: {"value": value} for key, value in values.items()}
    return save_answers(number, answers, by=by, versions=versions, editor=editor)


def _write(
    slot: Answer,
    parts: Mapping[str, Any],
    place: questionnaire.Place | None,
    question: Question | None,
    seen: int | None,
    editor: str,
    who: dict[str, str],
    saved: Saved,
) -> set[str]:
    slot.version += 1
    outcomes = set()
    for part, raw in parts.items():
        try:
            content = _clean(slot.item, part, raw, place, question)
        except BadValue as error:
            saved.errors[f"{slot.item}.{part}"] = error.sentence
            continue
        outcomes.add(merging.merge(slot, part, content, seen=seen, editor=editor, who=who))
    return outcomes


def _clean(item: str, part: str, raw: Any, place: questionnaire.Place | None, question: Question | None) -> Any:
    if part == "value" and question is not None:
        return questionnaire.parse_question(question, raw)
    if place is not None and question is None:
        if part == "justification":
            return clean_text(raw or "", LONGEST_JUSTIFICATION)
        if part == "value":
            return questionnaire.parse(item, place.scoring, raw)
    raise BadValue(_("This item has no such part."))


@transaction.atomic
def look_at(number: str, items: Iterable[str], *, by: Actor) -> int:
    """Somebody has looked at answers that were copied from an earlier application, and they still hold; returns how many.

    Answers of other items, or looked at before, stay as they are. Raises NotAllowed, NotPossible.
    """
    application = queries.lock(number, actor=by)
    policy.may_edit(by, application).require()
    copied = Answer.objects.filter(application=application, item__in=list(items), copied_from__isnull=False)
    return copied.update(copied_from=None)


@transaction.atomic
def settle(number: str, item: str, part: str, chosen: int | None, *, by: Actor) -> Application:
    """Choose between what two people wrote at the same time: a rival by its place, None for what stands.

    What is given up stays in the journal. Raises NotAllowed, NotPossible when there is nothing to choose any more.
    """
    application = queries.lock(number, actor=by)
    policy.may_edit(by, application).require()
    slot = Answer.objects.select_for_update().filter(application=application, item=item).first()
    rivals = [one for one in slot.rivals if one["part"] == part] if slot else []
    if slot is None or not rivals or (chosen is not None and not 0 <= chosen < len(rivals)):
        raise NotPossible(_("There is nothing to choose any more: somebody has already chosen."))
    slot.version += 1
    given_up = merging.settle(slot, part, chosen)
    slot.updated_by_ref, slot.updated_by_name, slot.updated_at = by.ref, by.name, clock.now()
    slot.save(update_fields=KEPT_FIELDS)
    journal.record(
        "application.versions_settled",
        subject(application),
        by=by,
        details={"item": item, "part": part, "given_up": given_up},
    )
    return application
