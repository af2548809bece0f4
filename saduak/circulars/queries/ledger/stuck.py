"""Branches that do not move: who holds the letter, since when, and how many offices wait below."""

from dataclasses import dataclass

from django.db.models import Count, Window

from saduak.circulars.models import Circular, Delivery
from saduak.circulars.queries.ledger.hops import day_of, hops, state_at
from saduak.circulars.queries.ledger.standing import Standing
from saduak.circulars.queries.pace import UNKNOWN, days_between
from saduak.kernel.workflow import State
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.roles import Role

MOST = 10


@dataclass(frozen=True)
class Stuck:
    """A hop that has offices below it and was not passed on for longer than is usual at its level.

    waiting: offices below it; holder: whose turn it is there ("" where nobody holds that post).
    """

    delivery: Delivery
    state: State
    days: int
    usual: float
    waiting: int
    holder: str
    role: str


def stuck(root: Circular, actor: Actor, found: Standing, limit: int = MOST) -> tuple[list[Stuck], int]:
    """The branches that stand still the longest, and how many there are in all. Two queries; none is asked for where
    every office that is to have the letter has it, whoever sent it there."""
    if not any(row.without for row in found.rows):
        return [], 0
    held = (
        hops(root, actor, found.at).filter(below__gt=0, forwarded_at=None, returned_at=None).order_by("sent_at", "pk")
    )
    slow = [one.kind for one in found.levels]
    held = held.filter(kind__in=slow).annotate(total=Window(Count("pk"))).select_related("organisation")
    rows = list(held[:limit])
    names = _holders([one.organisation_id for one in rows])
    shown = []
    for one in rows:
        level = next((level for level in found.levels if level.kind == one.kind), None)
        state = state_at(one, found.at)
        role = Role.REGISTRAR if state.code == "SENT" else Role.HEAD
        name = names.get((one.organisation_id, role), "") or names.get((one.organisation_id, Role.REGISTRAR), "")
        days = days_between(day_of(one.sent_at), day_of(found.at))
        pace = level.pace if level else UNKNOWN
        if days > pace.days:
            shown.append(Stuck(one, state, days, pace.days, one.below, name, str(Role(role).label)))
    return shown, (rows[0].total if rows else 0)


def _holders(organisation_ids: list[int]) -> dict[tuple[int, str], str]:
    """(office, role) → name of whoever holds that post there today."""
    posts = people.posts(organisation_ids, Role.REGISTRAR, Role.HEAD)
    return {(post.organisation_id, post.role): post.user.name for post in posts}
