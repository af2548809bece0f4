"""Cleaning of text from PDFs, OCR and old fonts, with a way back to the place each character came from.

Every repair is one that cannot hurt sound Thai: it mends sequences that no Thai word contains (a tone mark after a
space, sara aa at the start of a word, a vowel sign of a private font), or words of a short list that are no words
without their sara am. The reader works on the cleaned text; `Source.span` leads back to the text as it was given.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable

from saduak.saraban.model import Span
from saduak.thai.digits import to_arabic

# Glyph variants that old Thai fonts kept in the private-use area (U+F700 to U+F71A), as the letters they stand for.
_PRIVATE = dict(
    zip(
        range(0xF700, 0xF71B),
        "\u0e10\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e0d\u0e31\u0e4d\u0e47"
        "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a",
        strict=True,
    )
)
_SPACES = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x0B], " ")
_ONE_TO_ONE = {
    **_PRIVATE,
    **_SPACES,
    0x0C: "\n",
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
    0x2011: "-",
    0x2010: "-",
    0x2212: "-",
}
_GONE = "[\x00-\x08\x0e-\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffd]+"

# Words that are no words when sara am has lost its ring: "จานวน", "จ านวน" for จำนวน.
_AM_WORDS = [
    "จำนวน",
    "สำนัก",
    "กำหนด",
    "กำกับ",
    "คำสั่ง",
    "คำขอ",
    "ดำเนิน",
    "ดำรง",
    "ตำบล",
    "ตำแหน่ง",
    "ตำรวจ",
    "อำเภอ",
    "อำนวย",
    "อำนาจ",
    "สำหรับ",
    "สำเนา",
    "สำคัญ",
    "สำเร็จ",
    "สำรวจ",
    "จำเป็น",
    "จำกัด",
    "ชำนาญ",
    "ชำระ",
    "บำรุง",
    "บำนาญ",
    "บำเหน็จ",
    "ทำเนียบ",
    "ลำดับ",
    "ลำพูน",
    "ลำปาง",
    "กำแพงเพชร",
    "บัวลำภู",
    "คำนึง",
    "คำร้อง",
    "คำแนะนำ",
    "ทำงาน",
    "ทำหน้าที่",
    "ประจำ",
    "แนะนำ",
    "กระทำ",
    "ทำการ",
    "จัดทำ",
    "ให้ทำ",
]
# The last six are words even so ("ประจาน", "ทาการบ้าน"): they are mended only where a space stands in them.
_AM_LOST = {word.replace("\u0e33", "\u0e32"): word for word in _AM_WORDS[:-6]}
_AM_LOST_PATTERN = "(?<!รา)(?<!เว)(?<!วา)(?:" + "|".join(sorted(_AM_LOST, key=len, reverse=True)) + ")"
_AM_SPLIT = {word.replace("\u0e33", "\u0e32"): word for word in _AM_WORDS}
_AM_SPLIT_PATTERN = "|".join(
    re.escape(word).replace("\u0e32", " {1,2}\u0e32", 1) for word in sorted(_AM_SPLIT, key=len, reverse=True)
)
# Sara am printed for sara aa, all through a line ("รำษฎร", "กำร"): told by pieces that only that fault makes.
_AA_FAULT = re.compile("กำร(?!า)|รำช|รำษ|หน้ำ|สภำ|ภำย|วำคม|ยำยน|รำคม|ฎำคม|หำคม|ภำพัน|เฉพำะ|ขำม")
_AM_KEEP = re.compile("|".join(_AM_WORDS))

# Labels as OCR bends them: tone marks lost, vowels exchanged.
_LABELS = [
    (r"เร[ืีึิ]?[่้]?อง(?=[ :])", "เรื่อง"),
    (r"เร[ีิึ]?ยน(?=[ :])", "เรียน"),
    (r"ที[้]?(?=[ ]{0,3}[ก-ฮ]{2,4}[ .]{0,2}[0-9๐-๙])", "ที่"),
    (r"ส[ิี]?[่้]?งที[่้]?ส[่้]?งมาด[้่]?วย", "สิ่งที่ส่งมาด้วย"),
    (r"อ[้่]?างถ[ึีิ]ง(?=[ ])", "อ้างถึง"),
    (r"บ[ัิ]?น[ทพ][ึีิ]?กข[้่]?อค[วา]าม", "บันทึกข้อความ"),
    (r"ส[่้]?วนราชการ(?=[ ])", "ส่วนราชการ"),
    (r"สวนงาน(?=[ ])", "ส่วนงาน"),
    (r"หนวยงาน(?=[ ])", "หน่วยงาน"),
    (r"ค[ำา]ส[ัิ][่้]?ง(?=[ก-ฮเ-ไ])", "คำสั่ง"),
    (r"ขอแสดงความน[ัิ]?บถ[ืีึ]?อ", "ขอแสดงความนับถือ"),
    (r"จ[ึีิ]งเร[ีิึ]ยนมา", "จึงเรียนมา"),
    (r"ด[่้]?วนท[ีิ]?[่้]?ส[ุู]ด", "ด่วนที่สุด"),
]

# Words of days and times without their tone marks: no other word is spelt so, wherever in running text it stands.
_BARE_WORDS = {
    r"วันที้?(?=[ ]{0,4}[0-9๐-๙])": "วันที่",
    r"ต[ัิ]ง?แต่?(?=[ ]?(?:วัน|เดือน|ปี|บัด|[0-9๐-๙]))": "ตั้งแต่",
    r"ระหวาง(?=[ ]?วัน|[ ]?เดือน)": "ระหว่าง",
    r"เป็นตนไป": "เป็นต้นไป",
}

_WIDEST = 150
"""Blanks in a row that can mean something: the width of a page."""

_MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"  # signs above and below, which never start a word
_TONE = "\u0e48-\u0e4b"
_CONSONANT = "\u0e01-\u0e2e"
_LONE = re.compile(
    f"(?<=[{_CONSONANT}{_MARK}\u0e30-\u0e33]) [\u0e01-\u0e12\u0e14-\u0e2e](?! ?[.\u0e2f]) (?=[\u0e01-\u0e4e])"
)

_SIGNED = re.compile(f"[{_CONSONANT}][{_MARK}]+")
_APART = re.compile(
    f"(?<=[{_MARK}]) (?!ท[ี][่] [{_CONSONANT}]{{1,4}} ?[0-9๐-๙])(?=[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e44])"
)
_ALONE = re.compile(f"(?<=[{_MARK}]) ([{_CONSONANT}\u0e40-\u0e44]) (?=[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e44])")


class Source:
    """A text as given, its cleaned form, and the way from the one to the other."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original.translate(_ONE_TO_ONE)
        self._starts = array("l", range(len(original)))
        self._stops = array("l", range(1, len(original) + 1))
        self._repair()
        self.flat = to_arabic(self.text)

    def span(self, start: int, end: int) -> Span:
        """Where the cleaned text [start:end] stands in the original; an empty stretch has no width."""
        if end <= start:
            place = self._starts[start] if start < len(self._starts) else len(self.original)
            return Span(place, place)
        return Span(self._starts[start], self._stops[end - 1])

    def place(self, original: int) -> int:
        """Where the character at `original` of the given text, or else the next one that was kept, stands in the cleaned one."""
        return bisect_left(self._starts, original)

    def insert_breaks(self, places: Iterable[int]) -> None:
        """Put a line break (which has no place in the original) before each of `places`."""
        places = sorted(set(places))
        if not places:
            return
        pieces, starts, stops, last = [], array("l"), array("l"), 0
        for place in places:
            pieces += [self.text[last:place], "\n"]
            starts += self._starts[last:place]
            stops += self._stops[last:place]
            origin = self._starts[place] if place < len(self._starts) else len(self.original)
            starts.append(origin)
            stops.append(origin)
            last = place
        self.text = "".join(pieces) + self.text[last:]
        self._starts = starts + self._starts[last:]
        self._stops = stops + self._stops[last:]
        self.flat = to_arabic(self.text)

    def _repair(self) -> None:
        sub = self._substitute
        sub("\r\n?", "\n")
        sub(_GONE, "")
        sub("\t", "    ")
        sub(f"(?<! ) {{{_WIDEST},}}", " " * _WIDEST)
        sub(f"\u0e4d([{_TONE}]?) ?\u0e32", lambda m: m[1] + "\u0e33")
        sub("\u0e40\u0e40", "\u0e41")
        sub("(?m)^[ ]*(?:[|:][ ]*)+(?=\\S)", "")  # ruled lines that OCR took for letters
        sub(f"(?<! ) +(?=[{_MARK}])", "")
        sub(f"([\u0e32\u0e33])([{_TONE}])", lambda m: m[2] + m[1])
        sub(f"([\u0e40-\u0e44])([{_TONE}]) ?", lambda m: m[2] + m[1])
        sub(f"(\u0e31)([{_CONSONANT}])([{_TONE}])", lambda m: m[1] + m[3] + m[2])
        sub(_AM_SPLIT_PATTERN, lambda m: _AM_SPLIT[m[0].replace(" ", "")])
        sub(f"(?<=[{_CONSONANT}{_TONE}]) {{1,2}}(?=[\u0e30\u0e32\u0e33])", "")
        sub(_AM_LOST_PATTERN, lambda m: _AM_LOST[m[0]])
        if _AA_FAULT.search(self.text):
            sub("[^\n]+", _mend_sara_aa)
        for bent, label in _LABELS:
            sub(f"(?<![ก-๎])(?P<core>{bent})", label)
        for bent, word in _BARE_WORDS.items():
            sub(bent, word)
        sub(f"(?<=[{_CONSONANT}{_MARK}\u0e30-\u0e33]) (?=[\u0e40-\u0e44] [{_CONSONANT}])", "")  # "ผู้ แ ทน"
        sub(f"(?<=[\u0e40-\u0e44]) (?=[{_CONSONANT}])", "")
        if sum(_stands_apart(line, 5) for line in self.text.split("\n")) >= 2:
            sub("[^\n]+", _mend_apart)
        if len(_LONE.findall(self.text)) >= 3:
            sub(_LONE.pattern, lambda m: m[0].strip())

    def replace(self, pattern: str, new: str) -> None:
        """Put `new` for every match of `pattern`; it leads back to the place of what it replaces."""
        self._substitute(pattern, new)
        self.flat = to_arabic(self.text)

    def _substitute(self, pattern: str, new: str | Callable[[re.Match[str]], str]) -> None:
        pieces, starts, stops, last = [], array("l"), array("l"), 0
        for match in re.finditer(pattern, self.text):
            begin, end = match.span("core" if "core" in match.re.groupindex else 0)
            put = new if isinstance(new, str) else new(match)
            if put == self.text[begin:end]:
                continue
            pieces += [self.text[last:begin], put]
            starts += self._starts[last:begin]
            stops += self._stops[last:begin]
            if len(put) == end - begin:
                starts += self._starts[begin:end]
                stops += self._stops[begin:end]
            else:
                starts.extend([self._starts[begin]] * len(put))
                stops.extend([self._stops[end - 1]] * len(put))
            last = end
        if pieces:
            self.text = "".join(pieces) + self.text[last:]
            self._starts = starts + self._starts[last:]
            self._stops = stops + self._stops[last:]


def _stands_apart(line: str, least: int) -> bool:
    """Does a blank follow (almost) every sign above or below? A PDF put it there, no writer."""
    signs = len(_SIGNED.findall(line))
    return signs >= least and len(_APART.findall(line)) * 2 >= signs


def _mend_apart(match: re.Match[str]) -> str:
    line = match[0]
    return _APART.sub("", _ALONE.sub(r"\1", line)) if _stands_apart(line, 2) else line


def _mend_sara_aa(match: re.Match[str]) -> str:
    line = match[0]
    if not _AA_FAULT.search(line):
        return line
    kept, last = [], 0
    for word in _AM_KEEP.finditer(line):
        kept += [line[last : word.start()].replace("\u0e33", "\u0e32"), word[0]]
        last = word.end()
    return "".join(kept) + line[last:].replace("\u0e33", "\u0e32")
