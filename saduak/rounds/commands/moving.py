"""Moving a period of a round that is under way."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox import commands as outbox
from saduak.people.actor import Actor
from saduak.rounds import policy, queries
from saduak.rounds.commands.opening import Span, subject
from saduak.rounds.commands.reasons import reason_of
from saduak.rounds.models import Action, Round, Window, WindowKind, WindowMove
from saduak.rounds.moments import closing_text, lazy_closing, lazy_opening, opening_text
from saduak.thai.dates import fiscal_year_bounds

# A period ends at the latest so long after the fiscal year of its round: what lies beyond is a slip of the pen.
LATEST = timedelta(days=730)


@transaction.atomic
def move_window(
    round_code: str,
    kind: str,
    *,
    by: Actor,
    opens_at: datetime,
    closes_at: datetime,
    reason: str,
    seen: Span | None = None,
) -> WindowMove:
    """Give a period of a running round another opening or closing moment, for a reason everybody reads.

    seen: (opens, closes) as the officer had it before the eyes, so that two officers do not undo each other unawares.
    An opening that has come stays; nothing opens or closes in the past. A period that is over opens again when its
    closing moves into the future. Numbered actions that are to be done within the period follow it; letters that were
    issued keep their date. Those concerned are told. Raises NotAllowed, NotPossible (round ended, no such period, it
    was moved meanwhile, its opening has come), NotComplete (reason, moments), Round.DoesNotExist.
    """
    round = queries.lock(round_code)
    policy.may_move_window(by).require()
    if round.state == "ENDED":
        raise NotPossible(_("The round has ended."))
    window = queries.window(round, kind)
    if window is None:
        raise NotPossible(_("This round has no such period."))
    before: Span = (window.opens_at, window.closes_at)
    if seen is not None and seen != before:
        raise NotPossible(_("Somebody moved this period meanwhile. Look at its dates again before you move it."))
    words = reason_of(reason)
    _check(round, window, opens_at, closes_at)
    at = clock.now()
    window.opens_at, window.closes_at = opens_at, closes_at
    window.save(update_fields=["opens_at", "closes_at"])
    following = _take_along(round, window, before)
    move = WindowMove.objects.create(
        round=round, kind=kind, opened_before=before[0], closed_before=before[1], opens_at=opens_at,
        closes_at=closes_at, reason=words, moved_at=at, moved_by=by.name,
    )  # fmt: skip
    details = {
        "window": kind,
        "before": [one.isoformat() for one in before],
        "after": [opens_at.isoformat(), closes_at.isoformat()],
        "actions": following,
        "reason": words,
    }
    journal.record("round.window_moved", subject(round), by=by, details=details)
    _tell(round, window, move, by)
    return move


def _check(round: Round, window: Window, opens_at: datetime, closes_at: datetime) -> None:
    now = clock.now()
    if (opens_at, closes_at) == (window.opens_at, window.closes_at):
        raise NotComplete(_("These are the moments the period has already."), field="closes_day")
    if opens_at != window.opens_at:
        if window.opens_at <= now:
            raise NotPossible(
                _("The period has been open since %(opens)s; that can no longer be moved."),
                params={"opens": lazy_opening(window.opens_at)},
                field="opens_day",
            )
        if opens_at < now:
            raise NotComplete(_("A period cannot open in the past. Give a moment from now on."), field="opens_day")
    if closes_at <= opens_at:
        raise NotComplete(
            _("The period “%(window)s” would close before it opens."),
            params={"window": WindowKind(window.kind).label},
            field="closes_day",
        )
    if closes_at <= now:
        raise NotComplete(_("A period cannot close in the past. Give a moment from now on."), field="closes_day")
    latest = fiscal_year_bounds(round.fiscal_year)[1] + LATEST
    if closes_at.astimezone(clock.BANGKOK).date() > latest:
        raise NotComplete(
            _("The period would end later than two years after its fiscal year. Look at the year you wrote."),
            field="closes_day",
        )
    _check_neighbours(round, window.kind, closes_at)


def _check_neighbours(round: Round, kind: str, closes_at: datetime) -> None:
    """Nobody may be allowed to hand in what nobody may look at any more."""
    screening = queries.window(round, "SCREENING")
    if kind == "APPLICATION" and screening is not None and closes_at > screening.closes_at:
        raise NotComplete(
            _("The screening of documents closes on %(closes)s, before this. Move the screening first."),
            params={"closes": lazy_closing(screening.closes_at)},
            field="closes_day",
        )
    if kind != "SCREENING":
        return
    applying = queries.window(round, "APPLICATION")
    ends = [one.until for one in round.late_entries.all()] + ([applying.closes_at] if applying else [])
    last = max(ends, default=closes_at)
    if closes_at < last:
        raise NotComplete(
            _("Units may apply until %(last)s; the screening of documents cannot close before."),
            params={"last": lazy_closing(last)},
            field="closes_day",
        )


def _take_along(round: Round, window: Window, before: Span) -> list[str]:
    """The codes of the actions that are to be done within the period; they get its new moments."""
    within = {
        f"A{one['number']}"
        for one in round.round_pack.content["actions"]
        if str(one.get("window", "")).upper() == window.kind
    }
    moved = [
        one for one in queries.actions(round) if one.code in within and (one.opens_at, one.due_at) == before
    ]  # what an officer set otherwise when the round was opened stays
    for one in moved:
        one.opens_at, one.due_at = window.opens_at, window.closes_at
    Action.objects.bulk_update(moved, ["opens_at", "due_at"])
    return [one.code for one in moved]


def _changes(move: WindowMove) -> str:
    lines = []
    for label, before, after in (
        (_("Opens: %(after)s (before: %(before)s)"), move.opened_before, move.opens_at),
        (_("Closes: %(after)s (before: %(before)s)"), move.closed_before, move.closes_at),
    ):
        said = opening_text if after is move.opens_at else closing_text
        if before != after:
            lines.append(str(label) % {"after": said(after), "before": said(before)})
    return "\n".join(lines)


def _tell(round: Round, window: Window, move: WindowMove, by: Actor) -> None:
    params: dict[str, Any] = {
        "window": WindowKind(window.kind).label,
        "round": round.name_th,
        "changes": lazy(_changes, str)(move),
        "by": by.name,
        "reason": move.reason,
    }
    outbox.notify(
        "round.window_moved",
        to=queries.concerned(round, window.kind).exclude(pk=by.user_id),
        subject=_("Period moved: %(window)s – %(round)s"),
        body=_(
            "%(by)s of the secretariat moved the period “%(window)s” of “%(round)s”.\n\n%(changes)s\n\n"
            "Reason: %(reason)s\n\nLetters that were issued before keep the date they carry; what stands here holds."
        ),
        params=params,
        about=("round", round.code),
        url=f"/rounds/{round.code}/",
    )
