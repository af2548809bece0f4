"""Text that people type, as it may be kept; and the refusal of what cannot be."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 4000
LONGEST_LINE = 300


class BadValue(ValueError):
    """What was given cannot be kept. `sentence` tells the person what to write instead."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def clean_text(raw: Any, longest: int) -> str:
    """Text as it may be kept: line breaks unified, no control characters. Raises BadValue when too long."""
    text = str(raw).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    if len(text) > longest:
        raise BadValue(
            _("Too long: %(length)s characters, at most %(longest)s.") % {"length": len(text), "longest": longest}
        )
    return text
