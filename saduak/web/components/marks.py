"""Small marks inside a line: icons, tags, people."""

import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from saduak.web.refusals import filled

# Each tone has a shape of its own: tags are understood in grey, too.
TONE_ICONS = {
    "neutral": "circle-dashed",
    "active": "player-play",
    "waiting": "hourglass",
    "good": "check",
    "bad": "alert-triangle",
}
_NAME = re.compile(r"[a-z0-9-]{1,60}")
_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_FRAME = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')


def icon(name: str, label: Any = "", size: str = "") -> SafeString:
    """A Tabler outline icon as inline SVG. Raises LookupError for a name Tabler does not have."""
    css = f"icon-{size}" if size in {"s", "l", "xl"} else ""
    if not label:
        return _plain_icon(name, css)
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', css, label, _drawing(name)
    )


@lru_cache(maxsize=512)
def _plain_icon(name: str, css: str) -> SafeString:
    svg = '<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>'
    return format_html(svg, css, _drawing(name))


@lru_cache(maxsize=512)
def _drawing(name: str) -> SafeString:
    path = settings.NODE_MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise LookupError(f"Tabler has no outline icon {name!r}: see node_modules/@tabler/icons/icons/outline.")
    inside = _INSIDE.search(path.read_text(encoding="utf-8"))
    drawing = _FRAME.sub("", inside.group(1)) if inside else ""
    return mark_safe(" ".join(drawing.split()))  # noqa: S308  a file of a package locked by hash


def tag(label: Any, tone: str = "neutral", icon_name: str = "", note: Any = "") -> SafeString:
    """A tag: shape, words, and a tint."""
    tone = tone if tone in TONE_ICONS else "neutral"
    mark = icon(icon_name or TONE_ICONS[tone])
    if note:
        return format_html(
            '<span class="mark mark-{}">{}<span>{}</span></span> <span class="mark-note">{}</span>',
            tone,
            mark,
            label,
            note,
        )
    return format_html('<span class="mark mark-{}">{}<span>{}</span></span>', tone, mark, label)


def status(state: Any, note: Any = "") -> SafeString | str:
    """The tag of a workflow's State, or of anything with a label and a tone. Empty for none."""
    if not state:
        return ""
    label = value(state, "label") or value(state, "code") or state
    return tag(filled(label, {}), str(value(state, "tone") or "neutral"), str(value(state, "icon") or ""), note)


def person(someone: Any) -> SafeString:
    """Name, role and organisation; for nobody, the system itself."""
    name = value(someone, "name") if someone else ""
    if not name:
        return format_html('<span class="person">{} <span>{}</span></span>', icon("settings"), gettext("the system"))
    about = " · ".join(
        str(part) for part in (value(someone, "role_label"), value(someone, "organisation_name")) if part
    )
    return format_html(
        '<span class="person">{} <span class="person-name">{}</span>{}</span>',
        icon("user"),
        name,
        format_html(' <span class="person-about">{}</span>', about) if about else "",
    )


def value(thing: Any, name: str, default: Any = "") -> Any:
    """thing[name] or thing.name; `default` where there is neither."""
    return thing.get(name, default) if isinstance(thing, dict) else getattr(thing, name, default)
