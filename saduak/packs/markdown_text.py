"""Markdown of packs as HTML that cannot do anything.

HTML in the text stays text (the parser escapes it), and what the parser makes is cleaned once more to a short
list of tags. Texts of packs never change, so what was made is kept.
"""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "blockquote"}
_PARSER = MarkdownIt("commonmark", {"html": False, "breaks": False}).disable(
    ["image", "heading", "lheading", "hr", "code"]
)


@lru_cache(maxsize=4096)
def render(text: str) -> SafeString:
    """``text`` as safe HTML: paragraphs, lists, emphasis, code and links to https or http addresses."""
    html = nh3.clean(
        _PARSER.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return SafeString(html.strip())
