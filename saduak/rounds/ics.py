"""Calendars as calendar programs read them (RFC 5545): days as days, moments in UTC, the same bytes for the same content."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from icalendar import Alarm, Calendar, Event

from saduak.kernel.clock import BANGKOK

CONTENT_TYPE = "text/calendar; charset=utf-8"
_DAY_BEFORE_AT_NINE = timedelta(hours=-15)  # counted from the beginning of the day


@dataclass(frozen=True)
class Entry:
    """One line of a calendar. starts, ends: days (ends is the first day that is not part of it) or aware moments;
    uid: lasting name within this house; url: path on this site; stamp: when it was last changed.
    """

    uid: str
    title: str
    starts: date
    ends: date
    stamp: datetime
    text: str = ""
    url: str = ""
    sequence: int = 0
    alarm: bool = False
    busy: bool = True
    round: str = ""

    @property
    def ends_on(self) -> date:
        """The last day in Bangkok of which it takes some part."""
        if isinstance(self.ends, datetime):
            return (self.ends - timedelta(microseconds=1)).astimezone(BANGKOK).date()
        return self.ends - timedelta(days=1)

    @property
    def first_day(self) -> date:
        """The day in Bangkok on which it begins."""
        return self.starts.astimezone(BANGKOK).date() if isinstance(self.starts, datetime) else self.starts


def calendar(name: str, entries: Iterable[Entry], *, base_url: str, refresh: str = "PT6H") -> bytes:
    """The calendar file. base_url: of this site, also the domain of the entries' names."""
    domain = base_url.partition("//")[2].partition("/")[0].partition(":")[0] or "saduak"
    made = Calendar()
    made.add("prodid", "-//Saduak//TH")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", "Asia/Bangkok")
    made.add("x-published-ttl", refresh)
    for one in entries:
        made.add_component(_event(one, base_url, domain))
    return bytes(made.to_ical())


def _event(one: Entry, base_url: str, domain: str) -> Event:
    event = Event()
    event.add("uid", f"{one.uid}@{domain}")
    event.add("dtstamp", one.stamp.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", one.stamp.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", one.sequence)
    event.add("summary", one.title)
    event.add("dtstart", _moment(one.starts))
    event.add("dtend", _moment(one.ends))
    event.add("transp", "OPAQUE" if one.busy and isinstance(one.starts, datetime) else "TRANSPARENT")
    if one.text:
        event.add("description", one.text)
    if one.url:
        event.add("url", f"{base_url}{one.url}")
    if one.alarm:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.title)
        alarm.add("trigger", _DAY_BEFORE_AT_NINE)
        event.add_component(alarm)
    return event


def _moment(value: date) -> date:
    return value.astimezone(UTC).replace(microsecond=0) if isinstance(value, datetime) else value


def answer(request: HttpRequest, content: bytes, *, name: str, private: bool = False) -> HttpResponse:
    """The file as an answer: 304 when the program that asks has the very same one already."""
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    made = HttpResponse(content, content_type=CONTENT_TYPE)
    made["Content-Disposition"] = f'inline; filename="{name}"'
    made["Cache-Control"] = "private, no-cache" if private else "public, max-age=300"
    found = get_conditional_response(request, etag, None, made)
    assert found is not None  # it is given the answer it falls back to
    found["ETag"] = etag
    return found  # type: ignore[return-value]
