"""Screening, teams, cases with their marks, meetings and releases."""

from saduak.assessment.models.cases import Case, Declaration, DeclarationKind, Pin, Team, TeamFunction, TeamMember
from saduak.assessment.models.marks import Agreed, Mark, Presence, Sheet
from saduak.assessment.models.meetings import AgendaItem, Decision, Meeting, ResultsRelease, Seat
from saduak.assessment.models.screening import (
    Acknowledgement,
    Finding,
    FindingVerdict,
    FlawKind,
    ReadinessRelease,
    Screening,
    ScreeningResult,
)
from saduak.assessment.models.sharing import DeskCheck

__all__ = [
    "Acknowledgement",
    "AgendaItem",
    "Agreed",
    "Case",
    "Decision",
    "Declaration",
    "DeclarationKind",
    "DeskCheck",
    "Finding",
    "FindingVerdict",
    "FlawKind",
    "Mark",
    "Meeting",
    "Pin",
    "Presence",
    "ReadinessRelease",
    "ResultsRelease",
    "Screening",
    "ScreeningResult",
    "Seat",
    "Sheet",
    "Team",
    "TeamFunction",
    "TeamMember",
]
