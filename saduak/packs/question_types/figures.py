"""Yes or no, numbers with their unit, scores."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.packs.amounts import shown
from saduak.packs.question_types.asking import Filled, Question, Refused, filled
from saduak.packs.question_types.words import word

_YES = frozenset({"yes", "true", "1", "on", "y", "ใช่", "ผ่าน", "มี"})
_NO = frozenset({"no", "false", "0", "off", "n", "ไม่ใช่", "ไม่ผ่าน", "ไม่มี"})
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,18})?")


def yes_no(question: Question, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    given = word(raw)
    if given in _YES or given in _NO:
        return given in _YES
    raise Refused(_("Choose yes or no."))


def decimal(raw: Any, *units: str) -> Decimal:
    """The number that ``raw`` is. One of ``units`` may stand behind it, as people write it."""
    if isinstance(raw, Decimal) and raw.is_finite():
        return raw
    # A JSON number arrives as float; its shortest notation is the number that was written.
    given = repr(raw) if isinstance(raw, float) else word(raw).replace("−", "-")
    for unit in units:
        given = given.removesuffix(unit.casefold())
    given = "".join(given.split())
    if not _NUMBER.fullmatch(given):
        raise Refused(_("Write a number, such as 12 or 0.5."))
    return Decimal(given.replace(",", ""))


def number(question: Question, raw: Any) -> Decimal:
    units = (question.unit.th, question.unit.en) if question.unit is not None else ()
    value, low, high = decimal(raw, *units), question.minimum, question.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise Refused(_out_of_range(low, high))
    if question.step is not None and (value - (low or 0)) % question.step != 0:
        if question.step == 1:
            raise Refused(_("Write a whole number, such as 12."))
        raise Refused(filled(_("Write a number in steps of %(step)s."), step=shown(question.step)))
    return value


def score(question: Question, raw: Any) -> Decimal:
    value = decimal(raw)
    if question.scores:
        if value in question.scores:
            return value
        scores = ", ".join(shown(one) for one in question.scores)
        raise Refused(filled(_("Choose one of these scores: %(scores)s."), scores=scores))
    low, high = question.minimum, question.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise Refused(_out_of_range(low, high))
    if question.step is not None and (value - (low or 0)) % question.step != 0:
        raise Refused(filled(_("Write a number in steps of %(step)s."), step=shown(question.step)))
    return value


def _out_of_range(low: Decimal | None, high: Decimal | None) -> Filled:
    if low is not None and high is not None:
        return filled(_("Write a number from %(low)s to %(high)s."), low=shown(low), high=shown(high))
    if low is not None:
        return filled(_("Write a number of at least %(low)s."), low=shown(low))
    return filled(_("Write a number of at most %(high)s."), high=shown(high or Decimal(0)))
