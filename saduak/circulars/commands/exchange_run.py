"""One round of the exchange for one of our offices: empty its box, then send what waits. No transaction stays open meanwhile."""

import time

from saduak.circulars import policy
from saduak.circulars.carrying import transport, written
from saduak.circulars.commands.exchange import mark_failed, mark_sent, note_trouble, queue_due
from saduak.circulars.commands.exchange_arrivals import NotTaken, note_unreadable, take
from saduak.circulars.models import ExchangeAddress
from saduak.circulars.queries import exchange as queries
from saduak.kernel.refusals import Refusal
from saduak.people.actor import Actor
from saduak.saraban.exchange import TransportFailed, UnreadableMessage

SECONDS = 30.0  # then others' work goes on; the rest follows a minute later


def exchange_once(ours: ExchangeAddress, *, by: Actor, seconds: float = SECONDS) -> dict[str, int]:
    """How many messages were taken in, put aside, sent and could not be sent. A carrier that fails is noted, not raised."""
    policy.may_exchange(by).require()
    until, why = time.monotonic() + seconds, ("", "")
    counted = {"taken": 0, "aside": 0, "sent": 0, "failed": 0}
    try:
        _empty(ours, counted, until, by=by)
    except (TransportFailed, ValueError) as failed:
        why = _words(failed)
    queue_due(ours, by=by)
    _send(ours, counted, until, by=by)
    if why != (ours.trouble_th, ours.trouble_en):
        note_trouble(ours, why, by=by)
    return counted


def _empty(ours: ExchangeAddress, counted: dict[str, int], until: float, *, by: Actor) -> None:
    for parcel in transport(ours).arrivals():
        try:
            message = parcel.message
        except UnreadableMessage as reason:
            parcel.refuse(reason)
            note_unreadable(ours, reason, by=by)
            counted["aside"] += 1
            continue
        try:
            taken = take(ours, message, by=by)
        except NotTaken as refused:
            parcel.refuse(refused.unreadable)
            counted["aside"] += 1
        else:
            parcel.settle()
            counted["taken"] += taken is not None
        if time.monotonic() > until:
            return


def _send(ours: ExchangeAddress, counted: dict[str, int], until: float, *, by: Actor) -> None:
    for message in queries.waiting(ours):
        theirs = queries.theirs(message.other)
        try:
            transport(ours, theirs).send(written(message, theirs), to=message.other)
        except (TransportFailed, ValueError, KeyError, Refusal) as failed:
            mark_failed(
                message.pk, by=by, why=_words(failed), again=isinstance(failed, TransportFailed) and failed.again
            )
            counted["failed"] += 1
        else:
            mark_sent(message.pk, by=by)
            counted["sent"] += 1
        if time.monotonic() > until:
            return


def _words(failed: Exception) -> tuple[str, str]:
    if isinstance(failed, TransportFailed):
        return failed.thai, failed.english
    return f"ส่งไม่ได้: {failed}", f"It cannot be sent: {failed}"
