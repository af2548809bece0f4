"""Results as rows of a table, for spreadsheets: what may not be shown is said to be so, and stays out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.packs.questions import LABELS
from saduak.surveys.queries.results import Results
from saduak.surveys.tallies import overall, word_of


def rows(found: Results) -> Iterator[list[Any]]:
    """A row for each possible answer of each question; means in rows of their own. Headings first."""
    yield [_("No."), _("Question"), _("Type"), _("Answered by"), _("Answer"), _("Times given"), _("Percent"), _("Note")]
    language = get_language()
    few = _("fewer than %(least)s answers: not shown") % {"least": found.survey.least_group}
    if not found.shown:
        yield ["", "", "", "", "", "", "", few]
        return
    for number, question in enumerate(found.form.questions, 1):
        head = [number, question.title.say(language), str(LABELS[question.type])]
        tally = found.tallies.get(question.id)
        if tally is None:
            yield [*head, "", "", "", "", few]
            continue
        head.append(tally.answered)
        for line in tally.lines:
            label = line.label.say(language) if hasattr(line.label, "say") else str(line.label)
            yield [*head, label, line.many, str(line.share), ""]
        if tally.mean is not None:
            word = word_of(found.form, tally.mean)
            yield [*head, _("Mean"), "", "", f"{tally.mean}{f' · {word.say(language)}' if word else ''}"]
        elif not tally.lines:
            yield [*head, "", "", "", _("in the writers' own words") if tally.in_words else ""]
    mean = overall(one for one in found.tallies.values() if one is not None)
    if mean is not None:
        word = word_of(found.form, mean)
        yield [
            "",
            _("All rated questions"),
            "",
            "",
            _("Mean"),
            "",
            "",
            f"{mean}{f' · {word.say(language)}' if word else ''}",
        ]
