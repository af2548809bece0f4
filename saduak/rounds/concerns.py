"""Whose calendar a period stands in: who is told when it is moved, and whose feed carries it."""

from saduak.people.models import Kind
from saduak.people.roles import Role
from saduak.rounds.models import ActionKind, Round, WindowKind

APPLICANTS = frozenset({Role.COORDINATOR, Role.HEAD})

CONCERNED: dict[str, frozenset[str]] = {
    WindowKind.BRIEFING: APPLICANTS | {Role.OFFICER, Role.REGISTRAR},
    WindowKind.APPLICATION: APPLICANTS | {Role.OFFICER, Role.REGISTRAR, Role.OBSERVER},
    WindowKind.SCREENING: APPLICANTS | {Role.OFFICER},
    WindowKind.VISITS: APPLICANTS | {Role.OFFICER, Role.ASSESSOR},
    WindowKind.DECISION: frozenset({Role.OFFICER, Role.ASSESSOR, Role.COMMITTEE}),
    WindowKind.ANNOUNCEMENT: APPLICANTS | {Role.OFFICER, Role.COMMITTEE, Role.OBSERVER},
    WindowKind.APPEAL: APPLICANTS | {Role.OFFICER, Role.COMMITTEE},
}
# Who does what a circular asks: the registrar passes it on, the coordinator and the head do it.
DOING: dict[str, frozenset[str]] = dict.fromkeys(ActionKind.values, APPLICANTS | {Role.OFFICER, Role.REGISTRAR})


def applying_kinds(round: Round) -> frozenset[str]:
    """Kinds of organisation whose coordinators and heads apply in the round: those that may, and the centres below."""
    return frozenset(round.may_apply_kinds or Kind.values) | {Kind.CENTRE}


def concerns(round: Round, kind: str, role: str, office_kind: str) -> bool:
    """Is the period one of somebody who holds this role at an office of this kind?"""
    if role not in CONCERNED[kind]:
        return False
    return role not in APPLICANTS or office_kind in applying_kinds(round)
