"""Questions as HTML: the control to answer one, and the answer for reading. Every app that asks uses these, so that a
question looks and behaves the same in an application, a survey and a preview. Names of inputs are those that ``posted`` reads.

Values are as ``questions.to_json`` writes them; what was typed and refused is as ``posted.raw`` gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from saduak.packs import questions
from saduak.packs.amounts import shown
from saduak.packs.posted import AXES
from saduak.packs.question_types import FILES_AT_MOST, ROWS_AT_MOST, Question, said_day
from saduak.web import thailand

COLUMNS_BESIDE = 4  # more of them do not fit beside each other in a form
BLANK_ROWS = 3  # for whoever has no scripts; scripts show one and add as many as wanted
_ENDINGS = {
    "photo": ".jpg,.jpeg,.png,.webp,.heic,.pdf",
    "pdf": ".pdf",
    "document": ".pdf,.docx,.odt",
    "spreadsheet": ".xlsx,.ods,.csv",
}


@dataclass(frozen=True)
class Piece:
    """A stored file or link that answers a question of files; away: the address is another's."""

    title: str
    url: str = ""
    away: bool = False


@dataclass(frozen=True)
class Setting:
    """Where a question stands. name: of its inputs; id: of its place in the page; of: the thing it belongs to, said to
    readers of the screen; province: code of the province in which a place is expected; add_url: where files are given, when not
    in this very form; only_look: nothing can be changed;
    condition: when it has to be answered, in words; when: name of the inputs of the question it hangs on, and the answers on which
    it is asked: with scripts it hides itself otherwise.
    """

    name: str
    id: str = ""
    of: str = ""
    province: str = ""
    pieces: Sequence[Piece] = field(default_factory=tuple)
    add_url: str = ""
    only_look: bool = False
    condition: str = ""
    when: tuple[str, tuple[str, ...]] | None = None


def control(
    question: Question, setting: Setting, value: Any = None, *, typed: Any = None, error: Any = ""
) -> SafeString:
    """The question with its label, hint, error and control. typed: what was refused, shown again beside its error."""
    raw = typed if error and typed is not None else as_typed(question, value)
    if error or settings.DEBUG:
        return _control(question, setting, raw, error)
    # What these show of where they stand is little, so that every application finds them written.
    here = replace(setting, province="", pieces=(), add_url="")
    if question.type in ("yes_no", "one_of", "some_of"):
        return _kept(question, here, tuple(raw) if isinstance(raw, list) else raw, get_language())
    if question.type in ("text", "long_text", "number", "date") and isinstance(raw, str):
        # Kept without the answer, which is nobody else's.
        return mark_safe(_kept(question, here, ANSWER, get_language()).replace(ANSWER, escape(raw), 1))  # noqa: S308
    return _control(question, setting, raw, error)


ANSWER = "the-answer-stands-here"


@lru_cache(maxsize=1024)
def _kept(question: Question, setting: Setting, raw: str | tuple[str, ...], language: str | None) -> SafeString:
    """The key holds everything that is shown, so nothing of it is ever stale."""
    return _control(question, setting, list(raw) if isinstance(raw, tuple) else raw, "")


def _control(question: Question, setting: Setting, raw: Any, error: Any) -> SafeString:
    context = _context(question, setting, raw) | {"error": error, "help": help_of(question)}
    return render_to_string("packs/questions/question.html", context)


def answered(question: Question, value: Any, *, province: str = "", pieces: Sequence[Piece] = ()) -> SafeString:
    """The answer for reading: a table as a table, a place with its picture. Empty when nothing was answered."""
    context: dict[str, Any] = {"question": question, "pieces": pieces, "value": value, "base": f"read-{question.id}"}
    try:
        clean = questions.from_json(drafted(question), value)
    except ValueError:  # kept under rules that have changed since: shown as it stands
        clean = None
        context["text"] = str(value)
    if clean is not None:
        context["text"] = questions.display(question, clean)
        if question.type == "table":
            context["columns"] = [_said(column.title) for column in question.columns]
            context["tall"] = len(question.columns) > COLUMNS_BESIDE
            context["rows"] = [questions.display_row(question, row) for row in clean]
        if question.type == "place":
            context["map"] = picture(str(clean.latitude), str(clean.longitude), province, question)
    return mark_safe(render_to_string("packs/questions/answer.html", context).strip())  # noqa: S308 - escaped there


def drafted(question: Question) -> Question:
    """The same question as a draft asks it: nothing is compulsory yet, so that what is half written can be kept."""
    columns = tuple(replace(one, required=False) for one in question.columns)
    counted = question.type in ("some_of", "file", "table")
    return replace(question, required=False, columns=columns, minimum=None if counted else question.minimum)


