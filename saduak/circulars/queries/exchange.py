"""The exchange with other systems: what has to be sent, which hop a notice speaks of, what came with a letter."""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet

from saduak.circulars.models import (
    Circular,
    Delivery,
    ExchangeAddress,
    ExchangeFile,
    ExchangeMessage,
    MessageKind,
    Side,
)
from saduak.files.models import Kind, Scan, blobs
from saduak.files.serving import INFECTED
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.kernel.refusals import NotPossible
from saduak.saraban.numbering import same

ANSWERED = {MessageKind.ACCEPTED: ("RECEIVED", "ACKNOWLEDGED"), MessageKind.REJECTED: ("RETURNED",)}


def addresses() -> QuerySet[ExchangeAddress]:
    """All addresses of the exchange, ours first."""
    return ExchangeAddress.objects.select_related("organisation").order_by("side", "department")


def theirs(department: str) -> ExchangeAddress | None:
    """The partner with that code, if letters may go there and come from there."""
    return addresses().filter(side=Side.THEIRS, active=True, department=department).first()


def letters_due(ours: ExchangeAddress) -> QuerySet[Delivery]:
    """Hops of our office's letters to partners that have not been handed to the exchange yet."""
    sent = ExchangeMessage.objects.filter(delivery=OuterRef("pk"), outgoing=True, kind=MessageKind.LETTER)
    return _to_partners().filter(~Exists(sent), circular__sender=ours.organisation).order_by("pk")


def without_address() -> QuerySet[Delivery]:
    """Hops to partners whose sender has no address of its own: they cannot leave."""
    ours = ExchangeAddress.objects.filter(organisation=OuterRef("circular__sender"), side=Side.OURS, active=True)
    return _to_partners().filter(~Exists(ours)).order_by("pk")


def _to_partners() -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        state="SENT",
        circular__outside=False,
        organisation__exchange_address__side=Side.THEIRS,
        organisation__exchange_address__active=True,
        sent_at__gte=F("organisation__exchange_address__since"),
    ).select_related("organisation__exchange_address", "circular__sender")


def answers_due(ours: ExchangeAddress, kind: str) -> QuerySet[Delivery]:
    """Hops of letters from outside that our office has registered (ACCEPTED) or sent back (REJECTED) without saying so yet."""
    said = ExchangeMessage.objects.filter(delivery=OuterRef("pk"), outgoing=True, kind=kind)
    came = ExchangeMessage.objects.filter(delivery=OuterRef("pk"), outgoing=False, kind=MessageKind.LETTER, ours=ours)
    found = Delivery.objects.filter(
        ~Exists(said), Exists(came), circular__outside=True, state__in=ANSWERED[MessageKind(kind)]
    )
    return found.select_related("circular__sender").order_by("pk")


def waiting(ours: ExchangeAddress) -> QuerySet[ExchangeMessage]:
    """Messages whose time to be sent has come, the oldest first."""
    found = ours.messages.filter(outgoing=True, state="WAITING", next_at__lte=clock.now())
    return found.select_related("ours__organisation", "delivery__organisation", "delivery__circular__sender").order_by(
        "pk"
    )


def hops_of(ours: ExchangeAddress, number: str, on: date, department: str) -> list[Delivery]:
    """The hops that a notice can mean: of our letter with that number and day, at the office that gives it."""
    start = datetime.combine(on, time(), tzinfo=BANGKOK)
    found = Delivery.objects.filter(
        circular__sender=ours.organisation,
        circular__outside=False,
        circular__issued_at__gte=start,
        circular__issued_at__lt=start + timedelta(days=1),
        messages__outgoing=True,
        messages__kind=MessageKind.LETTER,
    ).select_related("circular__sender", "organisation")
    if department:
        found = found.filter(messages__other=department)
    return [one for one in found.distinct() if same(one.circular.number, number)]


def known(sender_id: int, receiver_id: int, number: str, on: date) -> Delivery | None:
    """The hop of a letter from outside that has come already, under whatever id of a message."""
    start = datetime.combine(on, time(), tzinfo=BANGKOK)
    found = Delivery.objects.filter(
        circular__sender_id=sender_id,
        circular__outside=True,
        organisation_id=receiver_id,
        circular__issued_at__gte=start,
        circular__issued_at__lt=start + timedelta(days=1),
    ).select_related("circular")
    return next((one for one in found if same(one.circular.number, number)), None)


def files_of(circular: Circular) -> list[ExchangeFile]:
    """What came with a letter from another system, the letter itself first."""
    return list(circular.came_with.select_related("stored").order_by("order"))


def original(circular: Circular) -> bytes | None:
    """The letter itself as its sender's system sent it, if that is a PDF. Raises NotPossible for malware."""
    first = circular.came_with.filter(order=0, stored__kind=Kind.PDF).select_related("stored").first()
    if first is None:
        return None
    if first.stored.scan == Scan.INFECTED:
        raise NotPossible(INFECTED)
    with blobs().open(first.stored.path) as content:
        found: bytes = content.read()
    return found


def messages_of(delivery: Delivery) -> QuerySet[ExchangeMessage]:
    """What was exchanged about a hop, the oldest first."""
    return delivery.messages.order_by("at", "pk")


def partner(delivery: Delivery) -> bool:
    """Does this hop go through the exchange to an office with another system?"""
    found = ExchangeAddress.objects.filter(organisation=delivery.organisation_id, side=Side.THEIRS, active=True)
    return not delivery.circular.outside and found.exists()


def messages() -> QuerySet[ExchangeMessage]:
    """All messages, the newest first, without what they say."""
    return ExchangeMessage.objects.select_related("ours__organisation").defer("details").order_by("-at", "-pk")


def given_up() -> int:
    """How many messages could not be sent and are no longer tried."""
    return ExchangeMessage.objects.filter(outgoing=True, state="FAILED").count()
