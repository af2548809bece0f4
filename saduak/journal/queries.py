"""Reading the journal, and proving that nobody changed it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from saduak.journal.chain import FIELDS, START, line_hash
from saduak.journal.models import Entry, Tail


@dataclass(frozen=True)
class Proof:
    """lines: how many were read; fault: what is wrong and where, or None when the chain is whole."""

    lines: int
    fault: str | None

    @property
    def whole(self) -> bool:
        return self.fault is None


def about(subject_type: str, subject_id: object) -> QuerySet[Entry]:
    """All lines about one thing, oldest first."""
    return Entry.objects.filter(subject_type=subject_type, subject_id=str(subject_id))


def about_any(subjects: Iterable[tuple[str, object]]) -> QuerySet[Entry]:
    """All lines about any of the (type, id) pairs, oldest first."""
    wanted = Q(pk__in=[])
    for subject_type, subject_id in subjects:
        wanted |= Q(subject_type=subject_type, subject_id=str(subject_id))
    return Entry.objects.filter(wanted)


def entries() -> QuerySet[Entry]:
    """Every line, newest first: for auditors; the caller's policy decides who that is."""
    return Entry.objects.order_by("-number")


def verify() -> Proof:
    """Read the whole chain and recompute every hash. Takes memory for one batch only."""
    previous, count = START, 0
    for line in Entry.objects.order_by("number").values(*FIELDS, "hash").iterator(chunk_size=2000):
        count += 1
        if line["number"] != count:
            return Proof(count, f"line {count} is missing: the next one is numbered {line['number']}")
        if line["previous_hash"] != previous:
            return Proof(count, f"line {count} does not continue the line before it")
        if line_hash(line) != line["hash"]:
            return Proof(count, f"line {count} was changed after it was written")
        previous = line["hash"]
    tail = Tail.objects.get(pk=1)
    if (tail.last_number, tail.last_hash) != (count, previous):
        return Proof(count, f"lines after {count} were removed: the chain should end at {tail.last_number}")
    return Proof(count, None)
