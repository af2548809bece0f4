"""Two people, one answer: what is kept when both wrote. Pure; works on the attributes of an Answer.

What the first one saved stays. What the second wrote, who had not seen it, is kept beside it as a rival until somebody
chooses. Whoever has a rival goes on writing in that rival, never over the other's words.
"""

from typing import Any, Protocol

PARTS = ("value", "justification")


class Slot(Protocol):
    """What an Answer has."""

    value: Any
    justification: str
    version: int
    value_version: int
    justification_version: int
    rivals: list[dict[str, Any]]
    updated_by_name: str


def merge(slot: Slot, part: str, content: Any, *, seen: int | None, editor: str, who: dict[str, str]) -> str:
    """Put `content` into a part of the slot; returns "kept", "same" or "rival".

    seen: the version the writer's page shows, None to write without looking (a person's only page, an import);
    editor: the page that writes; who: {by, ref, at}; a rival also remembers `beside`, whose words stand. The caller raises `slot.version` once per save, before merging.
    """
    rival = next((one for one in slot.rivals if one["part"] == part and one["editor"] == editor), None)
    if rival is not None:
        if rival["content"] == content:
            return "same"
        rival.update(content=content, **who)
        return "rival"
    if getattr(slot, part) == content:
        return "same"
    changed_since = seen is not None and seen < getattr(slot, f"{part}_version")
    if changed_since:
        slot.rivals.append({"part": part, "content": content, "editor": editor, "beside": slot.updated_by_name, **who})
        return "rival"
    setattr(slot, part, content)
    setattr(slot, f"{part}_version", slot.version)
    return "kept"


def settle(slot: Slot, part: str, chosen: int | None) -> list[Any]:
    """Choose the rival at place `chosen` among those of the part (None: what stands); returns what is given up.

    Raises IndexError for a rival that is not there. The caller raises `slot.version` before.
    """
    rivals = [one for one in slot.rivals if one["part"] == part]
    given_up = [one["content"] for place, one in enumerate(rivals) if place != chosen]
    if chosen is not None:
        given_up.append(getattr(slot, part))
        setattr(slot, part, rivals[chosen]["content"])
    setattr(slot, f"{part}_version", slot.version)
    slot.rivals = [one for one in slot.rivals if one["part"] != part]
    return given_up
