"""Which body of the tree a name in a letter means: the best one and the others it might be, each with its reason.

Letters name the office ("ที่ว่าการอำเภอ…"), its head ("นายอำเภอ…") or shorten it ("อบต.…"); a name often stands with where it is. Where
two bodies bear one name and nothing tells them apart, none is the best: a person chooses.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from saduak.people import queries as people
from saduak.people.models import Kind, Organisation
from saduak.thai.text import fold

MOST = 6  # alternatives shown
SIMILAR = 0.62  # share of letter pairs two names must have in common; below it is another name
CLEAR = 0.15  # how much better than the next one a merely similar name must be to be taken as the best

# How letters name a body, and the name it bears. The longest first; names are folded, without blanks after a type.
_FORMS: list[tuple[str, str, str]] = [
    (r"สนง\.?", "สำนักงาน", "short"),
    (r"อบจ\.?", "องค์การบริหารส่วนจังหวัด", "short"),
    (r"อบต\.?", "องค์การบริหารส่วนตำบล", "short"),
    (r"ทต\.", "เทศบาลตำบล", "short"),
    (r"ทม\.", "เทศบาลเมือง", "short"),
    (r"ทน\.", "เทศบาลนคร", "short"),
    (r"จ\.", "จังหวัด", "short"),
    (r"อ\.", "อำเภอ", "short"),
    (r"สำนักงานองค์การบริหารส่วน", "องค์การบริหารส่วน", "office"),
    (r"ที่ทำการองค์การบริหารส่วน", "องค์การบริหารส่วน", "office"),
    (r"สำนักงานเทศบาล", "เทศบาล", "office"),
    (r"ที่ว่าการอำเภอ", "อำเภอ", "office"),
    (r"ที่ทำการปกครองอำเภอ", "อำเภอ", "office"),
    (r"ที่ทำการปกครองจังหวัด", "จังหวัด", "office"),
    (r"ศาลากลางจังหวัด", "จังหวัด", "office"),
    (r"สำนักงานจังหวัด", "จังหวัด", "office"),
    (r"สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด", "จังหวัด", "office"),
    (r"สำนักงานปลัดกระทรวง", "กระทรวง", "office"),
    (r"(?:รอง|ปลัด)?ผู้ว่าราชการจังหวัด", "จังหวัด", "head"),
    (r"ปลัดจังหวัด", "จังหวัด", "head"),
    (r"ท้องถิ่นจังหวัด", "จังหวัด", "head"),
    (r"นายอำเภอ", "อำเภอ", "head"),
    (r"ท้องถิ่นอำเภอ", "อำเภอ", "head"),
    (r"นายกเทศมนตรี(?=ตำบล|เมือง|นคร)", "เทศบาล", "head"),
    (r"นายกองค์การบริหารส่วน", "องค์การบริหารส่วน", "head"),
    (r"(?:รอง)?อธิบดีกรม", "กรม", "head"),
    (r"(?:รอง)?ปลัดกระทรวง", "กระทรวง", "head"),
    (r"รัฐมนตรี(?:ว่าการ|ช่วยว่าการ)?กระทรวง", "กระทรวง", "head"),
    (r"ปลัดสำนักนายกรัฐมนตรี", "สำนักงานปลัดสำนักนายกรัฐมนตรี", "head"),
]
_FORM = re.compile("|".join(f"(?P<f{nth}>(?<![ก-๎]){pattern})" for nth, (pattern, _to, _how) in enumerate(_FORMS)))
# Short names that stand alone.
_ALONE = {
    "สปน.": "สำนักงานปลัดสำนักนายกรัฐมนตรี",
    "สปน": "สำนักงานปลัดสำนักนายกรัฐมนตรี",
    "มท.": "กระทรวงมหาดไทย",
    "สถ.": "กรมส่งเสริมการปกครองท้องถิ่น",
    "สถ": "กรมส่งเสริมการปกครองท้องถิ่น",
    "ปค.": "กรมการปกครอง",
    "กทม.": "กรุงเทพมหานคร",
}
_TYPES = (
    r"องค์การบริหารส่วนจังหวัด|องค์การบริหารส่วนตำบล|เทศบาลตำบล|เทศบาลเมือง|เทศบาลนคร|เทศบาล|สำนักงานปลัด|สำนักงาน|กระทรวง|กรม(?!ธรรม์)|"
    r"จังหวัด|อำเภอ|ศูนย์|การ(?=ไฟฟ้า|ประปา|รถไฟ|ท่าเรือ|เคหะ)"
)
_BODY = re.compile(rf"(?:{_TYPES})[^ \n,()]*")
_PLACE = re.compile(r"(?P<kind>จังหวัด|อำเภอ|จ\.|อ\.)[ ]?(?P<name>[^ \n,().]+?)(?=จังหวัด|จ\.|[ \n,()]|$)")
_GROUP = re.compile(
    r"ทุก(?:จังหวัด|อำเภอ|กระทรวง|กรม|แห่ง|หน่วยงาน|ส่วนราชการ|เทศบาล|องค์กร|ท่าน|คน)|ทั้งหมด|หัวหน้าส่วนราชการ|^(?:ผู้ว่าราชการจังหวัด|นายอำเภอ|นายกเทศมนตรี|อธิบดี|ปลัดกระทรวง|องค์กรปกครองส่วนท้องถิ่น)$"
)


@dataclass(frozen=True)
class Match:
    """A body that a name may mean. reasons: in words, the weightiest first; score 0 to 1."""

    code: str
    name: str
    kind: str
    where: str
    reasons: tuple[Any, ...]
    score: float


@dataclass(frozen=True)
class Matched:
    """What a name may mean: the best body, if one stands out; the others; whether it names many at once."""

    text: str
    best: Match | None
    others: tuple[Match, ...]
    group: bool = False

    @property
    def all(self) -> tuple[Match, ...]:
        return ((self.best,) if self.best else ()) + self.others


@dataclass(frozen=True)
class _Wanted:
    """A name made ready: the body's full name, how it was written, and the places that stand beside it."""

    text: str
    name: str
    whole: str
    how: str
    places: tuple[str, ...]
    group: bool


