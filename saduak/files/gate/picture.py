"""Pictures: looked at by their headers, before a single pixel is decoded."""

import warnings

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from saduak.files.gate.refuse import refuse

# The largest cameras of phones make 50 million pixels. JPEG can be decoded at an eighth of its size; PNG and WebP cannot,
# and take four bytes a pixel.
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 25_000_000, "WebP": 25_000_000, "TIFF": 60_000_000}


def check(upload: File, name: str, label: str) -> int:
    """How many pages it has: 1, but of TIFF. Raises NotComplete for a picture that cannot be read, or has more pixels than a page could ever show."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=(label.upper(),)) as picture:
                width, height = picture.size
                frames = int(getattr(picture, "n_frames", 1)) if label == "TIFF" else 1
                if width * height <= MOST_PIXELS[label]:
                    if label == "PNG":
                        picture.verify()  # checksums of all chunks, without decoding
                    return frames
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        width = height = 0
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        refuse(_("The picture “%(name)s” is damaged and cannot be read. Please take or save it again."), name=name)
    refuse(
        _("The picture “%(name)s” has too many pixels; at most %(most)s million are taken. Please save it smaller."),
        name=name,
        most=MOST_PIXELS[label] // 1_000_000,
    )
