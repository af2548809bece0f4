"""A refusal or a verdict in the reader's language."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from saduak.kernel.refusals import Item, Refusal
from saduak.kernel.verdict import Verdict
from saduak.thai.dates import format_date, format_datetime
from saduak.web import language


def sentence(refusal: Refusal) -> str:
    """What the refusal says, translated and with its values filled in."""
    return filled(refusal.message, refusal.params)


def reason(verdict: Verdict) -> str:
    """Why the verdict says no; empty for a yes."""
    return "" if verdict else filled(verdict.reason, verdict.params)


def items(refusal: Refusal) -> list[dict[str, str]]:
    """The single things a refusal names, as {label, where}."""
    return [{"label": label(item), "where": item.where} for item in refusal.items]


def label(item: Item) -> str:
    """What to call one item, translated."""
    return filled(item.label, {})


def filled(message: Any, params: Mapping[str, Any]) -> str:
    """A msgid (or a text that is lazily translated already) in the current language, with its named values.

    Days and moments among the values are written as this language writes them.
    """
    text = str(message) if isinstance(message, Promise) else (gettext(message) if message else "")
    return text % {name: _written(value) for name, value in params.items()} if params else text


def _written(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return format_datetime(value, language=language.current())
    if isinstance(value, dt.date):
        return format_date(value, language=language.current())
    return value
