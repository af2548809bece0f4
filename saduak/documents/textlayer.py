"""Makes the text of a PDF from typst readable: for search, copying, screen readers, and our own reader of letters.

typst gives a Thai syllable with marks to several glyphs and notes the syllable beside each run of them (ActualText); a
mark that is raised becomes a run of its own, so สิ่ง is read as สิ่สิ่ง, and readers that know no ActualText get the
syllable for the bare consonant. Here every glyph is given its own characters (the embedded outlines are found again in
the typeface), the notes are dropped where the glyphs now say the same, and elsewhere the syllable is noted once.

Only typst's own output is touched: plain objects and a plain table of them. Anything else is an error.
"""

import re
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

__all__ = ["TextLayerError", "readable"]

STRING = rb"\((?:[^\\()]|\\.)*\)"
# Beginning and end of a note, choice of a font, showing of glyphs: what matters here of a page's instructions.
TOKEN = re.compile(
    rb"/Span<</ActualText<FEFF(?P<note>[0-9A-Fa-f]*)>>>BDC|(?P<end>\bEMC\b)|/(?P<font>\w+) [\d.]+ Tf"
    rb"|(?P<show>\[(?:" + STRING + rb"|[^\]\\()])*\]TJ|" + STRING + rb"Tj)",
    re.S,
)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.S)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
SARA_AM, NIKHAHIT_AA = "\u0e33", "\u0e4d\u0e32"


class TextLayerError(ValueError):
    """The PDF is not built as typst builds it; a new version of typst needs a look at this file."""


def readable(pdf: bytes, fonts: Path) -> bytes:
    """The same pages with a text layer that says what is printed. `fonts`: the folder the PDF was set with."""
    objects = _objects(pdf)
    decoded: dict[int, dict[int, str]] = {}
    for number, content in list(objects.items()):
        if b"/Subtype/Type0" in content:
            decoded[number] = _glyph_texts(objects, content, fonts)
            cmap = _reference(content, b"ToUnicode")
            objects[cmap] = _stream(_cmap(decoded[number]), head=b"/Type/CMap/WMode 0")
    for content in list(objects.values()):
        if b"/Type/Page/" in content:
            resources = objects[_reference(content, b"Resources")]
            named = {name: decoded[int(number)] for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)}
            page = _reference(content, b"Contents")
            objects[page] = _stream(_notes_once(_inflated(objects[page]), named))
    return _written(pdf, objects)


def _objects(pdf: bytes) -> dict[int, bytes]:
    """Every object by number, from its "N 0 obj" to its "endobj"."""
    found = re.search(rb"startxref\n(\d+)\n%%EOF\s*$", pdf)
    table = re.compile(rb"xref\n0 (\d+)\n").match(pdf, int(found[1])) if found else None
    if found is None or table is None:
        raise TextLayerError("no plain cross-reference table")
    entries = [pdf[table.end() + 20 * i :][:20] for i in range(int(table[1]))]
    offsets = {number: int(entry[:10]) for number, entry in enumerate(entries) if entry[17:18] == b"n"}
    if not offsets:
        raise TextLayerError("no objects")
    ends = dict(pairwise([*sorted(offsets.values()), int(found[1])]))
    objects = {number: pdf[offset : ends[offset]] for number, offset in offsets.items()}
    for number, content in objects.items():
        if not content.startswith(b"%d 0 obj\n" % number) or b"/ObjStm" in content[:200]:
            raise TextLayerError(f"object {number} is not where it should be")
    return objects


def _written(pdf: bytes, objects: Mapping[int, bytes]) -> bytes:
    out = bytearray(pdf[: pdf.index(b"1 0 obj\n")])
    offsets = {}
    for number in sorted(objects):
        offsets[number] = len(out)
        body = objects[number]
        out += body if body.startswith(b"%d 0 obj\n" % number) else b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f\r\n" % size
    for number in range(1, size):
        out += b"%010d 00000 n\r\n" % offsets[number]
    out += pdf[pdf.rindex(b"trailer\n") : pdf.rindex(b"startxref\n")] + b"startxref\n%d\n%%%%EOF" % start
    return bytes(out)


