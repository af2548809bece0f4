"""What came of a survey, for a group of offices that is large enough. Every group is computed anew from the answers."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from saduak.packs.asking import Form
from saduak.people.models import Organisation
from saduak.surveys import small_groups
from saduak.surveys.models import PublicAnswer, Response, Survey
from saduak.surveys.queries.visible import form as form_of
from saduak.surveys.tallies import Tally, tallied

WHOLE = ""  # the name under which whole answers are counted, beside the questions
STEP = Organisation.steplen


@dataclass
class Results:
    """Results of one branch. answered: answers in it, where that may be told; tallies: of the questions that may be shown,
    None for one that may not; branches: path of each part below → whether results of it may be shown."""

    survey: Survey
    form: Form
    top: str
    answered: int = 0
    shown: bool = False
    tallies: dict[str, Tally | None] = field(default_factory=dict)
    branches: dict[str, bool] = field(default_factory=dict)


def results(survey: Survey, body: Organisation) -> Results:
    """Results of a body and everything at or below it. One query. A body above the survey's own top sees the whole."""
    form = form_of(survey)
    top = survey.top.path
    wanted = top if top.startswith(body.path) else body.path
    if survey.for_anybody:
        return _of(survey, form, top, wanted, [(top, values) for values in _of_anybody(survey)])
    given = Response.objects.filter(survey=survey, state="HANDED_IN").values_list("organisation__path", "values")
    return _of(survey, form, top, wanted, list(given.iterator(chunk_size=2000)))


def _of(survey: Survey, form: Form, top: str, wanted: str, rows: list[tuple[str, dict[str, Any]]]) -> Results:
    found = Results(survey, form, wanted)
    if not wanted.startswith(top):  # beside the part of the tree that was asked
        return found
    least = survey.least_group
    way = [wanted[:end] for end in range(len(top), len(wanted), STEP)]
    parts = [_Parts(one) for one in [*way, wanted]]
    totals: Counter[str] = Counter()
    inside = []
    for path, values in rows:
        names = [WHOLE, *(key for key, value in values.items() if value not in (None, "", []))]
        totals.update(names)
        for one in parts:
            one.add(path, names)
        if path.startswith(wanted):
            inside.append(values)

    def may(name: str) -> bool:
        levels = [(one.of(name), wanted[: len(one.node) + STEP]) for one in parts[:-1]]
        return small_groups.shown(levels, totals[name], least)

    found.shown = may(WHOLE)
    below = parts[-1].of(WHOLE)
    gone = small_groups.hidden(below, least)
    found.branches = {
        key: found.shown and many >= least and key not in gone for key, many in below.items() if key != wanted
    }
    if not found.shown:
        return found
    found.answered = len(inside)
    counted = tallied(form, inside)
    found.tallies = {key: one if may(key) else None for key, one in counted.items()}
    return found


def _of_anybody(survey: Survey) -> list[dict[str, Any]]:
    """Answers of anybody that count by now. While the survey is open they count in steps of the least group, so that
    nobody who looks before and after a visitor reads that visitor's answer from the difference."""
    given = PublicAnswer.objects.filter(survey=survey).order_by("pk").values_list("values", flat=True)
    found = list(given.iterator(chunk_size=2000))
    return found if survey.is_over() else found[: len(found) // survey.least_group * survey.least_group]


class _Parts:
    """Answers of the parts of one node: of each child with everything below it, and of the node itself."""

    def __init__(self, node: str) -> None:
        self.node = node
        self.counts: dict[str, Counter[str]] = {}

    def add(self, path: str, names: Iterable[str]) -> None:
        if path.startswith(self.node):
            self.counts.setdefault(path[: len(self.node) + STEP], Counter()).update(names)

    def of(self, name: str) -> dict[str, int]:
        return {key: many[name] for key, many in self.counts.items() if many[name]}


def texts(survey: Survey, question_id: str) -> list[str]:
    """What was written to a question in the writers' own words, of all who were asked, in an order that tells nothing of
    who wrote it; nothing where fewer than the least group wrote. Whose it was is not in it."""
    handed_in = Response.objects.filter(survey=survey, state="HANDED_IN").values_list("values", flat=True)
    given = _of_anybody(survey) if survey.for_anybody else handed_in.iterator(chunk_size=2000)
    found = [str(one[question_id]) for one in given if one.get(question_id)]
    if len(found) < survey.least_group:
        return []
    return sorted(found, key=lambda text: hashlib.sha256(f"{survey.code}{text}".encode()).hexdigest())
