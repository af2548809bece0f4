"""A map of the provinces, shaded by a count."""

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from saduak.certificates.outlines import outlines

SHADES = 5


def shade(count: int, most: int) -> int:
    """0 for none, 1 to 5 for the fifths of the largest count."""
    return 0 if count == 0 or most == 0 else 1 + min(SHADES - 1, (count - 1) * SHADES // most)


def draw(counts: list[tuple[str, str, int]], *, label: str, link: str) -> SafeString:
    """An SVG in which each province is a link to `link` + its code; counts: (code, name, count)."""
    box, drawings = outlines(settings.NODE_MODULES)
    most = max((count for _code, _name, count in counts), default=0)
    shapes = format_html_join(
        "",
        '<a href="{}{}"><path class="shade-{}" d="{}"><title>{}: {}</title></path></a>',
        (
            (link, code, shade(count, most), drawings[code], name, count)
            for code, name, count in counts
            if code in drawings
        ),
    )
    return format_html('<svg class="map" viewBox="{}" role="group" aria-label="{}">{}</svg>', box, label, shapes)