def _reference(content: bytes, key: bytes) -> int:
    found = re.search(rb"/" + key + rb"\s*\[?(\d+) 0 R", content)
    if not found:
        raise TextLayerError(f"no {key.decode()}")
    return int(found[1])


def _inflated(content: bytes) -> bytes:
    begin = content.index(b"stream\n") + 7
    length = re.search(rb"/Length (\d+)", content[:begin])
    if not length or b"/FlateDecode" not in content[:begin]:
        raise TextLayerError("a stream is not packed as expected")
    return zlib.decompress(content[begin : begin + int(length[1])])


def _stream(content: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(content, 6)
    return b"<</Length %d%s/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), head, packed)


class Outlines:
    """The glyphs of a TrueType font by their drawing: same drawing and advance is the same glyph, whatever its number."""

    def __init__(self, font: bytes) -> None:
        tables = {}
        for place in range(12, 12 + 16 * struct.unpack(">H", font[4:6])[0], 16):
            tag, _sum, offset, length = struct.unpack(">4sLLL", font[place : place + 16])
            tables[tag] = font[offset : offset + length]
        wide = struct.unpack(">h", tables[b"head"][50:52])[0]
        loca = tables[b"loca"]
        self.offsets = (
            struct.unpack(f">{len(loca) // 4}L", loca)
            if wide
            else [2 * n for n in struct.unpack(f">{len(loca) // 2}H", loca)]
        )
        self.glyf, self.hmtx = tables[b"glyf"], tables[b"hmtx"]
        self.advances = struct.unpack(">H", tables[b"hhea"][34:36])[0]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def key(self, glyph: int) -> Any:
        place = 4 * min(glyph, self.advances - 1)
        return self.hmtx[place : place + 2], self._drawing(glyph)

    def _drawing(self, glyph: int) -> Any:
        raw = self.glyf[self.offsets[glyph] : self.offsets[glyph + 1]]
        if len(raw) < 10 or struct.unpack(">h", raw[:2])[0] >= 0:
            return raw.rstrip(b"\x00")
        # Made of other glyphs, whose numbers differ from font to font: compare what they draw.
        parts, place, more = [], 10, True
        while more:
            flags, part = struct.unpack(">HH", raw[place : place + 4])
            size = (4 if flags & 1 else 2) + (2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0)
            parts.append((flags & 0x4F, raw[place + 4 : place + 4 + size], self._drawing(part)))
            place, more = place + 4 + size, bool(flags & 0x20)
        return tuple(parts)


@lru_cache(maxsize=4)
def _cuts(fonts: Path) -> dict[str, Path]:
    """The files of the typeface by PostScript name."""
    return {TTFont(path, lazy=True)["name"].getDebugName(6): path for path in sorted(fonts.rglob("*.ttf"))}


@lru_cache(maxsize=32)
def _face(path: Path) -> Mapping[Any, str]:
    """Which characters a drawing of this cut stands for."""
    font, outlines = TTFont(path, lazy=True), Outlines(path.read_bytes())
    characters: dict[str, str] = {}
    for code, name in sorted(font.getBestCmap().items()):
        # A ligature is read as its letters.
        characters.setdefault(name, unicodedata.normalize("NFKC", chr(code)) if 0xFB00 <= code <= 0xFB06 else chr(code))
    texts: dict[Any, str] = {}
    for number, name in enumerate(font.getGlyphOrder()):
        if text := _named(name, characters):
            texts.setdefault(outlines.key(number), text)
    return texts


def _named(name: str, characters: Mapping[str, str]) -> str:
    """The characters of a glyph: by the character map, else by its name (uni0E48.small, uni0E4D0E49, yoYingthai.less)."""
    base = name.partition(".")[0]
    if found := characters.get(name) or characters.get(base):
        return found
    if re.fullmatch(r"uni(?:[0-9A-F]{4})+", base):
        return "".join(chr(int(base[place : place + 4], 16)) for place in range(3, len(base), 4))
    if thai := re.fullmatch(r"([a-z]+)([A-Z][a-z]+)thai", base):
        return unicodedata.lookup(f"THAI CHARACTER {thai[1]} {thai[2]}".upper())
    return ""


def _glyph_texts(objects: Mapping[int, bytes], font: bytes, fonts: Path) -> dict[int, str]:
    """Which characters each glyph of an embedded font stands for."""
    descendant = objects[_reference(font, b"DescendantFonts")]
    descriptor = objects[_reference(descendant, b"FontDescriptor")]
    name = re.search(rb"/BaseFont/[A-Z]{6}\+([\w-]+)", font)
    outlines = Outlines(_inflated(objects[_reference(descriptor, b"FontFile2")]))
    texts = dict(_told(_inflated(objects[_reference(font, b"ToUnicode")])))
    if not name or name[1].decode() not in _cuts(fonts):
        raise TextLayerError("a typeface that is not ours")
    known = _face(_cuts(fonts)[name[1].decode()])
    for glyph in range(1, len(outlines)):
        # All blanks look the same; which one it is typst knows.
        if (text := known.get(outlines.key(glyph))) and not text.isspace():
            texts[glyph] = text
    return texts


def _told(cmap: bytes) -> Iterator[tuple[int, str]]:
    """What typst itself says of its glyphs."""
    for glyph, text in re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", cmap):
        yield int(glyph, 16), bytes.fromhex(text.decode()).decode("utf-16-be")


def _cmap(texts: Mapping[int, str]) -> bytes:
    rows = [
        b"<%04X> <%s>" % (glyph, text.encode("utf-16-be").hex().upper().encode())
        for glyph, text in sorted(texts.items())
    ]
    blocks = b"\n".join(
        b"%d beginbfchar\n%s\nendbfchar" % (len(rows[i : i + 100]), b"\n".join(rows[i : i + 100]))
        for i in range(0, len(rows), 100)
    )
    return (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" + blocks + b"\n"
        b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


NOTHING = b"/Span<</ActualText<FEFF>>>BDC"


@dataclass
class _Run:
    """Some glyphs in a row, bare or with a syllable noted beside them; where the note, or else the glyphs, begin and end."""

    begin: tuple[int, int]
    end: tuple[int, int]
    glyphs: str
    note: str | None = None


def _notes_once(content: bytes, fonts: Mapping[bytes, Mapping[int, str]]) -> bytes:
    """Where a syllable is spread over several runs, the first says it and the others say nothing."""
    edits: list[tuple[int, int, bytes]] = []
    pending: list[tuple[int, int, bytes]] = []
    syllable, missing = "", Counter[str]()
    for run in _runs(content, fonts):
        if run.note is None and not missing:
            continue
        mine = Counter(run.glyphs)
        if missing and mine <= missing and run.note in (syllable, None):
            if run.note is None:
                pending += [(run.begin[0], run.begin[0], NOTHING), (run.end[1], run.end[1], b"\nEMC")]
            else:
                pending.append((*run.begin, NOTHING))
            missing -= mine
        elif run.note is not None:
            # A syllable that was never completed stays as it was.
            syllable, pending = run.note, []
            missing = Counter(syllable.replace(SARA_AM, NIKHAHIT_AA))
            missing = missing - mine if mine <= missing else Counter()
        else:
            missing = Counter()
        if not missing:
            edits, pending = edits + pending, []
    out, last = bytearray(), 0
    for begin, end, new in sorted(edits):
        out += content[last:begin] + new
        last = end
    return bytes(out + content[last:])


def _runs(content: bytes, fonts: Mapping[bytes, Mapping[int, str]]) -> Iterator[_Run]:
    font: Mapping[int, str] = {}
    noted = None
    for token in TOKEN.finditer(content):
        match token.lastgroup:
            case "note":
                noted = _Run(token.span(), token.span(), "", bytes.fromhex(token["note"].decode()).decode("utf-16-be"))
            case "font":
                font = fonts.get(token["font"], {})
            case "show" if noted:
                noted.glyphs += _shown(token["show"], font)
            case "show":
                yield _Run(token.span(), token.span(), _shown(token["show"], font))
            case "end" if noted:
                yield noted
                noted = None


def _shown(instruction: bytes, font: Mapping[int, str]) -> str:
    codes = b"".join(ESCAPE.sub(_unescaped, string[1:-1]) for string in re.findall(STRING, instruction, re.S))
    return "".join(font.get(code, "\ufffd") for (code,) in struct.iter_unpack(">H", codes))


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 8)]) if escape[1].isdigit() else ESCAPED.get(escape[1], escape[1])
