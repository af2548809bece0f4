"""Branches that do not move: who holds the letter, since when, and how many offices wait below."""

from dataclasses import dataclass
from datetime import datetime

from saduak.circulars.models import Circular
from saduak.circulars.queries.ledger.hops import NEEDED, Kept, Named, day_of, hops, state_at
from saduak.circulars.queries.ledger.standing import Standing
from saduak.circulars.queries.pace import days_between
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

    code: str
    office: Named
    phone: str
    sent_at: datetime
    state: State
    days: int
    usual: float
    waiting: int
    holder: str
    role: str


def held(found: Standing) -> int:
    """How many offices hold the letter while others wait for it below them; none where everybody has it, whoever sent
    it there."""
    return sum(row.holding for row in found.rows) if any(row.without for row in found.rows) else 0


def stuck(root: Circular, actor: Actor, found: Standing, limit: int = MOST) -> list[Stuck]:
    """The branches that stand still the longest. Two queries, none where nothing is held up."""
    if not held(found):
        return []
    holders = (
        hops(root, actor, found.at).filter(below__gt=0, passed_on=False, returned_at=None).order_by("sent_at", "pk")
    )
    pace = {one.kind: one.pace for one in found.levels}
    wanted = holders.filter(kind__in=list(pace)).values_list(*NEEDED, "kind", "organisation__phone")
    rows = list(wanted[:limit])
    names = _holders([Kept(*row[:-2]).organisation_id for row in rows])
    shown = []
    for *row, kind, phone in rows:
        one = Kept(*row)
        state = state_at(one, found.at)
        role = Role.REGISTRAR if state.code == "SENT" else Role.HEAD
        name = names.get((one.organisation_id, role), "") or names.get((one.organisation_id, Role.REGISTRAR), "")
        days = days_between(day_of(one.sent_at), day_of(found.at))
        usual = pace[kind].days
        if days > usual:
            office = Named(one.name_th, one.name_en)
            shown.append(
                Stuck(one.code, office, phone, one.sent_at, state, days, usual, one.below, name, str(Role(role).label))
            )
    return shown


def _holders(organisation_ids: list[int]) -> dict[tuple[int, str], str]:
    """(office, role) → name of whoever holds that post there today."""
    posts = people.posts(organisation_ids, Role.REGISTRAR, Role.HEAD)
    rows = posts.values_list("organisation_id", "role", "user__name_th", "user__name_en")
    return {(office, role): Named(name_th, name_en).name for office, role, name_th, name_en in rows}
