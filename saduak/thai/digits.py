"""Thai digits (๐-๙) and Arabic digits (0-9), to and fro; everything else stays as it is."""

ARABIC = "0123456789"
THAI = "๐๑๒๓๔๕๖๗๘๙"

_TO_THAI = str.maketrans(ARABIC, THAI)
_TO_ARABIC = str.maketrans(THAI, ARABIC)


def to_thai(text: str) -> str:
    """`text` with every Arabic digit as a Thai one; the length does not change."""
    return text.translate(_TO_THAI)


def to_arabic(text: str) -> str:
    """`text` with every Thai digit as an Arabic one; the length does not change."""
    return text.translate(_TO_ARABIC)
