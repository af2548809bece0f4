"""The case file: all of one application, gathered from the apps below, in the order in which it happened."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from saduak.applications import queries as applications
from saduak.applications.models import Application
from saduak.assessment import queries as assessment
from saduak.certificates import queries as certificates
from saduak.desk import events
from saduak.journal import queries as journal
from saduak.people.actor import Actor
from saduak.people.roles import SYSTEM, Role


@dataclass(frozen=True)
class CaseFile:
    """submissions: what was handed in, oldest first; assessment: result after release, or None; certificates: of this
    application; lines: of the journal, as far as the actor may read them."""

    application: Application
    submissions: list[Any]
    result: Any
    certificates: list[Any]
    lines: list[Any]
    content: dict[str, Any]

    @property
    def events(self) -> list[dict[str, Any]]:
        """The journal's lines as a timeline, newest first; runs of one event by one person stand as one."""
        shown: list[dict[str, Any]] = []
        for line in self.lines:
            actor = gettext("the system") if line.role == SYSTEM else line.actor
            by = f"{actor} · {line.organisation}" if line.organisation else actor
            if shown and (shown[-1]["event"], shown[-1]["by"]) == (line.event, by):
                shown[-1]["count"] += 1
                shown[-1]["at"] = line.at
                continue
            shown.append({"event": line.event, "title": events.title(line.event), "at": line.at, "by": by, "count": 1})
        for one in shown:
            one["text"] = ngettext("%(count)s time", "%(count)s times", one["count"]) % one if one["count"] > 1 else ""
        return shown[::-1]


# What the panel does stays hidden from the unit until results are released; these events are the unit's own.
OPEN_EVENTS = ("application.", "certificate.", "readiness.released", "result.released", "results.released")


def of(number: str, actor: Actor) -> CaseFile | None:
    """The case file of an application the actor may see; None for a stranger."""
    application = applications.visible_to(actor).select_related("round", "centre").filter(number=number).first()
    if application is None:
        return None
    certificate = certificates.of_application(application.pk)
    found = [certificate] if certificate else []
    subjects = [("application", number), *(("certificate", one.number) for one in found)]
    inside = actor.has(Role.OFFICER, Role.AUDITOR)
    if inside:
        subjects += assessment.journal_subjects(application)
    lines = list(journal.about_any(subjects).order_by("number"))
    if not inside:
        lines = [line for line in lines if line.event.startswith(OPEN_EVENTS)]
    latest = applications.latest_submission(application)
    return CaseFile(
        application=application,
        submissions=list(application.submissions.order_by("sequence").defer("content")),
        result=assessment.result_of(application),
        certificates=found,
        lines=lines,
        content=latest.content if latest else {},
    )


def export(case: CaseFile) -> dict[str, Any]:
    """The case as data, with the hashes of submissions and journal lines."""
    return {
        "application": case.application.number,
        "centre": {"code": case.application.centre.code, "name_th": case.application.centre.name_th},
        "round": case.application.round.code,
        "state": case.application.state,
        "submissions": [
            {"receipt": one.receipt_number, "submitted_at": one.submitted_at.isoformat(), "by": one.by_name, "sha256": one.sha256} for one in case.submissions
        ],
        "handed_in": case.content,
        "certificates": [
            {"number": one.number, "level": one.level, "valid_from": one.valid_from.isoformat(), "valid_to": one.valid_to.isoformat(), "state": one.state}
            for one in case.certificates
        ],
        "journal": [
            {
                "number": line.number, "at": line.at.isoformat(), "event": line.event, "actor": line.actor, "role": line.role,
                "organisation": line.organisation, "details": line.details, "previous_hash": line.previous_hash, "hash": line.hash,
            }
            for line in case.lines
        ],
    }  # fmt: skip
