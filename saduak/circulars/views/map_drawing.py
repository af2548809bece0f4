"""The map of a cascade as SVG. A stand has a pattern of its own beside its colour, and words beside both."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from saduak.certificates.outlines import outlines
from saduak.circulars.queries.ledger import Place, Stand

WORDS = {
    Stand.NEVER: _("cannot meet the date any more"),
    Stand.LATE: _("had it too late"),
    Stand.WITHOUT: _("does not have it"),
    Stand.RETURNED: _("sent back"),
    Stand.SENT: _("sent, but silent"),
    Stand.RECEIVED: _("received"),
    Stand.PASSED: _("passed on"),
    Stand.DONE: _("acknowledged and passed on"),
}
AREA_WORDS = WORDS | {Stand.LATE: _("too late for some of its offices")}

# What is drawn over the ground of each: lines of a square of 10, told apart in grey and by those who see no colours.
MARKS = {
    Stand.NEVER: '<path class="m" d="M1 1 L9 9 M9 1 L1 9" />',
    Stand.LATE: '<path class="m" d="M0 10 L10 0 M-2 2 L2 -2 M8 12 L12 8" />',
    Stand.WITHOUT: '<path class="m" d="M0 0 L10 10 M-2 8 L2 12 M8 -2 L12 2" />',
    Stand.RETURNED: '<path class="m" d="M2 5 L8 5 M5 2 L2 5 L5 8" />',
    Stand.SENT: '<circle class="m-dot" cx="5" cy="5" r="1.8" />',
    Stand.RECEIVED: '<path class="m" d="M0 5 L10 5" />',
    Stand.PASSED: '<path class="m" d="M5 0 L5 10" />',
    Stand.DONE: "",
}


def patterns() -> SafeString:
    """The grounds and patterns that all drawings of a page refer to; once a page."""
    drawn = "".join(
        f'<pattern id="map-{stand}" class="map-{stand}" width="10" height="10" patternUnits="userSpaceOnUse">'
        f'<rect class="m-ground" width="10" height="10" />{mark}</pattern>'
        for stand, mark in MARKS.items()
    )
    return mark_safe(  # noqa: S308  nothing but what stands above
        f'<svg class="map-patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>{drawn}</defs></svg>'
    )


@lru_cache(maxsize=16)
def key(stand: str) -> SafeString:
    """A small square in the pattern of a stand."""
    return mark_safe(  # noqa: S308  a word of ours
        '<svg class="map-key" viewBox="0 0 20 20" aria-hidden="true" focusable="false">'
        f'<rect x="0.5" y="0.5" width="19" height="19" rx="3" fill="url(#map-{stand})" class="map-edge" /></svg>'
    )


def legend(places: Iterable[Place], *, area: bool) -> list[tuple[SafeString, str, int]]:
    """(picture, words, how many) of every stand there is, the worst first."""
    counted, words = Counter(one.stand for one in places), AREA_WORDS if area else WORDS
    return [(key(stand), str(words[stand]), counted[stand]) for stand in Stand if counted[stand]]


def thailand(places: Iterable[Place], *, link: str, title: str, text: str) -> SafeString:
    """The country, each province a link to `link` + its code, in the pattern of its stand. title and text: what the
    picture is and what it shows, for those who do not see it."""
    box, drawings = outlines(settings.NODE_MODULES)
    shown = {one.key: one for one in places}
    blank = "".join(f'<path class="map-blank" d="{line}" />' for code, line in drawings.items() if code not in shown)
    shapes = "".join(
        f'<a href="{escape(link + code)}" aria-label="{escape(one.label)}: {escape(str(AREA_WORDS[one.stand]))}">'
        f'<path class="map-edge" fill="url(#map-{one.stand})" d="{drawings[code]}">'
        f"<title>{escape(one.label)}: {escape(str(AREA_WORDS[one.stand]))}</title></path></a>"
        for code, one in shown.items()
        if code in drawings
    )
    return mark_safe(  # noqa: S308  escaped above
        f'<svg class="cascade-map" viewBox="{box}" role="group" aria-labelledby="map-title map-text">'
        f'<title id="map-title">{escape(title)}</title><desc id="map-text">{escape(text)}</desc>{blank}{shapes}</svg>'
    )


def tiles(places: Iterable[Place], hop_link: str) -> SafeString:
    """One small square for each office, a link to its hop where it has one; wraps as the page is wide."""
    items = []
    for one in places:
        name = f"{escape(one.label)}: {escape(str(WORDS[one.stand]))}"
        inner = f'{key(one.stand)}<span class="visually-hidden">{name}</span>'
        whole = f'<a href="{escape(hop_link + one.key)}" title="{name}">{inner}</a>' if one.key else inner
        items.append(f"<li>{whole}</li>" if one.key else f'<li title="{name}">{inner}</li>')
    return mark_safe(f'<ul class="map-tiles plain-list">{"".join(items)}</ul>')  # noqa: S308  escaped above
