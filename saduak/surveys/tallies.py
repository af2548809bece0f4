"""What the answers to one question come to: counts, shares, means. Pure; computed, never typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.packs.asking import Form
from saduak.packs.question_types import Question
from saduak.packs.text import Text

CHOSEN = ("yes_no", "one_of", "some_of")
MEASURED = ("number", "score")
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    """One possible answer: how often it was given, and the share of those who answered the question, in percent."""

    code: str
    label: Any
    many: int
    share: Decimal


@dataclass
class Tally:
    """What was answered to a question. answered: by how many; mean: of scores or numbers, None where there are none."""

    question: Question
    answered: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    total: Decimal = Decimal(0)
    scored: int = 0

    def add(self, value: Any) -> None:
        """Count one answer, as `packs.questions.to_json` writes it; None and what is empty is no answer."""
        if value in (None, "", []):
            return
        self.answered += 1
        if self.question.type in CHOSEN:
            for code in [value] if not isinstance(value, list) else value:
                self.counts["yes" if code is True else "no" if code is False else str(code)] += 1
            self._score(value)
        elif self.question.type in MEASURED:
            self.total += Decimal(str(value))
            self.scored += 1

    def _score(self, value: Any) -> None:
        option = self.question.option(value) if isinstance(value, str) else None
        if option is not None and option.score is not None:
            self.total += option.score
            self.scored += 1

    @property
    def lines(self) -> list[Line]:
        """Every possible answer in the order of the question, also those nobody gave."""
        if self.question.type == "yes_no":
            named: list[tuple[str, Any]] = [("yes", _("Yes")), ("no", _("No"))]
        else:
            named = [(one.code, one.label) for one in self.question.options]
        return [Line(code, label, self.counts[code], share(self.counts[code], self.answered)) for code, label in named]

    @property
    def mean(self) -> Decimal | None:
        return (self.total / self.scored).quantize(_HUNDREDTH, ROUND_HALF_UP) if self.scored else None

    @property
    def in_words(self) -> bool:
        """Is it answered in the writer's own words?"""
        return self.question.type in ("text", "long_text")


def share(many: int, whole: int) -> Decimal:
    """Percent with one decimal; 0 of nothing."""
    return (Decimal(many) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else Decimal(0)


def tallied(form: Form, answers: Iterable[dict[str, Any]]) -> dict[str, Tally]:
    """Every question of the form with what was answered to it. answers: id of question → value, of each answer."""
    found = {one.id: Tally(one) for one in form.questions}
    for values in answers:
        for key, value in values.items():
            if key in found:
                found[key].add(value)
    return found


def overall(tallies: Iterable[Tally]) -> Decimal | None:
    """The mean of all scored answers of choices together (a centre's satisfaction); None where nothing carries a score."""
    scored = [one for one in tallies if one.scored and one.question.type == "one_of"]
    many = sum(one.scored for one in scored)
    return (sum((one.total for one in scored), Decimal(0)) / many).quantize(_HUNDREDTH, ROUND_HALF_UP) if many else None


def word_of(form: Form, mean: Decimal | None) -> Text | None:
    """What a mean stands for in the words of the pack; None where the survey has none."""
    return form.mean_said(mean) if mean is not None else None
