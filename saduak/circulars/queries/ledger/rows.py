"""The ledger as a table: every hop, and every office that the letter has yet to reach."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from saduak.circulars.models import Circular
from saduak.circulars.queries import reach
from saduak.circulars.queries.ledger.hops import hops, with_passing
from saduak.circulars.queries.visibility import ALL
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.people.actor import Actor

HEADER = [
    "organisation_code", "organisation", "kind", "province_code", "from", "letter_number", "sent_at", "state",
    "received_number", "received_at", "received_by", "acknowledged_at", "acknowledged_by", "forwarded_at", "below",
]  # fmt: skip


def export(root: Circular, actor: Actor, at: datetime | None = None) -> Iterator[list[Any]]:
    """All hops as rows of a table, header first, read in portions; after them the offices that are still without."""
    yield HEADER
    moment = at or clock.now()
    has: list[int] = []
    found = with_passing(hops(root, actor, moment), moment).order_by("organisation__path", "sent_at").values_list(
        "organisation_id", "organisation__code", "organisation__name_th", "kind", "province_code",
        "circular__sender__name_th", "circular__number", "sent_at", "received_number", "received_at", "received_by",
        "acknowledged_at", "acknowledged_by", "forwarded_at", "below", "returned_at", "state",
    )  # fmt: skip
    for pk, code, name, kind, province, sender, number, sent, *rest in found.iterator(chunk_size=1000):
        has.append(pk)
        received_number, received, received_by, acknowledged, acknowledged_by, forwarded, below, returned, now = rest
        if received is None or received > moment:
            received_number, received, received_by = None, None, ""
        if acknowledged is None or acknowledged > moment:
            acknowledged, acknowledged_by = None, ""
        state = "ACKNOWLEDGED" if acknowledged else "RECEIVED" if received else "SENT"
        if returned and returned <= moment:
            state = now
        yield [code, name, kind, province, sender, number, _text(sent), state, received_number, _text(received),
               received_by, _text(acknowledged), acknowledged_by, _text(forwarded), below]  # fmt: skip
    within = "" if actor.has(*ALL) or root.sender.path.startswith(actor.path) else actor.path
    for office in reach.missing(root, has, within):
        yield [office.code, office.name_th, office.kind, office.province_code, *[""] * 3, "NOT_REACHED", *[""] * 7]


def _text(moment: datetime | None) -> str:
    return moment.astimezone(BANGKOK).strftime("%Y-%m-%d %H:%M") if moment else ""
