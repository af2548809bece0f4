"""Rules that every template of the house keeps, whoever wrote it."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from saduak.web.components.marks import icon

HOUSE = Path(settings.ROOT) / "saduak"
TEMPLATES = sorted(HOUSE.glob("*/templates/**/*.html"))
FORBIDDEN = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "an inline event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a handler of HTMX that needs eval": re.compile(r"\shx-on|\shx-vals\s*=\s*[\"']js:|hx-vars", re.IGNORECASE),
    "an address that runs a script": re.compile(r"(href|src|action)\s*=\s*[\"']\s*javascript:", re.IGNORECASE),
    "a file from another host": re.compile(r"<(script|link|img|iframe)[^>]*(src|href)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
}  # fmt: skip
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
ICON = re.compile(r"""\{%\s*icon\s+"([^"]+)"|\bicon="([^"{]+)"[^%]*%\}""")


def _name(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_nothing_inline_that_the_content_security_policy_forbids(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for what, pattern in FORBIDDEN.items():
        found = pattern.search(text)
        assert not found, f"{_name(path)} has {what}: {found.group(0)[:80] if found else ''}"
    for attributes, body in SCRIPT.findall(text):
        data = 'type="application/json"' in attributes
        assert data or ("src=" in attributes and not body.strip()), f"{_name(path)} has an inline script"


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_every_icon_exists(path: Path) -> None:
    for names in ICON.findall(path.read_text(encoding="utf-8")):
        assert "<svg" in icon(names[0] or names[1])


def test_the_thai_texts_of_what_every_page_shares_are_complete() -> None:
    path = HOUSE / "web" / "locale" / "th" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="th")
    for message in catalogue:
        if message.id:
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(texts), f"no Thai for {message.id!r}"
            assert not message.fuzzy, f"guessed Thai for {message.id!r}"
