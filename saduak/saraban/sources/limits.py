"""How much is taken in at once. The one place for these numbers, for the command, the web and the tests."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file."""

    file_bytes: int = 20 * 1024 * 1024
    text_characters: int = 2_000_000
    """A bundle of a hundred letters has 300,000."""
    pages: int = 200
    scanned_pages: int = 40
    """Pages that are pictures; reading one takes 3 to 8 seconds."""
    pixels: int = 60_000_000
    """Of one picture: A3 at 400 dots an inch has 31 million."""
    unpacked_bytes: int = 120 * 1024 * 1024
    """Of all parts of a .docx."""
    seconds: float = 240.0
    """For the whole file, by the clock."""
    memory_bytes: int = 2 * 1024 * 1024 * 1024
    """Of the process that opens it."""


LIMITS = Limits()

IN_BACKGROUND = Limits(scanned_pages=150, seconds=90.0)
"""Where nobody waits in front of a page: more scans, and the time is that until the work is taken up again, page by page."""
