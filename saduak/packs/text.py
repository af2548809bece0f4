"""A text in Thai and English, as packs carry it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """The same text in both languages."""

    th: str
    en: str

    def say(self, language: str | None) -> str:
        """The text in ``language`` (``th``, ``en``, or a variant such as ``en-gb``); Thai for any other."""
        return self.en if (language or "").lower().startswith("en") else self.th

    def __str__(self) -> str:
        return self.th

    def to_json(self) -> dict[str, str]:
        return {"th": self.th, "en": self.en}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Text:
        """Read ``{"th": …, "en": …}``. Raises KeyError when a language is missing."""
        return cls(str(value["th"]), str(value["en"]))