class _Row(NamedTuple):
    """What is looked at of a body."""

    code: str
    kind: str
    name_th: str
    name_en: str
    path: str


NOT_CENTRES = tuple(kind for kind in Kind.values if kind != Kind.CENTRE)
REASONS = {
    "same": _("same name"),
    "short": _("abbreviation"),
    "office": _("its office"),
    "head": _("its head"),
    "similar": _("similar name"),
}


def match(names: Sequence[str]) -> list[Matched]:
    """What each name means in the tree. Two queries, however many names."""
    wanted = [_wanted(name) for name in names]
    rows = _candidates(one for one in wanted if one.name and not one.group)
    above = _above(rows)
    return [_matched(one, rows, above) for one in wanted]


def spelled(text: str) -> tuple[str, tuple[str, ...]]:
    """The full name that a written name stands for, folded, and the places that stand beside it; "" for a group."""
    wanted = _wanted(text)
    return ("", ()) if wanted.group else (wanted.name, wanted.places)


def _wanted(text: str) -> _Wanted:
    folded = fold(" ".join(text.split()))
    group = bool(_GROUP.search(folded))
    how = "same"
    if folded in _ALONE:
        return _Wanted(text, _ALONE[folded], _ALONE[folded], "short", (), group)
    found = _FORM.search(folded)
    while found:
        _pattern, name, written = _FORMS[int(str(found.lastgroup)[1:])]
        folded = folded[: found.start()] + name + folded[found.end() :].lstrip()
        how = written if how == "same" else how
        found = _FORM.search(folded, found.start() + len(name))
    body = _BODY.search(folded)
    name = body.group() if body else folded.split(" ")[0]
    start = body.start() if body else 0
    name, rest = _cut(name), folded[start:]
    rest = rest[len(name) :]
    places = tuple(_place(one) for one in _PLACE.finditer(rest))
    return _Wanted(text, name, folded[start:], how, places, group)


def _cut(name: str) -> str:
    """A name without the places written on to it: องค์การบริหารส่วนตำบลป่าแดงอำเภอเมืองแพร่ → องค์การบริหารส่วนตำบลป่าแดง."""
    kept = re.match(r"(?:องค์การบริหารส่วน(?:จังหวัด|ตำบล)|จังหวัด|อำเภอ|.)", name)
    begin = kept.end() if kept else 0
    ends = [place for word in ("อำเภอ", "จังหวัด") if (place := name.find(word, begin + 1)) > 0]
    return name[: min(ends)] if ends and not name.startswith(("สำนักงาน", "ศูนย์")) else name


def _place(found: re.Match[str]) -> str:
    return {"จ.": "จังหวัด", "อ.": "อำเภอ"}.get(found["kind"], found["kind"]) + found["name"]


def _core(name: str) -> str:
    """The name without its type: what tells bodies of one type apart."""
    return re.sub(rf"^(?:{_TYPES})", "", name) or name


