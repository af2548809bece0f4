"""Questions out of the resolved content of a pack."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from saduak.packs.question_types.asking import Condition, Option, Question
from saduak.packs.text import Text


def from_resolved(content: Mapping[str, Any]) -> Question:
    """The question in the resolved content of a standard, form or survey."""
    low, high, step = (Decimal(str(content[key])) if key in content else None for key in ("minimum", "maximum", "step"))
    first, last = (date.fromisoformat(content[key]) if key in content else None for key in ("earliest", "latest"))
    when = content.get("applies_when")
    return Question(
        id=content["id"],
        type=content["type"],
        title=Text.from_json(content["title"]),
        required=content.get("required", True),
        unit=Text.from_json(content["unit"]) if "unit" in content else None,
        options=tuple(map(_option, content.get("options", ()))),
        length=content.get("length"),
        hint=Text.from_json(content["hint"]) if "hint" in content else None,
        minimum=low,
        maximum=high,
        step=step,
        format=content.get("format", ""),
        earliest=first,
        latest=last,
        accepts=tuple(content.get("accepts", ())),
        columns=tuple(map(from_resolved, content.get("columns", ()))),
        within=content.get("within", ""),
        purpose=content.get("purpose", ""),
        formerly=tuple(content.get("formerly", ())),
        applies_when=Condition(when["question"], tuple(when["one_of"])) if when else None,
    )


def _option(content: Mapping[str, Any]) -> Option:
    score = Decimal(str(content["score"])) if "score" in content else None
    return Option(content["id"], Text.from_json(content["title"]), score, content.get("alone", False))
