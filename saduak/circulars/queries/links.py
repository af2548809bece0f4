"""Short links: what one says today, where it leads, and how often the links of a cascade were opened."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from saduak.circulars.models import Circular, CircularAction, Delivery, Link, LinkDay
from saduak.circulars.queries.visibility import circulars, deliveries, own_deliveries
from saduak.circulars.shortcodes import read_code, spelled
from saduak.kernel import clock
from saduak.people.actor import Actor

DAYS_SHOWN = 30


@dataclass(frozen=True)
class Standing:
    """What a link says. state: OPEN, CLOSED or MOVED; since: when it closed; todo: what can be done now or later;
    over: what no longer can; why: the office's words; successor: the link of the letter that took its place."""

    state: str
    since: datetime | None
    todo: list[CircularAction]
    over: list[CircularAction]
    why: str = ""
    successor: Link | None = None


def by_code(text: str) -> Link | None:
    """The link behind what somebody typed or scanned; None for what is none of ours. A draft has no link."""
    code = read_code(text)
    found = Link.objects.select_related("circular__sender", "circular__round", "moved_to__link")
    return found.filter(code=code).exclude(circular__state="DRAFT").first() if code else None


def standing(link: Link) -> Standing:
    """Closed or moved by the office's word; else closed from the moment at which the last of its dates has passed."""
    now = clock.now()
    actions = list(link.circular.actions.all())
    todo = [one for one in actions if one.due_at is None or one.due_at > now]
    over = [one for one in actions if one.due_at is not None and one.due_at <= now]
    if link.moved_to is not None:
        return Standing("MOVED", link.closed_at, todo, over, link.closed_why, link.moved_to.link)
    if link.closed_at is not None:
        return Standing("CLOSED", link.closed_at, todo, over, link.closed_why)
    if over and not any(one.due_at for one in todo):
        return Standing("CLOSED", max(one.due_at for one in over if one.due_at), todo, over)
    return Standing("OPEN", None, todo, over)


def address(link: Link) -> str:
    """The whole address, as the QR code holds it."""
    return f"{settings.BASE_URL}{reverse('links:open', args=[link.code.lower()])}".rstrip("/")


def printed(link: Link) -> str:
    """The address as it is printed for people who type: "gecc.example.go.th/l/K7Q-53X8"."""
    return f"{urlsplit(settings.BASE_URL).netloc}/l/{spelled(link.code)}"


def destination(link: Link, actor: Actor) -> str:
    """The page of ours on which this person goes on: the own office's copy, else the letter, else what came in."""
    root = link.circular.root_pk
    mine: Delivery | None = own_deliveries(actor).filter(root_id=root).order_by("-sent_at", "pk").first()
    if mine is None:
        mine = deliveries(actor).filter(circular_id=link.circular_id).order_by("sent_at", "pk").first()
    if mine is not None and mine.organisation_id == actor.organisation_id:
        return reverse("circulars:hop", args=[mine.code])
    if circulars(actor).filter(pk=link.circular_id).exists():
        return reverse("circulars:circular", args=[link.circular.code])
    return reverse("rounds:detail", args=[link.circular.round.code]) if link.circular.round else reverse("desk:home")


def branches(circular: Circular, actor: Actor) -> QuerySet[Link]:
    """The links of the letter and of the letters that pass it on, as far as the actor sees them, each with how often it
    was opened (`opened`); most opened first."""
    found = circulars(actor).exclude(state="DRAFT")
    below = found.filter(root_id=circular.root_pk, sender__path__startswith=circular.sender.path)
    return (
        Link.objects.filter(circular_id__in=[circular.pk, *below.values_list("pk", flat=True)])
        .select_related("circular__sender")
        .annotate(opened=Coalesce(Sum("days__opened"), 0))
        .order_by("-opened", "circular__sender__path", "pk")
    )


def days(link: Link) -> list[tuple[date, int]]:
    """(day, openings) of the last thirty days on which there were any, latest first."""
    since = clock.today() - timedelta(days=DAYS_SHOWN)
    return list(LinkDay.objects.filter(link=link, day__gt=since).order_by("-day").values_list("day", "opened"))
