"""Everyone's first page, search, and the case file: made of each app's own queries, which decide what one may see."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import CharField, QuerySet
from django.utils.translation import gettext_lazy as _

from saduak.applications import queries as applications
from saduak.assessment import queries as assessment
from saduak.certificates import queries as certificates
from saduak.circulars import queries as circulars
from saduak.desk import events
from saduak.journal import queries as journal
from saduak.journal.models import Entry
from saduak.kernel.waiting import Waiting
from saduak.outbox import queries as outbox
from saduak.outbox.models import Message
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.roles import SYSTEM, Role
from saduak.rounds import queries as rounds
from saduak.statements import Columns, Statement
from saduak.surveys import queries as surveys

_FAR = float("inf")


def waiting(actor: Actor) -> list[Waiting]:
    """What waits for the actor, the most urgent first: overdue, then by date, then what has none."""
    lines = chain(
        circulars.waiting_for(actor),
        applications.waiting_for(actor),
        assessment.waiting_for(actor),
        certificates.waiting_for(actor),
        rounds.waiting_for(actor),
        surveys.waiting_for(actor),
    )
    # What a circular asks and an app asks as well stands once, as the circular says it.
    once = {line.url: line for line in reversed(list(lines))}
    return sorted(once.values(), key=lambda line: line.until.timestamp() if line.until else _FAR)


def messages(actor: Actor, limit: int = 5) -> list[Message]:
    """The newest notices to the person."""
    return [MESSAGE.make(row) for row in MESSAGES.rows(portion=(limit, 0), ref=actor.ref)]


MESSAGE = Columns(Message, *(one.attname for one in Message._meta.concrete_fields if one.attname != "body"))
MESSAGES = Statement(
    lambda at: outbox.inbox(at["ref"]).values_list(*MESSAGE.paths),
    ref=CharField(),
)


@dataclass(frozen=True)
class Hit:
    """One thing a search found: title, what kind of thing, where."""

    title: str
    kind: Any
    url: str
    note: str = ""


def search(text: str, actor: Actor, limit: int = 20) -> list[tuple[Any, list[Hit]]]:
    """Groups of hits in what the actor may see. A text shorter than two letters finds nothing."""
    if len(text.strip()) < 2:
        return []
    groups: list[tuple[Any, list[Hit]]] = [
        (_("Applications"), [Hit(*hit) for hit in applications.search(text, actor, limit=limit)]),
        (_("Surveys"), [Hit(*hit) for hit in surveys.search(text, actor, limit=limit)]),
        (
            _("Organisations"),
            [
                Hit(o.name, o.get_kind_display(), f"/organisations/{o.code}/", o.code)
                for o in people.search(text, limit=limit)
            ],
        ),
    ]
    return [group for group in groups if group[1]]


@dataclass(frozen=True)
class Line:
    """A line of the journal as people read it."""

    entry: Entry

    @property
    def title(self) -> Any:
        return events.title(self.entry.event)

    @property
    def actor(self) -> Any:
        """Jobs have a name in the code only."""
        return _("the system") if self.entry.role == SYSTEM else self.entry.actor

    @property
    def role_label(self) -> Any:
        return Role(self.entry.role).label if self.entry.role in Role.values else ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.entry, name)


def journal_lines(*, event: str = "", subject: str = "", person: str = "") -> QuerySet[Entry]:
    """Lines of the journal for an auditor, newest first, by event, subject and part of the actor's name."""
    lines = journal.entries()
    if event:
        lines = lines.filter(event=event)
    if subject:
        lines = lines.filter(subject_id=subject)
    if person:
        lines = lines.filter(actor__contains=person)
    return lines
