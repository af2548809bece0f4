"""From what an officer pastes or uploads to the text that is read: plain text, or a PDF that carries its text."""

import io
from typing import Any

from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from saduak.kernel.refusals import NotComplete
from saduak.saraban import read_letters

LARGEST_BYTES = 10 * 1024 * 1024
LARGEST_TEXT = 2_000_000  # characters; a bundle of a hundred letters has 300,000
MOST_PAGES = 200


def text_of_upload(upload: Any) -> str:
    """The text of an uploaded file. Raises NotComplete with the reason, naming the field `file`."""
    if upload.size > LARGEST_BYTES:
        raise NotComplete(_("The file is larger than 10 MB. Paste the text, or split the file."), field="file")
    content = upload.read()
    text = _text_of_pdf(content) if content.startswith(b"%PDF-") else decode(content)
    return checked(text, field="file")


def checked(text: str, *, field: str) -> str:
    """The text with line ends made alike. Raises NotComplete for nothing, for too much and for what is no text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise NotComplete(_("There is no text in it. Paste the text of the letters."), field=field)
    if len(text) > LARGEST_TEXT:
        raise NotComplete(_("The text is too long: at most 2 million characters are read at once."), field=field)
    if "\x00" in text:
        raise NotComplete(_("This is no text. Give a .txt file or a PDF that carries its text."), field=field)
    return text


def decode(content: bytes) -> str:
    """Text in UTF-8, with or without a byte order mark, or in the Thai code page 874. Raises NotComplete."""
    try:
        return read_letters.decode(content)
    except read_letters.UnreadableFile as error:
        raise NotComplete(
            _("This is no text. Give a .txt file or a PDF that carries its text."), field="file"
        ) from error


def _text_of_pdf(content: bytes) -> str:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise NotComplete(_("The PDF is locked with a password. Give one without."), field="file")
        if len(reader.pages) > MOST_PAGES:
            raise NotComplete(_("The PDF has more than 200 pages. Split it."), field="file")
        text = "\n\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotComplete(_("The PDF cannot be read: it is damaged."), field="file") from error
    if not text.strip():
        raise NotComplete(
            _("The PDF holds pictures of pages only, no text. Paste the text of the letters instead."), field="file"
        )
    return text
