"""A branch of a cascade: the hops below one hop, of one level, province or state, page by page.

What is asked depends only on which of the values are given, so each kind of branch is compiled once.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, DateTimeField, Exists, Field, OuterRef, Q, QuerySet

from saduak.circulars.models import Circular, Delivery
from saduak.circulars.queries.ledger.hops import NEEDED, Kept, letters_down
from saduak.circulars.queries.visibility import deliveries_within, span_of
from saduak.people.actor import Actor
from saduak.statements import Slot, Statement

SLOTS: dict[str, Field[Any, Any]] = {
    "root": BigIntegerField(), "letter": BigIntegerField(), "parent": BigIntegerField(), "code": CharField(),
    "path": CharField(), "end": CharField(), "kind": CharField(), "province": CharField(),
    "at": DateTimeField(), "silent": DateTimeField(), "received": DateTimeField(), "forwarded": DateTimeField(),
    "top": CharField(), "top_end": CharField(),
}  # fmt: skip


class Hops:
    """Hops of a cascade that a reader may see, in the order in which they were sent; a list that a paginator takes.

    root: the first letter; at: only what was sent by then; of the other values one or several: `letter` (pk of the letter
    that was sent), `parent` (pk of the hop that was passed on), `code` (of a single hop), `kind`, `province`, and a moment
    by which they were `silent`, `received` or `forwarded`; `top` with `top_end`: sent from outside that range of the tree.
    """

    def __init__(self, root: Circular, actor: Actor, at: datetime | None = None, **values: Any) -> None:
        span = span_of(actor)
        self._nothing = span is None
        # A letter by itself is looked up by an index of its own.
        whole = {} if "letter" in values else {"root": root.root_pk}
        self._values = whole | (span or {}) | ({"at": at} if at is not None else {}) | values
        self._hops, self._count = _statements(frozenset(self._values))

    def count(self) -> int:
        found = None if self._nothing else self._count.row(**self._values)
        return int(found[0]) if found else 0

    def __getitem__(self, place: slice) -> list[Kept]:
        start = place.start or 0
        return self.read(place.stop - start, start)

    def read(self, many: int, after: int = 0) -> list[Kept]:
        """So many hops after the first ones. One query."""
        if self._nothing:
            return []
        return [Kept(*row) for row in self._hops.rows(portion=(many, after), **self._values)]


@cache
def _statements(given: frozenset[str]) -> tuple[Statement, Statement]:
    """The hops, and how many they are, for these values."""
    slots = {name: SLOTS[name] for name in given}
    # A letter is sent in the order of the tree, so the key has that order, without sorting thousands for fifty.
    # Everything counted has this in common; `*` lets PostgreSQL count in the index alone.
    same = "circular_id" if "letter" in given else "root_id"
    return (
        Statement(lambda at: _found(at).order_by("pk").values_list(*NEEDED), **slots),
        Statement(lambda at: _found(at).order_by().values(same).annotate(many=Count("*")).values_list("many"), **slots),
    )


def _found(at: Mapping[str, Slot]) -> QuerySet[Delivery]:
    found = deliveries_within(at["path"], at["end"]) if "path" in at else Delivery.objects.all()
    for name, column in FILTERS.items():
        if name in at:
            found = found.filter(**{column: at[name]})
    if "silent" in at:
        found = found.exclude(received_at__lte=at["silent"])
    if "received" in at:
        found = found.filter(~_passed(at["received"]), received_at__lte=at["received"])
    if "forwarded" in at:
        found = found.filter(_passed(at["forwarded"]))
    if "top" in at:
        found = found.filter(Q(circular__sender__path__lt=at["top"]) | Q(circular__sender__path__gte=at["top_end"]))
    return found


FILTERS = {
    "root": "root_id", "letter": "circular_id", "parent": "circular__parent_id", "code": "code", "kind": "kind",
    "province": "province_code", "at": "sent_at__lte",
}  # fmt: skip


def _passed(moment: Slot) -> Exists:
    return Exists(letters_down(moment).filter(parent=OuterRef("pk")))
