"""A template rendered once and filled many times: for parts of a page that repeat fifty times and differ in a few words."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

SLOT = "\x1f"  # stands in the template as {{ slot }}; no text of a standard or a page holds it


def frame(template: str, context: Mapping[str, Any]) -> tuple[SafeString, ...]:
    """The rendered template, cut at its slots."""
    text = render_to_string(template, {**context, "slot": SLOT}).strip()
    return tuple(mark_safe(one) for one in text.split(SLOT))  # noqa: S308 - our own templates, escaped as usual


def filled(pieces: tuple[SafeString, ...], *slots: str) -> SafeString:
    """The frame with its slots filled. The caller has escaped what goes in. Raises ValueError for a wrong number."""
    woven = [pieces[0]]
    for text, after in zip(slots, pieces[1:], strict=True):
        woven += [text, after]
    return mark_safe("".join(woven))  # noqa: S308 - see above
