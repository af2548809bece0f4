"""What OCR was not sure of makes the fields unsure that were read from it."""

import re
from dataclasses import replace
from typing import TypeVar

from saduak.saraban.model import BodyDate, Citation, Field, Letter, Receipt, Signatory
from saduak.saraban.sources.document import Document

THAI_DIGITS = 0.6
"""What is left of the confidence of a field with Thai digits: Tesseract takes ๖ for ๐ and ๘ for ๕ and is sure of it (tried here)."""
_DIGIT = re.compile("[๐-๙]")
_Item = TypeVar("_Item", Field, Citation, BodyDate, Receipt)


def lower(letters: list[Letter], document: Document) -> None:
    """Lower the confidence of each field to that of its least sure word."""
    if not document.doubts:
        return

    def lowered(item: _Item) -> _Item:
        sure = item.confidence * document.confidence(*item.span)
        for name in ("number_span", "date_span", "office_span"):
            place = getattr(item, name, None)
            if place is not None:
                sure = min(sure, document.confidence(*place))
        if document.way_at(item.span.start) == "ocr" and _DIGIT.search(document.text, *item.span):
            sure *= THAI_DIGITS
        return replace(item, confidence=round(sure, 3))

    for letter in letters:
        for name in ("urgency", "number", "agency", "address", "date", "subject", "contact_person", "closing"):
            field = getattr(letter, name)
            if field is not None:
                setattr(letter, name, lowered(field))
        for name in ("addressees", "enclosures", "urls", "phones", "faxes", "emails", "attached"):
            setattr(letter, name, [lowered(item) for item in getattr(letter, name)])
        letter.references = [lowered(item) for item in letter.references]
        letter.cited_documents = [lowered(item) for item in letter.cited_documents]
        letter.dates_in_body = [lowered(item) for item in letter.dates_in_body]
        letter.receipts = [lowered(item) for item in letter.receipts]
        signatory = letter.signatory
        if signatory is not None:
            letter.signatory = Signatory(
                lowered(signatory.name),
                lowered(signatory.position) if signatory.position else None,
                lowered(signatory.acting_for) if signatory.acting_for else None,
                signatory.acting_type,
            )
