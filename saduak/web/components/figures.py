"""Figures: one number, progress, bars with their table, QR codes, a text with places marked in it."""

import itertools
from decimal import Decimal
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from saduak.web.components import dates
from saduak.web.components.marks import value


def progress(done: Any, maximum: Any, label: Any = "", show_label: bool = True) -> SafeString:
    """How much is done, as a bar and in words."""
    part, whole = Decimal(str(done or 0)), Decimal(str(maximum or 0))
    words = gettext("%(done)s of %(whole)s") % {"done": dates.number(part), "whole": dates.number(whole)}
    css = "" if show_label else "visually-hidden"
    title = label or gettext("Progress")
    return format_html(
        '<span class="gauge"><span class="gauge-words {}"><span>{}</span> <span class="gauge-figures">{}</span></span>'
        '<progress class="gauge-bar{}" value="{}" max="{}" aria-label="{}: {}"></progress></span>',
        css,
        label,
        words,
        " gauge-full" if whole and part >= whole else "",
        part,
        whole or 1,
        title,
        words,
    )


def bars(rows: list[Any], label: Any, unit: Any = "", maximum: Any = None) -> dict[str, Any]:
    """Bars drawn as SVG with their figures, and the same as a table."""
    values = [Decimal(str(value(row, "value") or 0)) for row in rows]
    top = Decimal(str(maximum)) if maximum else max(values, default=Decimal(0))
    drawn = [
        {
            "label": value(row, "label"),
            "value": dates.number(number),
            "width": f"{min(Decimal(100), number * 100 / top):.2f}" if top > 0 and number > 0 else "0",
            "url": value(row, "url"),
            "note": value(row, "note"),
        }
        for row, number in zip(rows, values, strict=True)
    ]
    return {"rows": drawn, "label": label, "unit": unit, "notes": any(row["note"] for row in drawn)}


def qr(svg: Any, label: Any = "", url: str = "") -> dict[str, Any]:
    """A QR code from `documents.qr.qr_svg` (our own text, no user's markup) with its address in print."""
    drawing = str(svg)
    start = drawing.find("<svg")
    if start < 0:
        raise ValueError("a QR code must be an SVG made by documents.qr.qr_svg")
    return {"svg": mark_safe(drawing[start:]), "label": label or gettext("QR code"), "url": url}  # noqa: S308


def marked_text(text: str, spans: list[Any]) -> SafeString:
    """`text` with <mark id> at each (start, end, id, label), offsets counted in the text as it is.

    Places may nest or overlap: the text is cut at every edge and each piece carries the places that cover it.
    """
    places = [(int(one[0]), int(one[1]), str(one[2]), str(one[3]) if len(one) > 3 else "") for one in spans]
    places = [place for place in places if 0 <= place[0] < place[1] <= len(text)]
    edges = sorted({0, len(text), *(edge for place in places for edge in place[:2])})
    seen: set[str] = set()
    pieces = [
        _piece(text[start:end], [one for one in places if one[0] <= start and end <= one[1]], seen)
        for start, end in itertools.pairwise(edges)
    ]
    return format_html(
        '<div class="source" tabindex="0" role="region" aria-label="{}">{}</div>',
        gettext("Source text"),
        format_html_join("", "{}", ((piece,) for piece in pieces)),
    )


def _piece(text: str, places: list[tuple[int, int, str, str]], seen: set[str]) -> SafeString:
    if not places:
        return conditional_escape(text)
    names = " ".join(place[2] for place in places)
    label = ", ".join(place[3] for place in places if place[3])
    first = next((place[2] for place in places if place[2] not in seen), "")
    seen.update(place[2] for place in places)
    return format_html(
        '<mark{} data-span="{}"{}>{}</mark>',
        format_html(' id="{}"', first) if first else "",
        names,
        format_html(' title="{}"', label) if label else "",
        text,
    )
