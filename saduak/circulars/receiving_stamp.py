"""A letter with the office's receiving stamp on its first page, made on demand; what was received stays untouched."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from saduak.circulars import printing
from saduak.circulars.models import Delivery, RegisterEntry
from saduak.documents.stamping import NotStampable, TooComplex, of_picture, stamped
from saduak.files import serving
from saduak.files.models import StoredFile
from saduak.kernel.clock import BANGKOK
from saduak.kernel.refusals import NotPossible
from saduak.thai.dates import format_date
from saduak.thai.digits import to_thai

TOO_COMPLEX = _("This PDF is too complex to be stamped here. Please print it to PDF, or scan it, and keep that one.")
UNSTAMPABLE = _("No stamp can be put on this scan. Please keep it as a PDF or a picture.")


def of_hop(delivery: Delivery) -> bytes:
    """This office's copy of the letter, with its stamp. Raises NotPossible where it has not been received."""
    if delivery.received_number is None or delivery.received_at is None:
        raise NotPossible(_("The letter has to be received first."))
    stamp = _stamp(delivery.organisation.name_th, delivery.received_number, delivery.received_at)
    return _put(printing.letter(delivery.circular, delivery.organisation), stamp)


def of_line(entry: RegisterEntry) -> bytes:
    """The letter of a line of a register of incoming letters, from its scan or as Saduak sets it, with its stamp.

    Raises NotPossible for a letter of which only the paper exists, and for a scan on which no stamp can be put.
    """
    stamp = _stamp(entry.organisation.name_th, entry.number, entry.at)
    if entry.division is not None:
        stamp["division"] = entry.division.name_th
    if entry.delivery is not None:
        return _put(printing.letter(entry.delivery.circular, entry.organisation), stamp)
    kept = scan_of(entry)
    if kept is None:
        raise NotPossible(_("This letter is only on paper: no scan is kept here that could be stamped."))
    return _put(_pdf(kept), stamp)


def scan_of(entry: RegisterEntry) -> StoredFile | None:
    """The scan of the letter: of the line itself, or of the office's line from which a division has it."""
    return entry.scan or (entry.parent.scan if entry.parent else None)


def can_be_stamped(entry: RegisterEntry) -> bool:
    """Is there something to put the stamp on?"""
    kept = scan_of(entry)
    return entry.direction == "IN" and (
        entry.delivery_id is not None or (kept is not None and kept.kind in ("PDF", "IMAGE"))
    )


def _pdf(kept: StoredFile) -> bytes:
    if kept.kind == "IMAGE":
        return of_picture(b"".join(serving.page(kept, 1).streaming_content))  # drawn by us, in a process of its own
    if kept.kind != "PDF":
        raise NotPossible(UNSTAMPABLE)
    return serving.content(kept)


def _put(pdf: bytes, stamp: dict[str, str]) -> bytes:
    try:
        return stamped(pdf, stamp)
    except TooComplex:
        raise NotPossible(TOO_COMPLEX) from None
    except NotStampable:  # a scan, or what came from another system
        raise NotPossible(UNSTAMPABLE) from None


def _stamp(office: str, number: int, at: datetime) -> dict[str, str]:
    local = at.astimezone(BANGKOK)
    return {
        "office": office,
        "number": to_thai(str(number)),
        "day": to_thai(format_date(local.date(), "short")),
        "time": to_thai(f"{local:%H.%M} น."),
    }
