"""Cells that a spreadsheet shows as text, whatever somebody wrote into a name."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe(value: object) -> str:
    """The cell with an apostrophe before anything that a spreadsheet would compute (OWASP, CSV injection)."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
