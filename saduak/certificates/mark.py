"""The mark for a centre's own site: drawn anew at every look, so that it can tell when it no longer counts."""

from django.utils.html import format_html

from saduak.certificates import wording
from saduak.certificates.queries import Outcome
from saduak.certificates.standing import STANDINGS
from saduak.thai.dates import buddhist_year

# Colours of the house's theme (web/static/web/css/base.css), written out: a picture brings no style sheet along.
GOOD = ("#0d4a5f", "#e3eef1")
ENDED = ("#57524a", "#f1eee7")
BAD = ("#a1261c", "#fbe7e4")
LONGEST_NAME = 38  # what fits beside the sign
SIGNS = {
    "good": "M22 48 40 66 74 30",
    "ended": "M24 48h48",
    "bad": "M28 28l40 40M68 28 28 68",
}


def draw_mark(outcome: Outcome) -> str:
    """An SVG of 320 × 112: level and last year while it counts; otherwise that it does not, in words and by its sign."""
    kind = "good" if outcome.code == "VALID" else "bad" if outcome.code in ("REVOKED", "UNKNOWN") else "ended"
    line, ground = {"good": GOOD, "ended": ENDED, "bad": BAD}[kind]
    if kind == "good" and outcome.valid_to:
        first = f"ระดับ{outcome.level_name_th}"
        second = (
            f"ใช้ได้ถึง พ.ศ. {buddhist_year(outcome.valid_to)} · {outcome.level_name_en} until {outcome.valid_to.year}"
        )
    else:
        told = wording.both(STANDINGS[outcome.code].label)
        first, second = f"ใบรับรองนี้{told['th']}", f"This certificate: {told['en']}"
    name = outcome.centre_name_th
    title = wording.outcome_words(outcome)[0]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 112" width="320" height="112" role="img">'
        "<title>{title}</title>"
        '<rect x="1" y="1" width="318" height="110" rx="12" fill="#fff" stroke="{line}" stroke-width="2"/>'
        '<path d="M13 1h83v110H13A12 12 0 0 1 1 99V13A12 12 0 0 1 13 1Z" fill="{ground}"/>'
        '<path transform="translate(12 20) scale(.76)" d="{sign}" fill="none" stroke="{line}" stroke-width="9" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
        "<g font-family=\"Sarabun, 'Noto Sans Thai', 'Leelawadee UI', Thonburi, sans-serif\" fill=\"{line}\">"
        '<text x="110" y="34" font-size="13">{centre}</text>'
        '<text x="110" y="61" font-size="20" font-weight="700">{first}</text>'
        '<text x="110" y="82" font-size="11.5">{second}</text>'
        '<text x="110" y="100" font-size="10.5" fill="#57524a">{number}</text></g></svg>',
        title=f"{title['th']} · {title['en']}",
        line=line,
        ground=ground,
        sign=SIGNS[kind],
        centre=name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…",
        first=first,
        second=second,
        number=outcome.number,
    )
