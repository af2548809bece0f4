"""PDFs: every object is looked at once; content streams are not decoded."""

import logging
import time
import warnings
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader, apply_configuration
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from saduak.files.gate.refuse import refuse
from saduak.kernel.confined import PDF_UNPACKED

ENCRYPTED = _("“%(name)s” has a password or restrictions. Please save it without, for example by printing it to PDF.")
ACTIVE = _("“%(name)s” contains scripts, or starts programs when opened. Please print it to PDF and upload that.")
ATTACHED = _("“%(name)s” has other files attached inside. Please upload them one by one, and the PDF without them.")
DAMAGED = _("“%(name)s” is damaged and cannot be read. Please save or scan it again.")
TOO_COMPLEX = _("“%(name)s” is too complex to be checked. Please print it to PDF and upload that.")
TOO_MANY = _("“%(name)s” has more than %(most)s pages. Please upload only the pages that show something, or split it.")

# Actions that run something or send something away (ISO 32000-2, table 201).
HARMFUL_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/Rendition",
    "/GoToE",
    "/RichMediaExecute",
    "/GoTo3DView",
}
MOST_PAGES = 1_000
MOST_OBJECTS = 150_000
MOST_SECONDS = 15.0  # of processor time, so that a busy evening refuses nobody
DEEPEST = 60
FORGET_AFTER = 50


def check(upload: File, name: str) -> int:
    """How many pages it has. Raises NotComplete for a PDF that is encrypted, damaged, runs scripts or programs, or carries other files."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it comments on every oddity; we only need to know whether
    try:
        with warnings.catch_warnings(), apply_configuration(**PDF_UNPACKED):
            warnings.simplefilter("ignore")
            reader = PdfReader(upload, strict=False)
            if reader.is_encrypted:
                refuse(ENCRYPTED, name=name)
            pages = len(reader.pages)
            if pages == 0:
                refuse(DAMAGED, name=name)
            if pages > MOST_PAGES:
                refuse(TOO_MANY, name=name, most=MOST_PAGES)
            _walk(reader, name)
            return pages
    except (
        PyPdfError,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        AssertionError,
    ):
        refuse(DAMAGED, name=name)


def _walk(reader: PdfReader, name: str) -> None:
    ids = [(number, generation) for generation, entries in reader.xref.items() for number in entries]
    # Objects that lie packed in streams, stream by stream: each stream is unpacked once.
    ids += [(number, 0) for number, _place in sorted(reader.xref_objStm.items(), key=lambda entry: entry[1])]
    if len(ids) > MOST_OBJECTS:
        refuse(TOO_COMPLEX, name=name)
    end = time.thread_time() + MOST_SECONDS
    for count, (number, generation) in enumerate(ids):
        if time.thread_time() > end:
            refuse(TOO_COMPLEX, name=name)
        if count % FORGET_AFTER == 0:
            # The reader keeps what it has read; all together would be the file once more, in memory.
            reader.resolved_objects.clear()
        _look(reader.get_object(IndirectObject(number, generation, reader)), name, DEEPEST)


def _look(found: Any, name: str, deeper: int) -> None:
    if deeper == 0:
        refuse(TOO_COMPLEX, name=name)
    if isinstance(found, DictionaryObject):
        if "/S" in found and found["/S"] in HARMFUL_ACTIONS:
            refuse(ACTIVE, name=name)
        if "/JS" in found or "/JavaScript" in found or "/XFA" in found or "/RichMediaContent" in found:
            refuse(ACTIVE, name=name)
        if "/EmbeddedFiles" in found or "/EF" in found:
            refuse(ATTACHED, name=name)
        for value in found.values():
            if isinstance(value, (DictionaryObject, ArrayObject)):
                _look(value, name, deeper - 1)
    elif isinstance(found, ArrayObject):
        for value in list.__iter__(found):
            if isinstance(value, (DictionaryObject, ArrayObject)):
                _look(value, name, deeper - 1)
