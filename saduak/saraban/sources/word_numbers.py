"""The numbers that Word puts before paragraphs of a list: they stand nowhere in the text and are counted again here."""

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from saduak.thai.digits import to_thai

_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"


class Counter:
    """Counts the lists of one document."""

    def __init__(self, document: WordDocument) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counts: dict[tuple[str, int], int] = {}
        try:
            numbering = document.part.numbering_part.element
        # A document without lists has no such part, and python-docx cannot make one; one that other programs wrote may be
        # of a kind that has no element. Its paragraphs are read all the same, without numbers.
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {one.get(qn("w:abstractNumId")): one for one in numbering.iter(qn("w:abstractNum"))}
        for number in numbering.iter(qn("w:num")):
            reference = number.find(qn("w:abstractNumId"))
            found = abstract.get(reference.get(qn("w:val"))) if reference is not None else None
            self.levels[number.get(qn("w:numId"), "")] = _levels(found) if found is not None else {}

    def mark(self, paragraph: Paragraph) -> str:
        """What Word prints before the paragraph, with a blank behind it; "" for none and for bullets."""
        place = _place(paragraph)
        if place is None or place[0] not in self.levels or place[1] not in self.levels[place[0]]:
            return ""
        identity, level = place
        form, pattern, start = self.levels[identity][level]
        if form in ("bullet", "none"):
            return ""
        self.counts[place] = self.counts.get(place, start - 1) + 1
        for deeper in [key for key in self.counts if key[0] == identity and key[1] > level]:
            del self.counts[deeper]
        for above in range(level + 1):
            kind, _, first = self.levels[identity].get(above, ("decimal", "", 1))
            pattern = pattern.replace(f"%{above + 1}", _written(self.counts.get((identity, above), first), kind))
        return f"{pattern} " if pattern.strip() else ""


def _place(paragraph: Paragraph) -> tuple[str, int] | None:
    properties = paragraph._p.pPr
    numbered: Any = properties.numPr if properties is not None else None
    style: Any = paragraph.style
    while numbered is None and style is not None:
        inner = style.element.pPr
        numbered = inner.numPr if inner is not None else None
        style = style.base_style
    if numbered is None or numbered.numId is None:
        return None
    return str(numbered.numId.val), int(numbered.ilvl.val) if numbered.ilvl is not None else 0


def _levels(abstract: Any) -> dict[int, tuple[str, str, int]]:
    found = {}
    for level in abstract.iter(qn("w:lvl")):
        values = {
            name: level.find(qn(f"w:{name}")).get(qn("w:val"), "") if level.find(qn(f"w:{name}")) is not None else ""
            for name in ("numFmt", "lvlText", "start")
        }
        start = int(values["start"]) if values["start"].isdigit() else 1
        found[int(level.get(qn("w:ilvl"), 0))] = (values["numFmt"] or "decimal", values["lvlText"], start)
    return found


def _written(number: int, form: str) -> str:
    if form.startswith("thaiLetters"):
        return _THAI_LETTERS[(number - 1) % len(_THAI_LETTERS)]
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    return to_thai(str(number)) if form.startswith("thai") else str(number)
