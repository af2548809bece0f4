"""The dates of a pack beside the dates that the letters say: where they agree, and where they do not."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import get_language

from saduak.circulars.models import Reading
from saduak.circulars.queries.reading_dates import DateFound, dates_found
from saduak.circulars.queries.readings import asked
from saduak.kernel.clock import BANGKOK
from saduak.packs.models import PublishedPack
from saduak.rounds.models import WindowKind
from saduak.rounds.moments import last_day


@dataclass(frozen=True)
class Said:
    """What letters say about one date: the words of the first, the letters (from 1), and whether the pack agrees."""

    text: str
    letters: list[int]
    agrees: bool


@dataclass(frozen=True)
class Row:
    """One window or action: its form fields, and what the letters say of it."""

    title: str
    fields: list[Any]
    said: list[Said]

    @property
    def differs(self) -> bool:
        return any(not one.agrees for one in self.said)


def compared(pack: PublishedPack, form: Any, reading: Reading) -> dict[str, list[Row]]:
    """Rows for the windows and for the actions of the pack, each with what the letters say."""
    found = dates_found(reading)
    labels = dict(WindowKind.choices)
    windows = []
    for kind, opens, closes in form.windows:
        span = (form[opens].initial, form[closes].initial)
        here = [one for one in found if one.about == kind]
        windows.append(Row(str(labels[kind]), [form[opens], form[closes]], _said(here, *_days(*span))))
    actions = []
    for one, (_code, kind, name) in zip(pack.content["actions"], form.actions, strict=True):
        due = form[name].initial
        about = {kind, "APPLICATION"} if kind == "APPLY" else {kind}
        here = [date_found for date_found in found if date_found.about in about]
        last = last_day(due).isoformat() if due else ""
        actions.append(Row(f"{one['number']}. {_title(one)}", [form[name]], _said(here, "", last)))
    return {"windows": windows, "actions": actions}


def _days(opens: datetime, closes: datetime) -> tuple[str, str]:
    first: date = opens.astimezone(BANGKOK).date()
    return first.isoformat(), last_day(closes).isoformat()


def _said(found: list[DateFound], first: str, last: str) -> list[Said]:
    """The same days said by several letters are one line; `first` empty: only the end is compared."""
    grouped: dict[tuple[str, str], list[DateFound]] = {}
    for one in found:
        grouped.setdefault((one.start, one.end), []).append(one)
    return [
        Said(
            ones[0].text,
            sorted({one.letter for one in ones}),
            (end or start) == last and (not first or not end or start == first),
        )
        for (start, end), ones in grouped.items()
    ]


def _title(action: dict[str, Any]) -> str:
    return action["title"]["en" if get_language() == "en" else "th"]


def due_by_letters(reading: Reading) -> dict[str, datetime]:
    """Kind of action → the end of the day by which the letters ask for it, where an officer has gone through the letter.

    The first letter that names a day counts: it is the nearest to the reader; those enclosed have been tightened by it.
    """
    found: dict[str, datetime] = {}
    for place in range(len(reading.letters)):
        for one in asked(reading, place) if str(place) in reading.asked or str(place) in reading.checked else []:
            if one.kind and one.due_on and one.kind not in found:
                found[one.kind] = datetime.combine(one.due_on + timedelta(days=1), time(), tzinfo=BANGKOK)
    return found
