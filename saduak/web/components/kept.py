"""Pieces of a page that say the same again and again, written once and kept. The key of each holds everything it shows, so
nothing is ever stale and nothing of one person reaches another."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from saduak.web.components.marks import icon, value


def fixed(template: str) -> SafeString:
    """A template that shows nothing of the page, the person or the moment: rendered once in each language."""
    return render_to_string(template) if settings.DEBUG else _fixed(template, get_language())


@lru_cache(maxsize=64)
def _fixed(template: str, language: str | None) -> SafeString:
    return render_to_string(template)


def rail(entries: Iterable[Any] | None) -> SafeString | str:
    """The main menu: entries {label, url, icon, current, count}. Empty for none."""
    shown = tuple(
        (
            str(value(one, "label")),
            value(one, "url"),
            value(one, "icon"),
            bool(value(one, "current")),
            value(one, "count"),
        )
        for one in entries or ()
    )
    return _rail(shown, gettext("Main menu")) if shown else ""


@lru_cache(maxsize=256)
def _rail(entries: tuple[tuple[str, str, str, bool, Any], ...], name: str) -> SafeString:
    items = format_html_join(
        "",
        '<li><a href="{}"{}>{}<span>{}</span>{}</a></li>',
        (
            (
                url, SafeString(' aria-current="page"') if current else "", icon(drawing), label,
                format_html(' <span class="count">{}</span>', count) if count else "",
            )
            for label, url, drawing, current, count in entries
        ),
    )  # fmt: skip
    return format_html('<nav aria-label="{}"><ul class="rail-list">{}</ul></nav>', name, items)


def options(pairs: Iterable[tuple[Any, Any]], chosen: Any) -> SafeString:
    """(value, label) pairs as the options of a select."""
    written = _options(tuple((str(code), str(label)) for code, label in pairs))
    plain = f'<option value="{escape("" if chosen is None else chosen)}">'
    return mark_safe(written.replace(plain, f"{plain[:-1]} selected>", 1))  # noqa: S308  escaped here and there


@lru_cache(maxsize=64)
def _options(pairs: tuple[tuple[str, str], ...]) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', pairs)
