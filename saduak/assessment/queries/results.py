"""Results: nothing of them leaves this file before their release."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from saduak.applications.models import Application
from saduak.assessment.models import Case, Decision, ResultsRelease
from saduak.packs.text import Text
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round


@dataclass(frozen=True)
class Result:
    """A released result. Levels are codes of the round's standard, None for none."""

    application_number: str
    computed_level: str | None
    computed_total: Decimal | None
    decided_level: str | None
    reason: str
    remedy: str
    decided_at: datetime
    released_at: datetime
    computed: dict[str, Any]
    decided_title: Text | None

    @property
    def decided_name(self) -> str:
        """The decided level in the reader's language; "" for none."""
        return self.decided_title.say(get_language()) if self.decided_title else ""


def journal_subjects(application: Application) -> list[tuple[str, str]]:
    """What the journal calls the screening and the case of an application: for those who may know of them at any time."""
    cases = Case.objects.filter(application=application).values_list("number", flat=True)
    return [("screening", application.number), *(("case", number) for number in cases)]


def result_of(application: Application) -> Result | None:
    """The result of an application, None before its release."""
    case = Case.objects.filter(application=application, state="RELEASED").first()
    if case is None or case.released_at is None:
        return None
    decision = case.decisions.order_by("-sequence").first()
    if decision is None:
        return None
    return Result(
        application_number=application.number,
        computed_level=decision.computed_level or None,
        computed_total=case.computed_total,
        decided_level=decision.decided_level or None,
        reason=decision.reason,
        remedy=decision.remedy,
        decided_at=decision.decided_at,
        released_at=case.released_at,
        computed=case.computed,
        decided_title=rounds.standard(application.round).level(decision.decided_level).title
        if decision.decided_level
        else None,
    )


def decided(round: Round) -> QuerySet[Case]:
    """Decided, not yet released."""
    return Case.objects.filter(application__round=round, state="DECIDED").select_related(
        "application__centre", "application__round"
    )


def undecided(round: Round) -> int:
    """Cases that a release would leave behind."""
    return Case.objects.filter(application__round=round).exclude(state__in=["DECIDED", "RELEASED"]).count()


def releases(round: Round) -> QuerySet[ResultsRelease]:
    return ResultsRelease.objects.filter(round=round)


def level_names(round: Round) -> dict[str, str]:
    """Level titles in the reader's language by code; the empty code is a refusal."""
    standard = rounds.standard(round)
    language = get_language()
    return {"": standard.below_levels.say(language), **{one.code: one.title.say(language) for one in standard.levels}}


@dataclass(frozen=True)
class Shown:
    """A kept computation in the reader's language."""

    steps: list[tuple[str, str]]
    parts: list[dict[str, Any]]
    sides: list[dict[str, Any]]
    failed_gate: list[str]
    total: str
    counted: str
    level: str


def shown(computed: dict[str, Any], round: Round) -> Shown | None:
    """The explanation of a computed result, step by step."""
    if not computed:
        return None
    standard, language = rounds.standard(round), get_language()
    return Shown(
        steps=[(Text.from_json(one["text"]).say(language), one["amount"] or "") for one in computed["steps"]],
        parts=[
            {
                "label": standard.part(key).title.say(language),
                "value": Decimal(amount),
                "note": f"{standard.part(key).maximum:f}",
            }
            for key, amount in computed["parts"].items()
        ],
        sides=[
            {"label": standard.side(key).title.say(language), "value": Decimal(amount)}
            for key, amount in computed["sides"].items()
        ],
        failed_gate=[
            f"{standard.criterion(key).number} {standard.criterion(key).title.say(language)}"
            for key in computed["failed_gate"]
        ],
        total=computed["total"] or "",
        counted=computed["counted"] or "",
        level=level_names(round).get(computed["level"] or "", ""),
    )


def ladder(decisions: list[Decision], names: dict[str, str]) -> list[tuple[str, int]]:
    """How many decisions fell on each level, lowest first, refusals included."""
    return [(name, sum(1 for one in decisions if one.decided_level == code)) for code, name in names.items()]
