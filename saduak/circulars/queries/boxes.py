"""Lists of letters: what came in, what goes out, what waits for somebody."""

from django.db.models import BigIntegerField, Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.circulars.models import Circular, Delivery, Reading, SentBack
from saduak.circulars.queries import actions, approvals
from saduak.circulars.queries.ledger.hops import Named
from saduak.circulars.queries.visibility import circulars, deliveries, own_deliveries, readings
from saduak.kernel import clock
from saduak.kernel.waiting import Waiting
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.roles import Role
from saduak.rounds.models import Round
from saduak.statements import Statement

MOST_WAITING = 20


def incoming(actor: Actor, *, state: str = "", q: str = "") -> QuerySet[Delivery]:
    """Letters that reached the offices for which the post holds, newest first."""
    found = own_deliveries(actor).select_related("organisation", "circular__sender")
    if state:
        found = found.filter(state=state)
    for word in q.split():
        found = found.filter(
            Q(circular__subject__icontains=word)
            | Q(circular__number__icontains=word)
            | Q(circular__sender__name_th__icontains=word)
        )
    return found.order_by("-sent_at", "-pk")


def counts_incoming(actor: Actor) -> dict[str, int]:
    """How many letters stand in each state, and under "" all of them."""
    rows = own_deliveries(actor).order_by().values_list("state").annotate(many=Count("pk"))
    counted = dict(rows)
    return counted | {"": sum(counted.values())}


def outgoing(actor: Actor) -> QuerySet[Circular]:
    """Letters of the actor's own office and drafts, newest first; officers see the first letter of every cascade.

    What another office sent through its own system never left from here: it stands with the incoming ones.
    """
    found = circulars(actor).filter(outside=False).select_related("sender", "round")
    if actor.has(Role.OFFICER, Role.AUDITOR):
        return found.filter(Q(parent=None, in_reply_to=None) | Q(sender_id=actor.organisation_id)).order_by(
            "-created_at", "-pk"
        )
    own = Q(sender_id=actor.organisation_id)
    if actor.subtree:
        own |= Q(sender__path__startswith=actor.path)
    return found.filter(own).order_by("-created_at", "-pk")


def circular(code: str, actor: Actor) -> Circular:
    """One letter. Raises Circular.DoesNotExist, also for those who may not see it."""
    found = Circular.objects.select_related(
        "sender", "round", "parent__circular__sender", "in_reply_to__circular__sender", "root"
    )
    return found.get(code=code, pk__in=circulars(actor).filter(code=code).values("pk"))


def delivery(code: str, actor: Actor) -> Delivery:
    """One hop. Raises Delivery.DoesNotExist, also for those who may not see it."""
    found = Delivery.objects.select_related("organisation", "circular__sender", "circular__round", "circular__root")
    return found.get(code=code, pk__in=deliveries(actor).filter(code=code).values("pk"))


def province_choices(codes: set[str]) -> list[tuple[str, str]]:
    """(code, name) of provinces, by name in the reader's language."""
    found = Organisation.objects.filter(kind=Kind.PROVINCE, province_code__in=codes)
    return sorted(((one.province_code, one.name) for one in found), key=lambda one: one[1])


def province_name(code: str) -> str:
    """A province by its two digits, in the reader's language; the digits where it is none."""
    found = Organisation.objects.filter(kind=Kind.PROVINCE, province_code=code).first()
    return found.name if found else code


def reached(round: Round) -> int:
    """How many offices have the round's letter: all hops of the cascade that reached most. One query, of letters only."""
    return max((many for _first, many in REACHED.rows(round=round.pk)), default=0)


REACHED = Statement(
    lambda at: (
        Circular.objects.filter(round_id=at["round"])
        .annotate(first=Coalesce("root_id", "pk"))
        .order_by()
        .values_list("first")
        .annotate(many=Sum("sent_count"))
    ),
    round=BigIntegerField(),
)


def reading(code: str, actor: Actor) -> Reading:
    """One reading. Raises Reading.DoesNotExist, also for those who may not see it."""
    return readings(actor).get(code=code)


def reading_list(actor: Actor) -> QuerySet[Reading]:
    """All readings, newest first, without their long texts."""
    return readings(actor).defer("text").order_by("-created_at", "-pk")


