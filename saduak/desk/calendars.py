"""A person's own calendar: the rounds' periods that concern their posts, and what waits for them until a moment."""

import hashlib
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from saduak.desk import queries
from saduak.kernel.waiting import Waiting
from saduak.people import queries as people
from saduak.people.actor import actor_of
from saduak.people.models import User
from saduak.rounds import queries as rounds
from saduak.rounds.ics import Entry
from saduak.rounds.moments import closing_text, last_day

MOST = 200  # lines of what waits; a calendar with more helps nobody
_DAY = timedelta(days=1)


def entries(user: User) -> list[Entry]:
    """Everything that has a date for this person, whichever of their posts it comes from, in order of time."""
    posts = people.memberships_of(user)
    held = [(post.role, post.organisation.kind) for post in posts]
    found = [one for round in rounds.in_calendars() for one in rounds.entries(round, held)]
    waiting: dict[str, Entry] = {}
    for post in posts:
        for line in queries.waiting(actor_of(post)):
            if line.until is not None and len(waiting) < MOST:
                one = _entry(line, line.until)
                waiting[one.uid] = one
    return sorted([*found, *waiting.values()], key=lambda one: (one.first_day, one.uid))


def _entry(line: Waiting, until: datetime) -> Entry:
    """The last day of something that waits. It goes from the calendar when it is done."""
    last = last_day(until)
    name = hashlib.sha256(f"{line.url} {line.title} {until.isoformat()}".encode()).hexdigest()[:20]
    text = "\n".join([str(line.why), _("Until %(until)s") % {"until": closing_text(until)}])
    return Entry(
        f"waiting-{name}", str(line.title), last, last + _DAY, text=text, url=line.url, alarm=True,
        stamp=line.since or until,
    )  # fmt: skip