def as_typed(question: Question, value: Any) -> Any:
    """A value as the inputs of the form hold it: what ``posted.raw`` would give."""
    match question.type:
        case "yes_no":
            return "" if value is None else "yes" if value else "no"
        case "some_of" | "file":
            return list(value or ())
        case "table":
            return [{one.id: as_typed(one, row.get(one.id)) for one in question.columns} for row in value or ()]
        case "place":
            return {axis: str((value or {}).get(axis, "")) for axis in AXES}
        case "date":
            clean = questions.parse(drafted(question), value) if value else None
            return said_day(clean.value) if clean is not None and clean.value is not None else ""
        case "number" | "score":
            return "" if value is None else shown(Decimal(str(value)))
        case _:
            return "" if value is None else str(value)


def condition_of(among: Sequence[Question], question: Question) -> str:
    """When the question has to be answered, in words; "" for always. among: the list in which it stands."""
    when = question.applies_when
    asked = next((one for one in among if when is not None and one.id == when.question), None)
    if when is None or asked is None:
        return ""
    names = {"yes": _("Yes"), "no": _("No")} if asked.type == "yes_no" else {}
    for code in when.codes:
        option = asked.option(code)
        if option is not None:
            names[code] = _said(option.label)
    return _("To be answered when “%(question)s” is answered with: %(answers)s") % {
        "question": _said(asked.title),
        "answers": ", ".join(names[code] for code in when.codes if code in names),
    }


def help_of(question: Question) -> list[str]:
    """The hint, and the limits in a sentence, before anybody runs into them."""
    said = [_said(question.hint)] if question.hint else []
    return said + list(_limits(question))


def _limits(question: Question) -> Iterable[str]:
    low, high = question.minimum, question.maximum
    values = {"low": f"{low:,f}" if low is not None else "", "high": f"{high:,f}" if high is not None else ""}
    match question.type:
        case "number":
            if low and high is not None:
                yield _("From %(low)s to %(high)s.") % values
            elif low:  # that nothing is less than none goes without saying
                yield _("At least %(low)s.") % values
            elif high is not None:
                yield _("At most %(high)s.") % values
            if question.step == 1:
                yield _("A whole number.")
        case "date":
            first, last = (said_day(one) if one else "" for one in (question.earliest, question.latest))
            if first and last:
                yield _("From %(low)s to %(high)s.") % {"low": first, "high": last}
            elif first or last:
                yield (_("Not before %(day)s.") if first else _("Not after %(day)s.")) % {"day": first or last}
            yield _("For example 31 January 2565, 31/1/2565 or 2022-01-31.")
        case "text" | "long_text":
            if question.length:
                yield ngettext("At most %(count)s character.", "At most %(count)s characters.", question.length) % {
                    "count": f"{question.length:,}"
                }
        case "some_of":
            if low is not None and high is not None:
                yield _("Choose from %(low)s to %(high)s answers.") % values
            elif high is not None:
                yield _("Choose at most %(high)s.") % values
        case "file":
            if (low or 0) > 1:
                yield _("At least %(low)s files.") % values
        case "table":
            least = int(low or 0)
            if least > 1:
                yield _("At least %(low)s rows.") % values
            yield _("At most %(most)s rows; a row left empty is not kept.") % {"most": _most_rows(question)}
        case "place":
            yield _("Degrees with a decimal point. Both numbers copied from a map may stand in the first field.")


def _context(question: Question, setting: Setting, raw: Any) -> dict[str, Any]:
    base = setting.id or f"a-{question.id}"
    context: dict[str, Any] = {
        "question": question,
        "setting": setting,
        "base": base,
        "name": setting.name,
        "label": _said(question.title),
        "unit": _said(question.unit),
        "raw": raw,
        "group": question.type in ("yes_no", "one_of", "some_of", "file", "table", "place"),
    }
    match question.type:
        case "yes_no" | "one_of" | "some_of":
            context["options"] = _options(question, raw)
        case "table":
            context |= _rows(question, setting, raw if isinstance(raw, list) else [], base)
        case "place":
            given = raw if isinstance(raw, Mapping) else {"latitude": str(raw or "")}
            context["axes"] = [(axis, str(given.get(axis, ""))) for axis in AXES]
            context["map"] = picture(given.get("latitude", ""), given.get("longitude", ""), setting.province, question)
        case "file":
            context["accept"] = ",".join(dict.fromkeys(_ENDINGS.get(one, "") for one in question.accepts)).strip(",")
            context["several"] = question.maximum is None or question.maximum > 1
            context["most"] = int(question.maximum) if question.maximum is not None else FILES_AT_MOST
    return context


