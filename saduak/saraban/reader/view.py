"""One letter as the readers of its parts see it: its text with the stamps blanked out, and values cut from it."""

import re
from dataclasses import dataclass

from saduak.saraban.model import Citation, Field
from saduak.saraban.reader import days, words
from saduak.saraban.reader.clean import Source
from saduak.saraban.reader.layout import Line
from saduak.saraban.reader.split import Block

_RULE = re.compile(r"[-=_*.~…]{3,}")
_CITED_NUMBER = re.compile(
    rf"(?:(?P<urgency>{words.URGENCY.pattern})[ \n]{{0,4}})?(?:(?<![ก-๎])(?:ที่|เลขที่|ที)|(?<=หนังสือ)ที่|(?<=บันทึก)ที่)[ ]{{0,3}}(?P<number>(?:[ก-ฮ][ก-ฮ.]{{0,9}}[ ]{{0,3}}(?:\([^()\n]{{1,15}}\))?[ ]{{0,3}})?"
    r"[0-9][0-9.]{0,14}(?:[ ]?\([^()\n]{1,12}\))?[ ]{0,3}/[ ]{0,3}(?:ว(?![ก-๎])(?:[ ]?\.)?(?:[ ]?\([^()\n]{1,6}\))?[ ]{0,3}|[ก-ฮ](?=[ ]?[0-9]))?[0-9]{0,7})"
)


@dataclass(frozen=True, slots=True)
class View:
    """The letter at `block`. `flat` has Arabic digits, no stamps, and the offsets of the whole cleaned text."""

    source: Source
    block: Block
    flat: str

    def lines(self, start: int, end: int) -> list[Line]:
        """The lines of the masked text between two offsets of the whole text."""
        base, lines = self.block.start, []
        while start <= end:
            stop = self.flat.find("\n", start - base, end - base)
            stop = end if stop < 0 else stop + base
            lines.append(Line(start, stop, self.flat[start - base : stop - base]))
            start = stop + 1
        return lines

    def cut(self, start: int, end: int) -> str:
        """The masked text between two offsets of the whole text."""
        return self.flat[start - self.block.start : end - self.block.start]

    def field(
        self, start: int, end: int, confidence: float = 1.0, *, digits: bool = False, lines: str | None = None
    ) -> Field | None:
        """The value at [start:end] as printed (`digits`: in Arabic digits), tidied; None when nothing is there.

        `lines` is what takes the place of line breaks; without it Thai words close up.
        """
        shown = self.cut(start, end)
        lead = len(shown) - len(shown.lstrip(" \n:-"))
        rule = _RULE.search(shown, lead)
        if rule and not shown[rule.end() :].strip(" \n=-_."):
            shown = shown[: rule.start()]
        shown = shown.rstrip(" \n,;:")
        start, end = start + lead, start + len(shown)
        if end <= start:
            return None
        text = self.source.flat if digits else self.source.text
        masked = self.cut(start, end)
        value = "".join(" " if blank == " " else kept for kept, blank in zip(text[start:end], masked, strict=True))
        return Field(" ".join(value.split()) if lines else joined(value), self.source.span(start, end), confidence)

    def days(self, start: int, end: int) -> list[days.Found]:
        """The days named between two offsets of the whole text."""
        base = self.block.start
        return [day.moved(base) for day in days.find(self.flat, start - base, end - base)]

    def citations(self, start: int, end: int) -> list[Citation]:
        """Documents named between two offsets, by number, with the day that follows."""
        shown, found = self.cut(start, end), []
        matches = list(_CITED_NUMBER.finditer(shown))
        for match, following in zip(matches, [*matches[1:], None], strict=False):
            limit = min(match.end() + 60, following.start() if following else len(shown))
            day = next(days.find(shown, match.end(), limit), None)
            if day and not re.search("ลง|วันที่", day.before):
                day = None
            place = (start + match.start(), start + (day.end if day else match.end()))
            found.append(
                Citation(
                    number=" ".join(match["number"].split()),
                    date=day.first if day else None,
                    urgency=urgency(match["urgency"]) if match["urgency"] else None,
                    span=self.source.span(*place),
                    number_span=self.source.span(start + match.start("number"), start + match.end("number")),
                    date_span=self.source.span(start + day.core, start + day.end) if day else None,
                )
            )
        return found


def joined(text: str) -> str:
    """Lines put together as they were before they were broken: Thai words close up, all else keeps a blank."""
    text = re.sub(r"(?<=[ก-๎])[ ]*\n[ ]*(?=[ก-ฮเ-ไ])(?!จำนวน|ลงวันที่|ที่[ ]|พ\.ศ\.|กทม|กรุงเทพ)", "", text)
    return " ".join(text.split())


def urgency(text: str) -> str:
    """One of the three grades of urgency, however it was spaced."""
    return "".join(text.split())
