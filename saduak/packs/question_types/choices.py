"""One of, some of, and files that were stored before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.packs.amounts import shown
from saduak.packs.question_types.asking import Question, Refused, filled
from saduak.packs.question_types.words import clean

FILES_AT_MOST = 20
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{3,63}")


def one_of(question: Question, raw: Any) -> str:
    code = clean(raw)
    if question.option(code) is None:
        raise Refused(_("Choose one of the answers."))
    return code


def some_of(question: Question, raw: Any) -> list[str]:
    given = {one_of(question, one) for one in _several(raw)}
    alone = next((one for one in question.options if one.alone and one.code in given), None)
    if alone is not None and len(given) > 1:
        raise Refused(filled(_("“%(answer)s” cannot be chosen together with others."), answer=alone.label))
    low, high = question.minimum, question.maximum
    few = low is not None and len(given) < low and alone is None
    if few or (high is not None and len(given) > high):
        least, most = shown(low or Decimal(0)), shown(high if high is not None else Decimal(len(question.options)))
        raise Refused(filled(_("Choose from %(least)s to %(most)s answers."), least=least, most=most))
    return [option.code for option in question.options if option.code in given]


def files(question: Question, raw: Any) -> list[str]:
    """References to stored files; whether they exist and may be used is for the app that stores them."""
    refs = list(dict.fromkeys(clean(one) for one in _several(raw)))
    most = int(question.maximum) if question.maximum is not None else FILES_AT_MOST
    if len(refs) > most:
        raise Refused(filled(_("Give at most %(most)s files."), most=most))
    if not all(_REF.fullmatch(ref) for ref in refs):
        raise Refused(_("Upload the file again: it was not recognised."))
    least = int(question.minimum or 0)
    if len(refs) < least:
        raise Refused(filled(_("Give at least %(least)s files."), least=least))
    return refs


def _several(raw: Any) -> list[Any]:
    return list(raw) if isinstance(raw, Sequence) and not isinstance(raw, str) else [raw]
