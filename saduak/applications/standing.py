"""Where an application stands, as its pages tell it: whose turn, until when, what happened, what is still to do."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.applications import policy, queries, questionnaire
from saduak.applications.models import Application, Remark, Submission
from saduak.applications.progress import Done, Progress
from saduak.packs.asking import Form
from saduak.packs.standard import Standard
from saduak.people.actor import Actor
from saduak.people.roles import Role
from saduak.rounds import queries as rounds


def of(application: Application, actor: Actor) -> dict[str, Any]:
    """Turn, verdicts, submissions, remarks and events, for the page of an application."""
    submissions = queries.submissions(application)
    remarks = queries.remarks(application) if application.returned_at else []
    return {
        "turn": turn(application, remarks),
        "submissions": submissions,
        "remarks": remarks,
        "events": events(application, submissions, remarks),
        "may_read": policy.may_read(actor, application),
        "may_propose": policy.may_propose(actor, application),
        "may_send_back": policy.may_send_back(actor, application),
        "may_enter": policy.may_enter(actor, application),
        "may_submit": policy.may_submit(actor, application),
        "may_resubmit": policy.may_resubmit(actor, application),
        "may_withdraw": policy.may_withdraw(actor, application),
        "level": level_name(application),
    }


def turn(application: Application, remarks: list[Remark]) -> dict[str, Any]:
    """holder, until, what: None, None and "" when it is nobody's turn."""
    role, state = application.status.holder, application.state
    if role is None:
        return {"holder": None, "until": None, "what": ""}
    until: Any = None
    if state in ("DRAFT", "PROPOSED"):
        window = rounds.window(application.round, "APPLICATION")
        until = window.closes_at if window else None
    elif state == "RETURNED" and remarks:
        until = max(one.due_on for one in remarks)
    elif state == "SUBMITTED":
        window = rounds.window(application.round, "SCREENING")
        until = window.closes_at if window else None
    what = {
        "DRAFT": _("Fill the application and lay it before the head"),
        "PROPOSED": _("Read, endorse and hand in, or send back"),
        "RETURNED": _("Correct every item, reply, and hand in again"),
        "SUBMITTED": _("Screen the documents"),
        "READY": _("Assess the centre"),
    }[state]
    return {"holder": Role(role).label, "until": until, "what": what}


def events(application: Application, submissions: list[Submission], remarks: list[Remark]) -> list[dict[str, Any]]:
    """What happened, newest first."""
    found: list[dict[str, Any]] = [
        {"at": application.created_at, "title": _("Begun"), "by": application.created_by_name, "tone": "neutral"}
    ]
    if application.proposed_at:
        found.append(
            {
                "at": application.proposed_at,
                "title": _("Proposed to the head"),
                "by": application.proposed_by_name,
                "tone": "waiting",
            }
        )
    for one in submissions:
        title = _("Handed in") if one.sequence == 1 else _("Handed in again, corrected")
        text = _("Receipt no. %(number)s") % {"number": one.receipt_number}
        url = reverse("applications:receipt", args=[application.number, one.sequence])
        found.append(
            {"at": one.submitted_at, "title": title, "by": one.by_name, "text": text, "url": url, "tone": "active"}
        )
    if application.returned_at:
        text = _("%(count)s remarks") % {"count": len(remarks)}
        found.append(
            {"at": application.returned_at, "title": _("Returned for correction"), "text": text, "tone": "bad"}
        )
    if application.state in ("READY", "NOT_READY", "WITHDRAWN"):
        text = application.withdrawn_reason if application.state == "WITHDRAWN" else ""
        found.append(_as_state(application, text))
    if application.decided_at:
        found.append(_as_state(application, level_name(application)))
    return sorted(found, key=lambda one: one["at"], reverse=True)


def _as_state(application: Application, text: str) -> dict[str, Any]:
    state = application.status
    return {"at": application.moved_at, "title": state.label, "text": text, "tone": state.tone}


