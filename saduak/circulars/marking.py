"""The text of a letter as HTML, page by page: each place that a field or a finding speaks of is marked and leads there."""

import itertools
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Place:
    """A stretch of the whole text. mark: its id; target: the id of what it belongs to; label: in words."""

    start: int
    end: int
    mark: str
    target: str
    label: str


def marked(text: str, places: list[Place], *, start: int, end: int, seen: set[str]) -> SafeString:
    """text[start:end] with a mark at each place, a link to what it belongs to.

    Places may nest and overlap: the text is cut at every edge. seen: ids given on earlier pages of the same letter.
    """
    here = [one for one in places if one.start < end and one.end > start and one.start < one.end]
    edges = sorted({start, end, *(min(max(edge, start), end) for one in here for edge in (one.start, one.end))})
    pieces = (
        _piece(text[left:right], [one for one in here if one.start <= left and right <= one.end], seen)
        for left, right in itertools.pairwise(edges)
    )
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _piece(text: str, covering: list[Place], seen: set[str]) -> SafeString:
    if not covering:
        return conditional_escape(text)
    first = next((one.mark for one in covering if one.mark not in seen), "")
    seen.update(one.mark for one in covering)
    # The narrowest place is what a person means who points at it.
    target = min(covering, key=lambda one: one.end - one.start)
    return format_html(
        '<mark{} data-span="{}" title="{}"><a href="#{}">{}</a></mark>',
        format_html(' id="{}"', first) if first else "",
        " ".join(one.mark for one in covering),
        ", ".join(dict.fromkeys(one.label for one in covering)),
        target.target,
        text,
    )
