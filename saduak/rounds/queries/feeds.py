"""Whose calendar an address is, and what of a round stands in whose calendar."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.kernel.clock import BANGKOK
from saduak.people.models import User
from saduak.rounds import addresses
from saduak.rounds.concerns import APPLICANTS, DOING, concerns
from saduak.rounds.ics import Entry
from saduak.rounds.models import Action, CalendarAddress, Round, Window, WindowMove
from saduak.rounds.moments import closing_text, last_day, opening_text
from saduak.rounds.queries.windows import actions, milestones, moves, windows

Post = tuple[str, str]  # role, kind of the office
_DAY = timedelta(days=1)


def calendar_address(user_id: int | None) -> tuple[str, datetime] | None:
    """The secret part of a person's address and when it was made; None when there is none that works."""
    found = CalendarAddress.objects.filter(user_id=user_id).first()
    if found is None:
        return None
    secret = addresses.token(found.nonce)
    # With another key of the house it can no longer be shown; the old one still works until it is renewed.
    return (secret, found.made_at) if addresses.digest(secret) == found.digest else None


def calendar_owner(secret: str) -> User | None:
    """Whose calendar it is; None for an address that never was, or is no longer."""
    if len(secret) != addresses.LENGTH:
        return None
    found = CalendarAddress.objects.select_related("user").filter(digest=addresses.digest(secret)).first()
    return found.user if found is not None and found.user.is_active else None


def in_calendars() -> list[Round]:
    """The rounds whose dates stand in calendars: those under way that are no practice."""
    return list(
        Round.objects.filter(state="OPEN", is_practice=False)
        .select_related("round_pack")
        .prefetch_related("windows", "actions", "moves")
        .order_by("-fiscal_year", "code")
    )


def entries(round: Round, posts: Iterable[Post] | None) -> list[Entry]:
    """What of a round concerns somebody with these posts, in order of time; None: everything that is public of it."""
    held = None if posts is None else list(posts)
    found: list[Entry] = []
    ends: set[datetime] = set()
    for window in windows(round):
        if held is None or any(concerns(round, window.kind, role, kind) for role, kind in held):
            found += _window(round, window, moves(round, window.kind))
            ends.add(window.closes_at)
    for action in actions(round) if held is not None else []:
        if action.due_at and action.due_at not in ends and any(_asks(action, role, kind) for role, kind in held or ()):
            found.append(_action(round, action))
    found += [_milestone(round, one) for one in milestones(round)]
    return sorted(found, key=lambda one: (one.first_day, one.uid))


def _asks(action: Action, role: str, kind: str) -> bool:
    return role in DOING[action.kind] and (role not in APPLICANTS or kind in action.for_kinds)


def _day(moment: date) -> date:
    return moment.astimezone(BANGKOK).date() if isinstance(moment, datetime) else moment


def _window(round: Round, window: Window, moved: list[WindowMove]) -> list[Entry]:
    """The period as a whole, and its last day as a day of its own, with an alarm the day before."""
    kind, name = window.kind.lower(), window.get_kind_display()
    move = moved[0] if moved else None
    since = move.moved_at if move else round.opened_at
    about = [_("From %(opens)s until %(closes)s") % {
        "opens": opening_text(window.opens_at), "closes": closing_text(window.closes_at)
    }]  # fmt: skip
    if move is not None:
        for label, before, after in move.ends:
            said = closing_text if after == window.closes_at else opening_text
            about.append(f"{label}: {said(before)} → {said(after)}")  # type: ignore[arg-type]
        about.append(_("because: %(reason)s") % {"reason": move.reason})
    shared: dict[str, Any] = {
        "text": "\n".join(about), "url": f"/rounds/{round.code}/", "stamp": since, "sequence": len(moved),
        "round": round.code,
    }  # fmt: skip
    whole = _is_midnight(window.opens_at) and _is_midnight(window.closes_at)
    starts: date = _day(window.opens_at) if whole else window.opens_at
    ends: date = _day(window.closes_at) if whole else window.closes_at
    span = Entry(f"{round.code}-{kind}", f"{name} · {round.code}", starts, ends, busy=False, **shared)
    last = last_day(window.closes_at)
    if last == last_day(window.opens_at + timedelta(microseconds=1)):
        return [span]  # it begins and ends on one day
    closing = _("Last day: %(window)s (until %(closes)s)") % {
        "window": name, "closes": _hour(window.closes_at)
    }  # fmt: skip
    return [
        span,
        Entry(f"{round.code}-{kind}-last", f"{closing} · {round.code}", last, last + _DAY, alarm=True, **shared),
    ]


def _action(round: Round, action: Action) -> Entry:
    assert action.due_at is not None  # asked before
    last = last_day(action.due_at)
    title = _("Due: %(action)s") % {"action": action.title}
    return Entry(
        f"{round.code}-{action.code.lower()}", f"{title} · {round.code}", last, last + _DAY, text=action.text, alarm=True,
        url=f"/rounds/{round.code}/", stamp=round.opened_at, round=round.code,
    )  # fmt: skip


def _milestone(round: Round, one: dict[str, Any]) -> Entry:
    day = date.fromisoformat(one["on"])
    title = one["title"]["en" if get_language() == "en" else "th"]
    return Entry(
        f"{round.code}-milestone-{one['id']}", f"{title} · {round.code}", day, day + _DAY,
        url=f"/rounds/{round.code}/", stamp=round.opened_at, round=round.code, busy=False,
    )  # fmt: skip


def _is_midnight(moment: datetime) -> bool:
    local = moment.astimezone(BANGKOK)
    return not (local.hour or local.minute or local.second)


def _hour(closes_at: datetime) -> str:
    hour = "24.00" if _is_midnight(closes_at) else f"{closes_at.astimezone(BANGKOK):%H.%M}"
    return hour.replace(".", ":") if get_language() == "en" else f"{hour} น."
