"""Desk checks are shared among the officers."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.applications.models import Application
from saduak.assessment import policy
from saduak.assessment.models import DeskCheck
from saduak.assessment.queries import screening as queries
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox import commands as outbox
from saduak.people.actor import Actor
from saduak.people.models import User

MOST = 5_000


@transaction.atomic
def share_out(numbers: Iterable[str], to: Iterable[str], *, by: Actor) -> int:
    """Give applications to officers for their desk check; returns how many changed hands.

    numbers: of applications that wait to be screened; to: refs of officers. One gets all; among several each application
    goes to whoever has the least to do; with none they are taken back. Who has it already keeps it where it fits.
    Raises NotAllowed, NotComplete (nothing chosen, somebody who is no officer), NotPossible (one is not to be screened
    any more); then nothing was given.
    """
    policy.may_screen(by).require()
    wanted = list(dict.fromkeys(numbers))
    if not wanted:
        raise NotComplete(_("Tick at least one application."), field="number")
    if len(wanted) > MOST:
        raise NotComplete(_("At most %(most)s applications at once."), params={"most": f"{MOST:,}"})
    refs = list(dict.fromkeys(to))
    officers = {one.ref: one for one in queries.officers()}
    if not officers.keys() >= set(refs):
        raise NotComplete(_("Only officers of the secretariat check applications."), field="to")
    found = _locked(wanted, by)
    held = {one.application_id: one for one in DeskCheck.objects.filter(application__in=found)}
    chosen = [officers[ref] for ref in refs]
    changes = _turns(found, held, chosen)
    at = clock.now()
    going = [held[one.pk].pk for one, user in changes if one.pk in held]
    DeskCheck.objects.filter(pk__in=going).delete()
    DeskCheck.objects.bulk_create(
        [DeskCheck(application=one, user=user, given_at=at, given_by=by.name) for one, user in changes if user],
        batch_size=500,
    )
    journal.record_many(
        [
            (
                "screening.shared",
                journal.Subject("screening", one.number, one.centre.name_th),
                {"to": user.ref if user else "", "name": user.name_th if user else ""},
            )
            for one, user in changes
        ],
        by=by,
    )
    _tell(changes, by)
    return len(changes)


def _locked(numbers: list[str], by: Actor) -> list[Application]:
    """The applications in the order of the queue, held."""
    found: list[Application] = []
    for at in range(0, len(numbers), 500):
        part = queries.screened_by(by).filter(number__in=numbers[at : at + 500]).order_by().values("pk")
        found += (
            Application.objects.select_for_update(of=("self",))
            .select_related("centre", "screening")
            .filter(pk__in=part)
            .order_by("submitted_at", "pk")
        )
    if len(found) != len(numbers):
        raise Application.DoesNotExist
    for one in found:
        screening = getattr(one, "screening", None)
        if one.state != "SUBMITTED" or (screening is not None and screening.state != "OPEN"):
            raise NotPossible(
                _("%(number)s of %(centre)s does not wait to be checked any more. Look at the list again."),
                params={"number": one.number, "centre": one.centre.name_th},
            )
    return sorted(found, key=lambda one: (one.submitted_at, one.pk))


def _turns(
    found: list[Application], held: dict[int, DeskCheck], chosen: list[User]
) -> list[tuple[Application, User | None]]:
    """Who gets what anew. Whoever is chosen and has an application keeps it."""
    loads = queries.loads(None, chosen)
    load = {user.pk: loads.get(user.pk, 0) for user in chosen}
    changes: list[tuple[Application, User | None]] = []
    for one in found:
        now = held[one.pk].user_id if one.pk in held else None
        if now in load or (not chosen and now is None):
            continue
        user = min(chosen, key=lambda person: (load[person.pk], chosen.index(person))) if chosen else None
        if user is not None:
            load[user.pk] += 1
        changes.append((one, user))
    return changes


def _tell(changes: list[tuple[Application, User | None]], by: Actor) -> None:
    many: dict[int, int] = {}
    people = {user.pk: user for _one, user in changes if user is not None and user.pk != by.user_id}
    for _one, user in changes:
        if user is not None:
            many[user.pk] = many.get(user.pk, 0) + 1
    for key, user in people.items():
        outbox.notify(
            "screening.shared",
            to=[user],
            subject=_("Applications for you to check: %(many)s"),
            body=_("%(by)s has given you %(many)s applications to check."),
            params={"by": by.name, "many": many[key]},
            about=("screening", user.ref),
            url=f"{reverse('assessment:screening')}?whose=mine",
        )
