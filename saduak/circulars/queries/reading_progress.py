"""How far the reading of files has come, file by file."""

from datetime import timedelta
from typing import Any

from saduak.circulars.models import Reading, ReadingFile
from saduak.kernel import clock

UNDER_WAY = ("WAITING", "BEING_READ")
PAUSES_AFTER = timedelta(seconds=60)


def under_way(reading: Reading) -> bool:
    """Is there more to be read?"""
    return reading.state in UNDER_WAY


def shown(reading: Reading) -> dict[str, Any]:
    """What the page says while files are read, and of those that could not be: files, done and all of the pages known so far."""
    files = list(reading.files.defer("parts").order_by("order"))
    pauses = reading.progressed_at is not None and clock.now() - reading.progressed_at > PAUSES_AFTER
    return {
        "reading": reading,
        "files": files,
        "under_way": under_way(reading),
        "pages_read": sum(one.pages_read for one in files),
        "pages": sum(one.pages for one in files),
        "current": next((one for one in files if one.state == "READING" and one.pages), None),
        "pauses": under_way(reading) and pauses,
    }


def refused(reading: Reading) -> list[ReadingFile]:
    """The files of a bundle that could not be read, each with its reason."""
    return list(reading.files.filter(state="REFUSED").defer("parts").order_by("order"))
