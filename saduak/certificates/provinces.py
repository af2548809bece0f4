"""The names of the provinces, by the two digits of their code (geothai, offline)."""

from functools import lru_cache

import geothai


@lru_cache(maxsize=1)
def names() -> dict[str, dict[str, str]]:
    """code → {th, en}, in Thai alphabetical order as geothai gives names; 77 with Bangkok."""
    return {one.code: {"th": one.name_th, "en": one.name_en} for one in geothai.provinces()}


def name(code: str, language: str) -> str:
    """The province's name, or nothing for a place without one."""
    return names().get(code, {}).get(language, "")