def _candidates(wanted: Iterable[_Wanted]) -> list[_Row]:
    """Bodies whose name has the core of a wanted name, or the half of it, in one query."""
    looked = Q(pk__in=[])
    for one in wanted:
        core, kinds = _core(one.name), _kinds(one.name)
        looked |= Q(search__contains=core, kind__in=kinds)
        if len(core) >= 6:
            # An error of typing or of recognition leaves one half of the name whole.
            half = len(core) // 2
            looked |= Q(search__contains=core[:half], kind__in=kinds)
            looked |= Q(search__contains=core[half:], kind__in=kinds)
    found = people.organisations().filter(looked)
    return [_Row(*row) for row in found.values_list("code", "kind", "name_th", "name_en", "path")]


def _kinds(name: str) -> tuple[str, ...]:
    """The kinds that bodies of such a name have; all but centres where the name does not tell."""
    told: dict[str, tuple[str, ...]] = {
        "จังหวัด": (Kind.PROVINCE,),
        "อำเภอ": (Kind.DISTRICT,),
        "เทศบาล": (Kind.LOCAL_BODY,),
        "องค์การบริหาร": (Kind.LOCAL_BODY,),
        "กระทรวง": (Kind.MINISTRY,),
        "กรม": (Kind.DEPARTMENT,),
        "ศูนย์": (Kind.CENTRE,),
    }
    return next((kinds for begin, kinds in told.items() if name.startswith(begin)), NOT_CENTRES)


def _above(rows: Sequence[_Row]) -> dict[str, Organisation]:
    paths = {path for row in rows for path in people.ancestors_paths(row.path)}
    found = Organisation.objects.filter(path__in=paths, kind__in=[Kind.PROVINCE, Kind.DISTRICT])
    return {one.path: one for one in found.only("name_th", "name_en", "path", "kind")}


def _matched(wanted: _Wanted, rows: Sequence[_Row], above: dict[str, Organisation]) -> Matched:
    if wanted.group or not wanted.name:
        return Matched(wanted.text, None, (), wanted.group)
    scored = [found for row in rows if (found := _scored(wanted, row, above)) is not None]
    scored.sort(key=lambda one: (-one.score, one.name, one.code))
    if not scored:
        return Matched(wanted.text, None, ())
    first = scored[0]
    second = scored[1].score if len(scored) > 1 else 0.0
    needed = 0.01 if first.score >= 0.9 else CLEAR
    if first.score - second >= needed and first.score >= 0.75:
        return Matched(wanted.text, first, tuple(scored[1:MOST]))
    return Matched(wanted.text, None, tuple(scored[:MOST]))


def _scored(wanted: _Wanted, row: _Row, above: dict[str, Organisation]) -> Match | None:
    name = fold(row.name_th)
    reason, score = _likeness(wanted, name, row)
    if not reason:
        return None
    line = [above[path] for path in people.ancestors_paths(row.path) if path in above]
    places = {fold(one.name_th) for one in line}
    reasons: list[Any] = [REASONS[reason]]
    if reason == "same" and wanted.how != "same":
        reasons = [REASONS[wanted.how]]
    for place in wanted.places:
        if place in places:
            score += 0.05
        elif place != name and any(
            one.kind == (Kind.PROVINCE if place.startswith("จังหวัด") else Kind.DISTRICT) for one in line
        ):
            score -= 0.4  # the letter says that it is elsewhere
    if score < 0.5:
        return None
    where = " ".join(one.name for one in reversed(line))
    if line:
        reasons.append(gettext("in %(place)s") % {"place": line[0].name})
    return Match(
        row.code,
        (get_language() == "en" and row.name_en) or row.name_th,
        row.kind,
        where,
        tuple(reasons),
        min(score, 1.0),
    )


def _likeness(wanted: _Wanted, name: str, row: _Row) -> tuple[str, float]:
    if name == wanted.name or (" " in name and wanted.whole.startswith(name)):
        return "same", 0.92
    core, other = _core(wanted.name), _core(name)
    if row.kind not in _kinds(wanted.name):
        return "", 0.0
    typed = wanted.name[: len(wanted.name) - len(core)] == name[: len(name) - len(other)]
    if core == other:
        # The same word after another type: เทศบาลตำบล and องค์การบริหารส่วนตำบล of one name are two bodies.
        return "similar", 0.7 if typed else 0.6
    likeness = _pairs(core, other)
    if likeness < SIMILAR:
        return "", 0.0
    return "similar", 0.5 + likeness * 0.38 - (0 if typed else 0.15)


def _pairs(one: str, other: str) -> float:
    """How alike two words are, 0 to 1: the pairs of letters they have in common (Dice)."""
    first, second = ({word[at : at + 2] for at in range(len(word) - 1)} for word in (f"^{one}$", f"^{other}$"))
    return 2 * len(first & second) / (len(first) + len(second))
