"""Whom a letter would reach, before it leaves: how many, of which kinds, a sample, and who cannot receive in Saduak."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from saduak.circulars.queries.electronic import uses_saduak
from saduak.circulars.queries.reach import place
from saduak.people.models import Kind, Organisation

SAMPLE = 12
LOCAL = (Kind.DISTRICT, Kind.LOCAL_BODY, Kind.CENTRE)  # kinds that share names, told apart by their province


@dataclass(frozen=True)
class Preview:
    """count: addressees; kinds: [{"label", "value"}] from the top down; sample: (name, province) of some, spread evenly over
    all; on_paper: in how many nobody can receive letters in Saduak today; ids: primary keys of all, in order of the tree.
    """

    count: int
    kinds: list[dict[str, Any]]
    sample: list[tuple[str, str]]
    on_paper: int
    ids: list[int]

    @property
    def more(self) -> int:
        """How many the sample leaves out."""
        return self.count - len(self.sample)


def preview(organisations: QuerySet[Organisation]) -> Preview:
    """What a choice comes to. Four queries, whatever its size."""
    found = list(organisations.only("pk", "path", "kind"))
    counted: dict[str, int] = {}
    for one in found:
        counted[one.kind] = counted.get(one.kind, 0) + 1
    step = max(len(found) / SAMPLE, 1)
    picked = [found[int(at * step)].pk for at in range(min(SAMPLE, len(found)))]
    shown = list(Organisation.objects.filter(pk__in=picked).order_by("path"))
    provinces = {
        one.province_code: one.name
        for one in Organisation.objects.filter(
            kind=Kind.PROVINCE, province_code__in={one.province_code for one in shown if one.province_code}
        )
    }
    return Preview(
        count=len(found),
        kinds=[
            {"label": Kind(kind).label, "value": many}
            for kind, many in sorted(counted.items(), key=lambda row: place(row[0]))
        ],
        sample=[(one.name, provinces.get(one.province_code, "") if one.kind in LOCAL else "") for one in shown],
        on_paper=len(found) - len(uses_saduak(found)),
        ids=[one.pk for one in found],
    )