def _options(question: Question, raw: Any) -> list[tuple[str, str, bool]]:
    """(value, words, chosen). Whoever need not answer can also take an answer back."""
    chosen = set(raw) if isinstance(raw, list) else {str(raw)}
    if question.type == "yes_no":
        found = [("yes", _("Yes"), "yes" in chosen), ("no", _("No"), "no" in chosen)]
    else:
        found = [(one.code, _said(one.label), one.code in chosen) for one in question.options]
    if question.type != "some_of" and not question.required:
        found.append(("", _("No answer"), not any(one[2] for one in found)))
    return found


def _rows(question: Question, setting: Setting, given: list[Any], base: str) -> dict[str, Any]:
    def cells(place: Any, row: Mapping[str, Any]) -> dict[str, Any]:
        made = [
            {
                "column": column,
                "label": _headed(column),
                "name": f"{setting.name}-{place}-{column.id}",
                "id": f"{base}-{place}-{column.id}",
                "raw": row.get(column.id, ""),
                "options": _cell_options(column, str(row.get(column.id, ""))),
            }
            for column in question.columns
        ]
        return {"place": place, "number": place + 1 if isinstance(place, int) else "", "cells": made}

    most = _most_rows(question)
    wanted = (0 if given else 1) if setting.only_look else BLANK_ROWS
    blank = max(min(wanted, most - len(given)), 0)
    kept = [row if isinstance(row, Mapping) else {} for row in given]
    return {
        "rows": [cells(place, row) for place, row in enumerate([*kept, *[{}] * blank])],
        "filled": len(kept),
        "pattern": cells("__row__", {}),
        "columns": [(column, _said(column.title), _said(column.unit)) for column in question.columns],
        "most": most,
        "tall": len(question.columns) > COLUMNS_BESIDE,
    }


def _headed(column: Question) -> str:
    """The name of a column with its unit, for whoever sees no head of the table."""
    unit = _said(column.unit)
    return f"{_said(column.title)} ({unit})" if unit else _said(column.title)


def _cell_options(column: Question, raw: str) -> list[tuple[str, str, bool]]:
    if column.type == "yes_no":
        return [("", "–", not raw), ("yes", _("Yes"), raw == "yes"), ("no", _("No"), raw == "no")]
    chosen = [(one.code, _said(one.label), one.code == raw) for one in column.options]
    return [("", "–", not raw), *chosen]


def _most_rows(question: Question) -> int:
    return int(question.maximum) if question.maximum is not None else ROWS_AT_MOST


def doubt_of(latitude: Any, longitude: Any, province: str = "") -> str:
    """What is doubtful about a place: it lies abroad, or in another province than the one it is expected in. "" for nothing."""
    degrees = _degrees(latitude, longitude)
    if degrees is None or not thailand.outlines():
        return ""
    language = get_language() or "th"
    here = thailand.province_at(*degrees)
    if not here:
        return _("This point does not lie in Thailand.")
    if not province or thailand.in_province(province, *degrees):
        return ""
    return _("This point lies in %(here)s, not in %(expected)s. Is it right?") % {
        "here": thailand.province_name(here, language),
        "expected": thailand.province_name(province, language),
    }


def _degrees(latitude: Any, longitude: Any) -> tuple[float, float] | None:
    try:
        degrees = float(latitude), float(longitude)
    except (TypeError, ValueError):
        return None
    return degrees if abs(degrees[0]) <= 90 and abs(degrees[1]) <= 180 else None


def picture(latitude: Any, longitude: Any, province: str = "", question: Question | None = None) -> dict[str, Any]:
    """What the picture of a place needs: outlines, the point (None when there is none), and a warning in words. The house
    has outlines of Thailand only: a question that does not ask for a place in Thailand has no picture and no warning.
    """
    if question is not None and question.within != "TH":
        return {"country": "", "province": "", "point": None, "warning": "", "thailand": thailand}
    degrees = _degrees(latitude, longitude)
    return {
        "country": thailand.country(),
        "province": thailand.drawn(province),
        "close_up": thailand.close_up(province),
        "named": thailand.province_name(province, get_language() or "th"),
        "point": thailand.point(*degrees) if degrees else None,
        "warning": doubt_of(latitude, longitude, province),
        "thailand": thailand,
    }


def _said(text: Any) -> str:
    return "" if text is None else text.say(get_language())
