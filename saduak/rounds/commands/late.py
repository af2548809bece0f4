"""Admitting one unit after the period for applying has closed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox import commands as outbox
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.roles import Role
from saduak.rounds import policy, queries
from saduak.rounds.commands.opening import subject
from saduak.rounds.commands.reasons import reason_of
from saduak.rounds.models import LateEntry, Round
from saduak.rounds.moments import lazy_closing


@transaction.atomic
def admit_late(round_code: str, organisation_code: str, *, by: Actor, until: datetime, reason: str) -> LateEntry:
    """Let one unit apply until `until` (the first moment that is too late) although the period closes earlier.

    The unit is a service centre, or the office directly above its centres, of a kind that applies in the round. Its
    coordinators and heads are told. A second, later `until` lengthens it; nothing shortens it.
    Raises NotAllowed, NotPossible (round ended, no such unit, not its kind), NotComplete (reason, time),
    Round.DoesNotExist.
    """
    round = queries.lock(round_code)
    policy.may_admit_late(by).require()
    if round.state == "ENDED":
        raise NotPossible(_("The round has ended."))
    unit = _unit(round, organisation_code)
    written = reason_of(reason)
    _check_late(round, unit, until)
    made = LateEntry.objects.create(
        round=round, organisation=unit, until=until, reason=written, admitted_at=clock.now(), admitted_by=by.name
    )
    journal.record(
        "round.late_entry",
        subject(round),
        by=by,
        details={"organisation": unit.code, "until": until.isoformat(), "reason": written},
    )
    near = people.below(unit).filter(kind=Kind.CENTRE)
    if unit.kind == Kind.CENTRE:
        near = Organisation.objects.filter(path=unit.path[: -Organisation.steplen])
    outbox.notify(
        "round.late_entry",
        to=people.holders([unit.pk, *near.values_list("pk", flat=True)], Role.COORDINATOR, Role.HEAD),
        subject=_("Late entry granted: %(round)s"),
        body=_(
            "%(by)s of the secretariat lets %(unit)s apply in “%(round)s” until %(until)s, after the period has closed.\n"
            "Reason: %(reason)s"
        ),
        params={
            "by": by.name,
            "unit": unit.name_th,
            "round": round.name_th,
            "until": lazy_closing(until),
            "reason": written,
        },
        about=("round", round.code),
        url="/applications/new/",
    )
    return made


def _unit(round: Round, code: str) -> Organisation:
    unit = people.organisations().filter(code=code.strip()).first()
    if unit is None:
        raise NotPossible(
            _("There is no office with the code “%(code)s”."), params={"code": code}, field="organisation"
        )
    kinds = round.may_apply_kinds
    if unit.kind != Kind.CENTRE and kinds and unit.kind not in kinds:
        raise NotPossible(
            _("Late entry is for one unit that applies. Bodies of the kind “%(kind)s” do not apply in this round."),
            params={"kind": unit.get_kind_display()},
            field="organisation",
        )
    return unit


def _check_late(round: Round, unit: Organisation, until: datetime) -> None:
    window, screening = queries.window(round, "APPLICATION"), queries.window(round, "SCREENING")
    if window is None or until <= max(window.closes_at, clock.now()):
        raise NotComplete(_("Late entry ends after the period for applying, and after today."), field="until")
    if screening is not None and until > screening.closes_at:
        raise NotComplete(
            _("Late entry ends at the latest with the screening of documents, on %(closes)s."),
            params={"closes": lazy_closing(screening.closes_at)},
            field="until",
        )
    before = queries.late_entry(round, unit)
    if before is not None and before.until >= until:
        raise NotPossible(
            _("“%(unit)s” has late entry until %(until)s already."),
            params={"unit": unit.name, "until": lazy_closing(before.until)},
            field="until",
        )
