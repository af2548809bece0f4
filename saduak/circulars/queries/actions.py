"""What an office is asked to do, and whether it is done. Nobody ticks a box: done is derived from facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.applications import queries as applications
from saduak.circulars.models import CircularAction, Delivery, Reply
from saduak.circulars.queries.visibility import own_deliveries
from saduak.circulars.workflow import GONE_BACK
from saduak.kernel import clock
from saduak.kernel.workflow import State
from saduak.people.actor import Actor
from saduak.rounds.models import ActionKind, Round
from saduak.surveys import queries as surveys

MOST = 300  # hops looked at; an office has a handful of circulars a year
STATES = {
    "DONE": State("DONE", _("done"), tone="good"),
    "LATE": State("LATE", _("overdue"), tone="bad"),
    "OPEN": State("OPEN", _("to be done"), tone="waiting"),
    "SOON": State("SOON", _("not yet begun"), tone="neutral"),
}


@dataclass(frozen=True)
class Asked:
    """One action asked of one office: by which hop, its state, and the reply if there is one."""

    delivery: Delivery
    action: CircularAction
    state: State
    reply: Reply | None
    how: str  # "apply", "acknowledge", "survey" or "reply": what the office does about it

    @property
    def open(self) -> bool:
        return self.state.code != "DONE"

    @property
    def address(self) -> str:
        """Where the office does it: the survey itself, else its copy of the letter."""
        if self.action.survey is not None:
            return reverse("surveys:answer", args=[self.action.survey.code, self.delivery.organisation.code])
        return reverse("circulars:hop", args=[self.delivery.code])


def applied(organisation_ids: Iterable[int], round: Round) -> set[int]:
    """Which of the organisations have applied in the round: the one place where circulars asks applications."""
    return applications.has_applied(organisation_ids, round)


def of_actor(actor: Actor) -> list[Asked]:
    """Everything asked of the organisations for which the actor's post holds; what is most pressing first."""
    found = own_deliveries(actor).select_related("organisation", "circular__sender", "circular__round")
    return of_deliveries(list(found.order_by("-sent_at")[:MOST]))


def of_deliveries(deliveries: list[Delivery]) -> list[Asked]:
    """Everything these hops ask of their own offices. A constant number of queries for each round."""
    actions: dict[int, list[CircularAction]] = {}
    asking = CircularAction.objects.filter(circular_id__in={one.circular_id for one in deliveries})
    for action in asking.select_related("survey"):
        actions.setdefault(action.circular_id, []).append(action)
    replies = {
        (one.root_id, one.organisation_id, one.code): one
        for one in Reply.objects.filter(
            root_id__in={one.root_id for one in deliveries},
            organisation_id__in={one.organisation_id for one in deliveries},
        ).select_related("proof")
    }
    have_applied = _applied(deliveries, actions)
    have_answered = surveys.answered(
        {action.survey_id for found in actions.values() for action in found if action.survey_id},
        offices={one.organisation_id for one in deliveries},
    )
    asked: dict[tuple[int, int, str], Asked] = {}
    now = clock.now()
    for delivery in deliveries:
        for action in actions.get(delivery.circular_id, []):
            # What was sent back asks nothing of the office any more.
            if delivery.organisation.kind not in action.for_kinds or delivery.state in GONE_BACK:
                continue
            key = (delivery.root_id, delivery.organisation_id, action.code)
            reply = replies.get(key)
            done = _done(delivery, action, reply, have_applied, have_answered)
            one = Asked(delivery, action, _state(action, done, now), reply, _how(action))
            # A letter that came twice, by two ways, asks once: by the way on which something was done.
            if key not in asked or (one.state.code == "DONE" and asked[key].open):
                asked[key] = one
    return sorted(asked.values(), key=_urgency)


def _applied(deliveries: list[Delivery], actions: dict[int, list[CircularAction]]) -> set[tuple[int, int]]:
    wanted: dict[int, tuple[Round, set[int]]] = {}
    for delivery in deliveries:
        round = delivery.circular.round
        if round and any(action.kind == ActionKind.APPLY for action in actions.get(delivery.circular_id, [])):
            wanted.setdefault(round.pk, (round, set()))[1].add(delivery.organisation_id)
    return {(pk, found) for pk, (round, ids) in wanted.items() for found in applied(ids, round)}


def _done(
    delivery: Delivery,
    action: CircularAction,
    reply: Reply | None,
    have_applied: set[tuple[int, int]],
    have_answered: set[tuple[int, int]],
) -> bool:
    if action.kind == ActionKind.APPLY:
        return (delivery.circular.round_id, delivery.organisation_id) in have_applied
    if action.kind == ActionKind.TAKE_NOTE:
        return delivery.state == "ACKNOWLEDGED"
    if action.survey_id:
        return (action.survey_id, delivery.organisation_id) in have_answered
    return reply is not None


def _state(action: CircularAction, done: bool, now: datetime) -> State:
    if done:
        return STATES["DONE"]
    if action.due_at and now >= action.due_at:
        return STATES["LATE"]
    return STATES["SOON" if action.opens_at and now < action.opens_at else "OPEN"]


def _how(action: CircularAction) -> str:
    if action.survey_id:
        return "survey"
    return {ActionKind.APPLY: "apply", ActionKind.TAKE_NOTE: "acknowledge"}.get(ActionKind(action.kind), "reply")


def _urgency(one: Asked) -> tuple[Any, ...]:
    order = {"LATE": 0, "OPEN": 1, "SOON": 2, "DONE": 3}
    no_date = one.action.due_at is None
    return (order[one.state.code], no_date, one.action.due_at or one.delivery.sent_at, one.delivery.organisation.path)
