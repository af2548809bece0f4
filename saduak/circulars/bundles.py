"""From what an officer pastes or uploads to the document that is read: text, Word, PDF and scans, each with its pages.

What a file may be and how large stands in `saduak.saraban.sources`; here its refusals get the language of the reader.
"""

from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.kernel.refusals import NotComplete
from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources import LIMITS, Document, open_source


class _Said:
    """A refusal in the language of whoever reads it."""

    def __init__(self, refusal: Unreadable) -> None:
        self.refusal = refusal

    def __str__(self) -> str:
        return self.refusal.english if get_language() == "en" else self.refusal.thai


ACCEPT = ".txt,.docx,.pdf,.png,.jpg,.jpeg,.tif,.tiff"
"""For the `accept` attribute of file inputs."""
LARGEST_BYTES = LIMITS.file_bytes
LARGEST_TEXT = LIMITS.text_characters


def document_of_upload(upload: Any) -> Document:
    """The document in an uploaded file. Raises NotComplete with the reason, naming the field `file`."""
    content = upload.read(LARGEST_BYTES + 1)
    try:
        return open_source(content)
    except Unreadable as refusal:
        raise NotComplete(lazystr(_Said(refusal)), field="file") from refusal


def text_of_upload(upload: Any) -> str:
    """The text of an uploaded file. Raises NotComplete with the reason, naming the field `file`."""
    return document_of_upload(upload).text


def checked(text: str, *, field: str) -> str:
    """The text with line ends made alike. Raises NotComplete for nothing, for too much and for what is no text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise NotComplete(_("There is no text in it. Paste the text of the letters."), field=field)
    if len(text) > LARGEST_TEXT:
        raise NotComplete(_("The text is too long: at most 2 million characters are read at once."), field=field)
    if "\x00" in text:
        raise NotComplete(_("This is no text. Paste the text of the letters, or give the file itself."), field=field)
    return text