def waiting_for(actor: Actor) -> list[Waiting]:
    """What waits for the actor: readings to confirm, letters to receive or acknowledge, actions that are open."""
    if actor.has(Role.OFFICER):
        return (
            _sent_back(actor)
            + _of_head(actor)
            + [
                Waiting(
                    _("Bundle of letters: %(name)s") % {"name": name or code},
                    reverse("circulars:reading", args=[code]),
                    _("check what was read and confirm it")
                    if state == "READ"
                    else _("could not be read: see why, and put it away"),
                    since=since,
                    tone="waiting" if state == "READ" else "bad",
                )
                for code, name, state, since in READ.rows()
            ]
        )
    if actor.has(Role.REGISTRAR, Role.HEAD):
        return _letters(actor) + _sent_back(actor) + _of_head(actor) + _unanswered(actor)
    if actor.has(Role.COORDINATOR):
        return [
            Waiting(
                one.action.title,
                one.address,
                _("asked by %(sender)s, letter %(number)s")
                % {"sender": one.delivery.circular.sender.name, "number": one.delivery.circular.number}
                + (f" · {one.delivery.circular.round.code}" if one.delivery.circular.round else ""),
                until=one.action.due_at,
                since=one.delivery.sent_at,
                tone="bad" if one.state.code == "LATE" else "waiting",
            )
            for one in actions.of_actor(actor)
            if one.open and one.state.code != "SOON"
        ][:MOST_WAITING]
    return []


# Readings that wait for an officer, newest first.
READ = Statement(
    lambda at: (
        Reading.objects.filter(state__in=["READ", "REFUSED"])
        .order_by("-created_at", "-pk")
        .values_list("code", "source_name", "state", "created_at")[:MOST_WAITING]
    )
)


def _unanswered(actor: Actor) -> list[Waiting]:
    """Overdue actions of an office in which nobody is coordinator: its registrar or head has to see to them."""
    if actor.organisation_id is None or people.posts([actor.organisation_id], Role.COORDINATOR).exists():
        return []
    return [
        Waiting(
            one.action.title,
            reverse("circulars:hop", args=[one.delivery.code]),
            _("overdue, and your office has no coordinator"),
            until=one.action.due_at,
            since=one.delivery.sent_at,
            tone="bad",
        )
        for one in actions.of_actor(actor)
        if one.state.code == "LATE" and one.delivery.organisation_id == actor.organisation_id
    ][:MOST_WAITING]


def _sent_back(actor: Actor) -> list[Waiting]:
    """Letters of the actor's office that came back as not for the addressee, the one that waits longest first."""
    return [
        Waiting(
            subject,
            reverse("circulars:hop", args=[code]),
            _("%(office)s sent it back: send it to another office, or close it") % {"office": Named(*office).name},
            since=since,
            tone="waiting",
        )
        for code, subject, since, *office in SENT_BACK.rows(office=actor.organisation_id)
    ]


# Begins with the few that were ever sent back, not with the thousands that were sent.
SENT_BACK = Statement(
    lambda at: (
        SentBack.objects.filter(delivery__state="RETURNED", delivery__circular__sender_id=at["office"])
        .order_by("at")
        .values_list(
            "delivery__code",
            "delivery__circular__subject",
            "at",
            "delivery__organisation__name_th",
            "delivery__organisation__name_en",
        )[:MOST_WAITING]
    ),
    office=BigIntegerField(),
)


def _of_head(actor: Actor) -> list[Waiting]:
    """To a head the letters to approve; to those who wrote them, what the head said."""
    told = ("subject", "code", "approval", "created_at")  # letters are wide, above all their lists of addressees
    mine = [
        Waiting(
            subject,
            reverse("circulars:approval", args=[code]),
            _("read it and approve it, or return it"),
            since=since,
            tone="waiting",
        )
        for subject, code, _approval, since in approvals.proposed(actor).values_list(*told)[:MOST_WAITING]
    ]
    said = {
        "APPROVED": _("approved by the head: issue it"),
        "RETURNED": _("returned by the head: change it and propose it again"),
    }
    return mine + [
        Waiting(subject, reverse("circulars:check", args=[code]), said[approval], since=since, tone="waiting")
        for subject, code, approval, since in approvals.answered(actor).values_list(*told)[:MOST_WAITING]
    ]


def _letters(actor: Actor) -> list[Waiting]:
    state = "SENT" if actor.has(Role.REGISTRAR) else "RECEIVED"
    why = (
        _("receive it under a number of your register")
        if state == "SENT"
        else _("acknowledge it, pass it on or assign it")
    )
    found = own_deliveries(actor).filter(state=state).select_related("circular__sender").order_by("sent_at")
    now = clock.now()
    return [
        Waiting(
            one.circular.subject,
            reverse("circulars:hop", args=[one.code]),
            why,
            since=one.received_at or one.sent_at,
            tone="bad" if (now - one.sent_at).days >= 7 else "waiting",
        )
        for one in found[:MOST_WAITING]
    ]
