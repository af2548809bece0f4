"""The mark for a centre's own site: drawn from the record at every look, so that it can tell when it no longer counts."""

from functools import lru_cache

from django.utils.html import escape
from django.utils.translation import gettext_noop

from saduak.certificates import wording
from saduak.certificates.queries import Outcome
from saduak.certificates.standing import STANDINGS
from saduak.documents.typesetting import draw
from saduak.thai.dates import buddhist_year

_ = gettext_noop

# Colours of the house's theme (web/static/web/css/base.css), written out: a picture brings no style sheet along.
GOOD = ("#0d4a5f", "#e3eef1")
ENDED = ("#57524a", "#f1eee7")
BAD = ("#a1261c", "#fbe7e4")
LONGEST_NAME = 50  # what fits a line beside the sign
LEVEL = _("Level: %(level)s")
UNTIL = _("valid until %(year)s")
STANDS = _("This certificate: %(standing)s")
DEMONSTRATION = _("demonstration, not real")


def draw_mark(outcome: Outcome) -> str:
    """An SVG of 320 × 112: level and last year while it counts; otherwise that it does not, in words and by its sign."""
    sign = "good" if outcome.code == "VALID" else "bad" if outcome.code in ("REVOKED", "UNKNOWN") else "ended"
    if sign == "good" and outcome.valid_to:
        level = {"th": outcome.level_name_th, "en": outcome.level_name_en}
        until = {"th": f"พ.ศ. {buddhist_year(outcome.valid_to)}", "en": str(outcome.valid_to.year)}
        first = wording.both(LEVEL, {"level": level})["th"]
        told = wording.both(UNTIL, {"year": until})
        second = f"{told['th']} · {level['en']}, {told['en']}"
    else:
        told = wording.both(STANDS, {"standing": wording.both(STANDINGS[outcome.code].label)})
        first, second = told["th"], told["en"]
    if outcome.demonstration:
        told = wording.both(DEMONSTRATION)
        second = f"{told['th']} · {told['en']}"
    name = outcome.centre_name_th or "–"
    centre = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    title = " · ".join(part for part in (outcome.centre_name_th, first, second, outcome.number) if part)
    return _drawn(title, centre, first, second, outcome.number or "–", sign)


@lru_cache(maxsize=500)
def _drawn(title: str, centre: str, first: str, second: str, number: str, sign: str) -> str:
    """The same words give the same picture; what they are is read from the record every time."""
    line, ground = {"good": GOOD, "ended": ENDED, "bad": BAD}[sign]
    words = {"title": title, "centre": centre, "first": first, "second": second, "number": number}
    svg = draw("mark", {**words, "sign": sign, "line": line, "ground": ground})
    # Where pictures are not seen, the title is read aloud.
    return svg.replace("<svg ", '<svg role="img" ', 1).replace(">", f"><title>{escape(title)}</title>", 1)
