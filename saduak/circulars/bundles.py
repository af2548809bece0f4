"""What an officer may paste or upload to be read; the files themselves are looked at by the gate of saduak.files and by saduak.saraban."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.refusals import NotComplete
from saduak.saraban.sources import LIMITS

ACCEPT = ".txt,.docx,.pdf,.png,.jpg,.jpeg,.tif,.tiff"
"""For the `accept` attribute of file inputs."""
LARGEST_TEXT = LIMITS.text_characters
LONG_TEXT = 60_000
"""Characters of a pasted text that is read while the person waits: about a second."""


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
