"""How far a cascade is meant to come, and how many of an office's own it still has to reach."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Length

from saduak.circulars.models import Circular, Reach
from saduak.people import queries as people
from saduak.people.models import Kind, Organisation

# From the top down. What stands side by side in the line of command is one level.
ORDER = [str(kind) for kind in Kind.values if kind != Kind.CENTRE]
Row = list[Any]  # [kind, depth, province code, how many]


def offices(sender: Organisation) -> QuerySet[Organisation]:
    """Offices strictly below the sender, in order of the tree; letters end at offices, not at their centres."""
    return people.subtree(sender.path).exclude(pk=sender.pk).exclude(kind=Kind.CENTRE)


def of_tree(sender: Organisation, addressee_ids: Iterable[int]) -> list[Row]:
    """Count what lies at or below the addressees in the tree as it stands, as `Reach.rows` keeps it. One query."""
    wanted = set(addressee_ids)
    counted: Counter[tuple[str, int, str]] = Counter()
    top = ""
    # In order of the tree whatever is below an addressee follows it at once.
    rows = offices(sender).values_list("pk", "path", "kind", "depth", "province_code")
    for pk, path, kind, depth, province in rows.iterator(chunk_size=2000):
        if not (top and path.startswith(top)):
            if pk not in wanted:
                continue
            top = path
        counted[kind, depth, province] += 1
    return [[kind, depth, province, many] for (kind, depth, province), many in sorted(counted.items())]


def rows_of(root: Circular) -> list[Row]:
    """The reach of a cascade as it was when it was issued; of the tree of today where nothing was kept."""
    kept: Reach | None = getattr(root, "reach", None)
    return kept.rows if kept is not None else of_tree(root.sender, root.addressee_ids)


def within(path: str, *, provinces: bool = False) -> list[Row]:
    """What lies at or below a place of the tree as it stands, counted like a reach; province codes only where they are
    wanted, because without them an index has all there is to count. One query.
    """
    found = people.subtree(path).filter(kind__in=ORDER).order_by().annotate(length=Length("path"))
    names = ["kind", "length", *(["province_code"] if provinces else [])]
    rows = found.values_list(*names).annotate(many=Count("pk"))
    return [[kind, length // Organisation.steplen, *(rest[:-1] or [""]), rest[-1]] for kind, length, *rest in rows]


def place(kind: str) -> int:
    """Where a kind stands in the line of command, for sorting."""
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def missing(root: Circular, having: Iterable[int], within: str = "") -> Iterator[Organisation]:
    """Offices at or below the addressees that are not among `having` (primary keys), in order of the tree.

    within: path of an organisation to which to keep, such as the reader's own.
    """
    tops = set(people.paths(root.addressee_ids))
    has = set(having)
    found = offices(root.sender)
    if within:
        found = found.filter(path__gte=within, path__lt=people.path_end(within))
    for one in found.iterator(chunk_size=1000):
        if one.pk not in has and _below(one.path, tops):
            yield one


def _below(path: str, tops: set[str]) -> bool:
    """Does the path lie at or below one of the others? An ancestor's path is the path itself, cut short."""
    return any(path[:end] in tops for end in range(Organisation.steplen, len(path) + 1, Organisation.steplen))
