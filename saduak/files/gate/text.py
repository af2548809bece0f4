"""Plain text and CSV: read through once, in pieces."""

import codecs

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from saduak.files.gate.refuse import refuse

UNREADABLE = _("“%(name)s” is not plain text that can be read. Please save it as UTF-8 text.")
CHUNK = 256 * 1024


def check(upload: File, name: str) -> None:
    """Raises NotComplete unless the file is text in UTF-8, UTF-16 with a byte order mark, or the Thai encoding of older
    programs (TIS-620, Windows-874)."""
    head = upload.read(2)
    encodings = ("utf-16",) if head in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "cp874")
    if not any(_reads_as(upload, encoding) for encoding in encodings):
        refuse(UNREADABLE, name=name)


def _reads_as(upload: File, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    upload.seek(0)
    try:
        while chunk := upload.read(CHUNK):
            if any(ord(one) < 32 and one not in "\t\n\r\f\x1b" for one in set(decoder.decode(chunk))):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
