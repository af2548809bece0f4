"""Reading rounds: their windows, actions and standard, and whether a window is open at a moment."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from saduak.kernel import clock
from saduak.kernel.verdict import YES, Verdict, not_now
from saduak.kernel.waiting import Waiting
from saduak.packs import queries as packs
from saduak.packs.asking import Form
from saduak.packs.models import PublishedPack
from saduak.packs.standard import Standard
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.rounds.models import Action, LateEntry, Round, Window, WindowKind, WindowMove
from saduak.rounds.moments import lazy_closing, lazy_opening
from saduak.statements import Columns, Statement

_ORDER = {kind: place for place, kind in enumerate(WindowKind.values)}


def rounds() -> QuerySet[Round]:
    """All rounds, newest fiscal year first, with their windows."""
    return Round.objects.defer("source").prefetch_related("windows").order_by("-fiscal_year", "code")


def by_code(code: str) -> Round:
    """One round by its public code. Raises Round.DoesNotExist."""
    return Round.objects.prefetch_related("windows", "actions", "moves").get(code=code)


def lock(code: str) -> Round:
    """The round, held until the transaction ends. Raises Round.DoesNotExist."""
    return Round.objects.select_for_update().get(code=code)


def current() -> Round | None:
    """The newest round under way that is no practice round, or None."""
    found = CURRENT.row()
    return ROUND.make(found) if found else None


ROUND = Columns(Round)
CURRENT = Statement(
    lambda at: (
        Round.objects.filter(state="OPEN", is_practice=False)
        .order_by("-fiscal_year", "code")
        .values_list(*ROUND.paths)[:1]
    )
)


def windows(round: Round) -> list[Window]:
    """The windows in the order in which they open."""
    return sorted(round.windows.all(), key=lambda window: (window.opens_at, _ORDER[window.kind]))


def actions(round: Round) -> list[Action]:
    """The numbered actions, in their order."""
    return sorted(round.actions.all(), key=lambda action: action.number)


def window(round: Round, kind: str) -> Window | None:
    return next((one for one in round.windows.all() if one.kind == kind), None)


def is_open(round: Round, kind: str, at: datetime | None = None, organisation: Organisation | None = None) -> Verdict:
    """Is the window open at the moment (now if none is given)? The no says since when it is closed, or when it opens.

    organisation: for whom it is asked; a centre that was admitted late, or whose office was, may still apply.
    Rights follow the calendar to the second; the window is half-open, so what comes at `closes_at` is too late.
    """
    moment = at or clock.now()
    name = WindowKind(kind).label
    if round.state == "ENDED" and round.ended_at is not None and moment >= round.ended_at:
        return not_now(_("The round has ended."))
    found = window(round, kind)
    if found is None:
        return not_now(_("This round has no period “%(window)s”."), window=name)
    if moment < found.opens_at:
        return not_now(
            _("The period “%(window)s” opens on %(opens)s."), window=name, opens=lazy_opening(found.opens_at)
        )
    if moment >= found.closes_at:
        late = late_entry(round, organisation) if organisation is not None and kind == "APPLICATION" else None
        if late is not None and _admitted(round, organisation, moment):
            return YES
        if late is not None and moment >= late.until:
            return not_now(_("The time for late entry ended on %(closes)s."), closes=lazy_closing(late.until))
        return not_now(
            _("The period “%(window)s” closed on %(closes)s."), window=name, closes=lazy_closing(found.closes_at)
        )
    return YES


def stands_open(round: Round, *kinds: str, at: datetime | None = None) -> Verdict:
    """Is one of these windows open at the moment? The right that hangs on them comes and goes with it.

    A round whose pack names none of them does not limit the act by the calendar, save that it ends with the round. The
    no is that of the window that opens next, or else of the one that closed last.
    """
    moment = at or clock.now()
    found = [one for one in windows(round) if one.kind in kinds]
    if not found:
        over = round.ended_at is not None and moment >= round.ended_at
        return not_now(_("The round has ended.")) if over else YES
    verdicts = {one.kind: is_open(round, one.kind, moment) for one in found}
    if any(verdicts.values()):
        return YES
    ahead = [one for one in found if moment < one.opens_at]
    telling = ahead[0] if ahead else max(found, key=lambda one: one.closes_at)
    return verdicts[telling.kind]


def late_entry(round: Round, organisation: Organisation) -> LateEntry | None:
    """The late entry that lasts longest for a centre: its own, or that of the office directly above it."""
    theirs = [one for one in round.late_entries.all() if one.covers(organisation)]
    return max(theirs, key=lambda one: one.until, default=None)


def closes_at(round: Round, organisation: Organisation) -> datetime | None:
    """Until when a centre may apply: the end of the window, or of its late entry; None without such a window."""
    found, late = window(round, "APPLICATION"), late_entry(round, organisation)
    return max((one for one in (found and found.closes_at, late and late.until) if one), default=None)


def _admitted(round: Round, organisation: Organisation | None, moment: datetime) -> bool:
    """Any late entry counts, not only the longest: a longer time granted later leaves no gap before it."""
    return organisation is not None and any(
        one.covers(organisation) and one.admitted_at <= moment < one.until for one in round.late_entries.all()
    )


def late_entries(round: Round) -> QuerySet[LateEntry]:
    """All late entries of a round, the last one first."""
    return LateEntry.objects.filter(round=round).order_by("-admitted_at", "-pk")


def moves(round: Round, kind: str | None = None) -> list[WindowMove]:
    """What was moved of the windows (of one of them), the last move first."""
    found = [one for one in round.moves.all() if kind in (None, one.kind)]
    return sorted(found, key=lambda one: (one.moved_at, one.pk), reverse=True)


def standard(round: Round) -> Standard:
    """The standard by which the round's applications are judged, as it was published."""
    return packs.standard(round.standard_pack)


def profile_form(round: Round) -> Form | None:
    """The form in which a centre tells about itself in this round, as it was published; None when it is not asked."""
    return packs.form(round.profile_pack) if round.profile_pack is not None else None


def surveys(round: Round) -> list[PublishedPack]:
    """The surveys of the round in the order of its pack, each in the version it names. One query."""
    return [pack for one, pack in packs.named(round.round_pack.content) if one.key == "surveys" and pack is not None]


def survey_of(action: Action) -> PublishedPack | None:
    """The survey that an action asks for, or None where it names none of the round's."""
    content = action.round.round_pack.content
    asked = next((one.get("survey") for one in content["actions"] if one["number"] == action.number), None)
    return next((one for one in surveys(action.round) if one.pack_id == asked), None) if asked else None


def milestones(round: Round) -> list[dict[str, Any]]:
    """Milestones of the round's pack: {id, title: {th, en}, on: ISO day}."""
    return sorted(round.round_pack.content.get("milestones", []), key=lambda one: one["on"])


def waiting_for(actor: Actor) -> list[Waiting]:
    """Rounds ask nothing of anybody by themselves: circulars, applications and assessment do."""
    return []
