"""Messages of an application: to its coordinators and heads, in the outbox of the same transaction."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.applications.models import Application
from saduak.journal import commands as journal
from saduak.outbox import commands as outbox
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Organisation, User
from saduak.people.roles import Role

TEXTS: dict[str, tuple[Any, Any]] = {
    "proposed": (
        _("To endorse: application %(number)s"),
        _("%(by)s proposes the application of %(centre)s for your endorsement.\n%(note)s"),
    ),
    "sent_back": (
        _("Sent back: application %(number)s"),
        _("%(by)s has sent the application of %(centre)s back for more work.\n%(note)s"),
    ),
    "submitted": (
        _("Handed in: application %(number)s"),
        _(
            "The application of %(centre)s was handed in by %(by)s. Receipt no. %(receipt)s.\n"
            "SHA-256 of what was handed in: %(sha256)s"
        ),
    ),
    "returned_for_correction": (
        _("To correct by %(due)s: application %(number)s"),
        _(
            "The secretariat has returned the application of %(centre)s with %(count)s remarks. "
            "Correct each item, reply to it, and hand the application in again by %(due)s."
        ),
    ),
    "started_for_unit": (
        _("Begun for you: application %(number)s"),
        _(
            "%(by)s enters the application of %(centre)s on your behalf. You will be asked to confirm it; "
            "until then it is not handed in."
        ),
    ),
    "entered_for_unit": (
        _("To confirm: application %(number)s"),
        _(
            "%(by)s has entered the application of %(centre)s on your behalf. Read and confirm it, or send it back. "
            "Once you confirm, it counts as handed in when it was entered; until then it is not handed in."
        ),
    ),
    "malware_found": (
        _("Malware found in evidence: application %(number)s"),
        _(
            "Malware was found later in “%(file)s”, evidence “%(title)s” of the application of %(centre)s. The file can no longer be "
            "opened and does not count. Have the computer it came from checked, and add a clean version of the document."
        ),
    ),
    "malware_found_handed_in": (
        _("Malware found in evidence that was handed in: application %(number)s"),
        _(
            "Malware was found later in “%(file)s”, evidence “%(title)s” in what %(centre)s has handed in. The file can no longer be "
            "opened. What was handed in stays as it was, and the piece is marked; the unit has been told."
        ),
    ),
    "withdrawn": (
        _("Withdrawn: application %(number)s"),
        _("The application of %(centre)s was withdrawn by %(by)s.\n%(note)s"),
    ),
}


def subject(application: Application) -> journal.Subject:
    """The application as the journal names it."""
    return journal.Subject("application", application.number, application.centre.name_th)


def tell_preparers(application: Application, kind: str, *, by: Actor, **params: Any) -> None:
    """Tell the unit's coordinators and heads, save the one who did it."""
    _tell(application, kind, _holders(application, Role.COORDINATOR, Role.HEAD), by, params)


def tell_heads(application: Application, kind: str, *, by: Actor, **params: Any) -> None:
    """Tell the heads of the centre and its office."""
    _tell(application, kind, _holders(application, Role.HEAD), by, params)


def tell_officers(application: Application, kind: str, *, by: Actor, **params: Any) -> None:
    """Tell the officers of the secretariat."""
    _tell(application, kind, people.programme_people(Role.OFFICER), by, params)


def _holders(application: Application, *roles: str) -> Iterable[User]:
    office = application.centre.path[: -Organisation.steplen]
    near = Organisation.objects.filter(path__in=[application.centre.path, office]).values_list("pk", flat=True)
    return people.holders(near, *roles)


def _tell(application: Application, kind: str, to: Iterable[User], by: Actor, params: dict[str, Any]) -> None:
    title, body = TEXTS[kind]
    words = {
        "number": application.number,
        "centre": application.centre.name_th,
        "by": by.name,
        "note": application.withdrawn_reason if kind == "withdrawn" else application.note,
        **params,
    }
    outbox.notify(
        f"application.{kind}",
        to=[person for person in to if person.ref != by.ref],
        subject=title,
        body=body,
        params=words,
        about=("application", application.number),
        url=f"/applications/{application.number}/",
    )
