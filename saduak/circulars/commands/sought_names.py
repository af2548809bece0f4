"""Looking for the names of a long list, some seconds at a time; what is found is kept, so that the next turn goes on behind it."""

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from saduak.circulars import matching, policy
from saduak.circulars.models import Circular, SoughtName
from saduak.circulars.queries import named
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete
from saduak.people.actor import Actor

SECONDS = 2.0
PORTION = 20
KEPT = timedelta(days=30)


def seek(circular: Circular, selection: Mapping[str, Any], *, by: Actor, seconds: float = SECONDS) -> int:
    """Look for about so many seconds for names of the selection's lists that are not told at once; how many are left.

    A list that is short enough to be looked for while it is counted is left alone. Raises NotAllowed.
    """
    policy.may_edit(by, circular).require()
    top, until, left = circular.sender, time.monotonic() + seconds, 0
    for field in named.LISTS:
        try:
            texts = named.unsought(top, str(selection.get(field, "")), areas=field == "within")
        except NotComplete:  # the list itself is at fault; that is told where it is counted
            continue
        if len(texts) <= named.MOST_SOUGHT:
            continue
        while texts and time.monotonic() < until:
            portion, texts = texts[:PORTION], texts[PORTION:]
            _keep(top.pk, dict(zip(portion, matching.match(portion), strict=True)))
        left += len(texts)
    return left


@transaction.atomic
def _keep(top: int, found: dict[str, matching.Matched]) -> None:
    now = clock.now()
    SoughtName.objects.filter(top_id=top, at__lt=now - KEPT).delete()
    SoughtName.objects.bulk_create(
        (
            SoughtName(
                top_id=top, text=text, at=now, sure=one.best is not None, many=one.group,
                found=[[match.code, match.name, match.kind, match.where, match.score] for match in one.all],
            )
            for text, one in found.items()
        ),
        ignore_conflicts=True,
    )  # fmt: skip
