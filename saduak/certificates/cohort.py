"""Whom a round invites to renew, counted by the bodies above."""

from collections import Counter
from typing import Any

from django.db.models import QuerySet

from saduak.certificates.models import Certificate
from saduak.people.models import Organisation

BODY = 3 * Organisation.steplen  # secretariat, ministry, department or enterprise


def by_body(found: QuerySet[Certificate]) -> list[dict[str, Any]]:
    """Counts per department (or whatever stands on its step of the tree), the largest first: {label, value}. Two queries."""
    counts = Counter(path[:BODY] for path in found.order_by().values_list("centre__path", flat=True))
    named = {one.path: one.name for one in Organisation.objects.filter(path__in=list(counts))}
    rows = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [{"label": named.get(path, "–"), "value": many} for path, many in rows]
