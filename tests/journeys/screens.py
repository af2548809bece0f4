"""The pictures that the docs show: which, what they show, and how they get there.

Made by the walks: `SADUAK_SCREENSHOTS=docs pytest -m journey tests/journeys/test_round.py`.
"""

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
MADE = ROOT / "build" / "screenshots"
KEPT = ROOT / "docs" / "screens"
MOST_BYTES = 250_000
WIDE, NARROW = 1440, 390
TALLEST = {WIDE: 1500, NARROW: 1000}  # pixels; what is longer is cut, a picture in a page is no scroll

# picture: what it shows, in the order of the walk
SCREENS: dict[str, str] = {
    "01-reading-1440.png": "The officer checks what was read from a bundle of letters, each field beside its place.",
    "02-open-round-1440.png": "The round's dates as the pack proposes them, beside what the letters say.",
    "02-round-1440.png": "A round: its calendar, what is asked of whom, who may apply.",
    "03-before-it-leaves-1440.png": "Before a circular leaves: whom it reaches, and which of its dates can be met.",
    "03-ledger-1440.png": "The ledger of the cascade: who has the letter, who is silent, how many days each hop took.",
    "04-form-1440.png": "The form of an application: one side of the standard a page, saved while it is filled in.",
    "04-form-390.png": "The same on a telephone.",
    "04-receipt-1440.png": "The receipt, with the hash of what was handed in.",
    "05-corrected-1440.png": "Screening of a corrected application: what changed comes first, with the unit's reply.",
    "06-marks-390.png": "An assessor marks on a telephone, beside what the unit says.",
    "06-moderation-1440.png": "The team agrees: the originals stay, one mark and its reason beside them.",
    "06-decide-1440.png": "The committee's page of one case: the computed level step by step, and the decision.",
    "07-certificate-1440.png": "A certificate as its centre sees it.",
    "07-check-valid-390.png": "What anybody sees who scans the code on the paper.",
    "07-check-revoked-390.png": "… and of a certificate that was revoked.",
    "08-register-1440.png": "The public register.",
    "09-journal-1440.png": "The journal: every step, who took it, and the chain of hashes.",
}


def keep(name: str) -> None:
    """Bring the pictures of this look that the docs show into docs/screens, small enough for a slow line."""
    for width in (WIDE, NARROW):
        file = f"{name}-{width}.png"
        if file in SCREENS:
            KEPT.mkdir(parents=True, exist_ok=True)
            _smaller(MADE / file, KEPT / file, TALLEST[width])


def _smaller(source: Path, target: Path, tallest: int) -> None:
    with Image.open(source) as picture:
        cut = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, tallest)))
    for colours in (256, 128, 64, 32):
        cut.quantize(colours, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size <= MOST_BYTES:
            return
    raise ValueError(f"{target.name} stays larger than {MOST_BYTES} bytes")
