"""The one way to write a line. Called inside the transaction of the change it tells of."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from saduak.journal.chain import line_hash
from saduak.journal.models import Entry, Tail
from saduak.kernel import clock


class Author(Protocol):
    """Who did it, as they were (people.actor.Actor is one)."""

    @property
    def name(self) -> str: ...
    @property
    def ref(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def organisation_name(self) -> str: ...
    @property
    def request_id(self) -> str: ...


@dataclass(frozen=True)
class Subject:
    """What a line is about: type (the model's word), public id, title as it was at the time."""

    type: str
    id: str
    title: str


def record(event: str, subject: Subject, *, by: Author, details: Mapping[str, Any] | None = None) -> Entry:
    """Append one line: `event` is a past tense with its noun before it, such as `application.submitted`."""
    return record_many([(event, subject, details or {})], by=by)[0]


@transaction.atomic
def record_many(lines: Iterable[tuple[str, Subject, Mapping[str, Any]]], *, by: Author) -> list[Entry]:
    """Append several lines of one act."""
    tail = Tail.objects.select_for_update().get(pk=1)
    at = clock.now()
    entries = []
    number, previous = tail.last_number, tail.last_hash
    for event, subject, details in lines:
        number += 1
        line: dict[str, Any] = {
            "number": number,
            "at": at,
            "event": event,
            "actor": str(by.name)[:200],
            "actor_ref": str(by.ref),
            "role": str(by.role),
            "organisation": str(by.organisation_name)[:300],
            "subject_type": subject.type,
            "subject_id": str(subject.id),
            "subject_title": str(subject.title)[:500],
            "details": json.loads(json.dumps(details, cls=DjangoJSONEncoder, default=str)),
            "request_id": str(by.request_id),
            "previous_hash": previous,
        }
        previous = line_hash(line)
        entries.append(Entry(**line, hash=previous))
    Entry.objects.bulk_create(entries, batch_size=500)
    tail.last_number, tail.last_hash = number, previous
    tail.save(update_fields=["last_number", "last_hash"])
    return entries


__all__ = ["Author", "Subject", "record", "record_many"]
