"""Names of files: kept for people to recognise, never used as a path."""

import re
import unicodedata

LONGEST = 150


def clean_name(name: str) -> str:
    """The name as it may be shown and offered for download: no path, no invisible or direction-turning characters, at
    most 150 characters, the ending kept.

    >>> clean_name("..\\\\..\\\\แผน  ปี 2565.PDF")
    'แผน ปี 2565.pdf'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(
        " " if unicodedata.category(one) in ("Zs", "Zl", "Zp") else one
        for one in last
        if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn") or one in "\t\n"
    )
    tidy = re.sub(r'[<>:"|?*\s]+', " ", visible).rstrip(" .").lstrip()
    stem, dot, tail = tidy.rpartition(".")
    if not dot:
        stem, tail = tidy, ""
    tail = tail.strip().lower()[:10]
    stem = stem.strip(" .")[: LONGEST - len(tail) - 1].rstrip(" .") or "file"
    return f"{stem}.{tail}" if tail else stem


def ending(name: str) -> str:
    """The ending of a cleaned name, without the dot."""
    return name.rpartition(".")[2] if "." in name else ""
