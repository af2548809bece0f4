"""Links that are meant to be one and are spelt in two ways."""

import re
from collections.abc import Iterator

from saduak.saraban.checker.chain import Bundle
from saduak.saraban.model import Field, Finding

_LOOKS_LIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "2": "z"})


def check(bundle: Bundle) -> Iterator[Finding]:
    """One finding for each pair of spellings that differ only in capitals, or in characters that look alike."""
    groups: dict[str, dict[str, tuple[int, Field]]] = {}
    for index, letter in enumerate(bundle.letters):
        for field in letter.urls:
            same = _same(field.value)
            groups.setdefault(same.lower().translate(_LOOKS_LIKE), {}).setdefault(same, (index, field))
    for spellings in groups.values():
        (first, one), *others = spellings.values()
        for second, other in others:
            capitals = _same(one.value).lower() == _same(other.value).lower()
            yield Finding(
                "link-spelling",
                "error",
                f"ลิงก์พิมพ์ไม่ตรงกัน: “{one.value}” กับ “{other.value}” "
                + ("ต่างกันที่ตัวพิมพ์เล็กใหญ่ ซึ่งลิงก์ย่อถือเป็นคนละลิงก์" if capitals else "ต่างกันที่อักขระที่มองคล้ายกัน"),
                f"A link is spelt in two ways: “{one.value}” and “{other.value}”; "
                + (
                    "they differ in capital letters, which matter in a link."
                    if capitals
                    else "they differ in characters that look alike."
                ),
                tuple(dict.fromkeys((first + 1, second + 1))),
                (bundle.quote(first, one.span), bundle.quote(second, other.span)),
            )


def _same(url: str) -> str:
    """The link without what makes no difference: scheme, www, capitals in the host, a slash at the end."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", url, flags=re.IGNORECASE)
    host, slash, path = bare.partition("/")
    return host.lower() + slash * bool(path) + path.rstrip("/")