def level_name(application: Application) -> str:
    """The decided level in the reader's language, "" while there is none."""
    if not application.decided_level:
        return ""
    return queries.standard(application).level(application.decided_level).title.say(get_language())


def open_remarks(application: Application) -> dict[str, Remark]:
    """item → the remark that has to be dealt with now; a remark on a sub-item stands at its criterion as well."""
    if application.state != "RETURNED":
        return {}
    places = questionnaire.places(queries.standard(application))
    found = {}
    for one in queries.remarks(application):
        found[places[one.item].criterion.id if one.item in places else one.item] = one
    return found


def places_of(application: Application, remarks: list[Remark]) -> dict[str, str]:
    """item → address of the page where it is corrected."""
    standard = queries.standard(application)
    return {
        one.item: reverse(
            "applications:section", args=[application.number, questionnaire.section_of(standard, one.item)]
        )
        + f"#{one.item}"
        for one in remarks
    }


def page_title(standard: Standard, form: Form | None, page: str) -> str:
    """The heading of a page of the form."""
    if page == questionnaire.PROFILE and form is not None:
        return form.title.say(get_language())
    for section in questionnaire.sections(standard):
        if section.id == page:
            return section.title
    return _("The whole form")


def page_ids(standard: Standard, form: Form | None) -> list[str]:
    """The pages of the form, in order; the profile comes first, where it is asked."""
    first = [questionnaire.PROFILE] if form is not None else []
    return first + [one.id for one in questionnaire.sections(standard)]


def pages(
    application: Application, draft: queries.Sketch, progress: Progress, current: str = ""
) -> list[dict[str, Any]]:
    """The pages of the form with their progress, in order."""
    made = []
    for key in page_ids(draft.standard, draft.form):
        made.append(
            {
                "id": key,
                "title": page_title(draft.standard, draft.form, key),
                "url": reverse("applications:section", args=[application.number, key]),
                "progress": progress.sections[key],
                "current": key == current,
            }
        )
    return made


def next_missing(application: Application, progress: Progress) -> dict[str, str] | None:
    """The first thing that is still missing, in the order of the form: label and address."""
    if not progress.missing:
        return None
    first = progress.missing[0]
    page = reverse("applications:section", args=[application.number, first.section])
    return {"label": first.label, "url": f"{page}#{first.item}"}


def tasks(application: Application, draft: queries.Sketch) -> list[dict[str, Any]]:
    """The task list of the unit: sections, evidence, check."""
    number, progress = application.number, draft.progress
    items = [
        {
            "label": one["title"],
            "url": one["url"],
            "state": _tag(one["progress"]),
            "hint": _("%(done)s of %(total)s complete") % vars(one["progress"]),
        }
        for one in pages(application, draft, progress)
    ]
    evidence = {
        "label": _("Evidence"),
        "url": reverse("applications:evidence", args=[number]),
        "state": {"label": _("%(count)s pieces") % {"count": len(draft.evidence)}, "tone": "neutral"},
        "hint": _("Photos, documents and links; one piece may serve several criteria."),
    }
    missing = len(progress.missing)
    check = {
        "label": _("Check your answers"),
        "url": reverse("applications:check", args=[number]),
        "state": {"label": _("%(count)s missing") % {"count": missing}, "tone": "waiting"}
        if missing
        else {"label": _("Nothing missing"), "tone": "good"},
        "hint": "",
    }
    return [
        {"title": _("Fill in"), "items": items},
        {"title": _("Attach"), "items": [evidence]},
        {"title": _("Check and pass on"), "items": [check]},
    ]


def _tag(one: Done) -> dict[str, Any]:
    if one.complete:
        return {"label": _("Complete"), "tone": "good"}
    if one.done or one.begun:
        return {"label": _("Under way"), "tone": "active"}
    return {"label": _("Not begun"), "tone": "neutral"}
