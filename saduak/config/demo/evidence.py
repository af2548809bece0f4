"""Evidence of the demonstration: small pictures and documents that say what they stand for."""

import io
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

SIZE = (960, 640)
GROUNDS = ["#dfe7e4", "#e9e2d6", "#dbe2ec", "#ece0e0", "#e2e8d8"]


def _font(size: int) -> ImageFont.FreeTypeFont:
    fonts = sorted(Path(settings.NODE_MODULES, "@expo-google-fonts/sarabun").rglob("Sarabun_500Medium.ttf"))
    return ImageFont.truetype(str(fonts[0]), size)


@lru_cache(maxsize=64)
def _picture(title: str, ground: int) -> Image.Image:
    """A plain drawing of a counter under a sign, with the words of what a photo would show."""
    image = Image.new("RGB", SIZE, GROUNDS[ground % len(GROUNDS)])
    pen = ImageDraw.Draw(image)
    pen.rectangle((80, 380, 880, 560), fill="#8a9a94")
    pen.rectangle((80, 360, 880, 384), fill="#5d6f69")
    for left in (180, 420, 660):
        pen.rectangle((left, 210, left + 140, 340), fill="#f7f5f0", outline="#5d6f69", width=4)
    pen.text((SIZE[0] / 2, 110), title, font=_font(44), fill="#24332e", anchor="mm")
    pen.text((SIZE[0] / 2, 600), "ภาพตัวอย่างเพื่อการสาธิต", font=_font(26), fill="#24332e", anchor="mm")
    return image


def photo(title: str, ground: int = 0) -> SimpleUploadedFile:
    """A JPEG that says what it stands for."""
    out = io.BytesIO()
    _picture(title, ground).save(out, format="JPEG", quality=80)
    return SimpleUploadedFile(f"{title}.jpg", out.getvalue(), content_type="image/jpeg")


def document(title: str, ground: int = 0) -> SimpleUploadedFile:
    """A PDF of one page that says what it stands for."""
    out = io.BytesIO()
    _picture(title, ground).save(out, format="PDF", resolution=100)
    return SimpleUploadedFile(f"{title}.pdf", out.getvalue(), content_type="application/pdf")
