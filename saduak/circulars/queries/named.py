"""Offices named in a list that a person pasted or brought as a file: codes or names, one a line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saduak.circulars import matching
from saduak.circulars.models import SoughtName
from saduak.kernel.refusals import Item, NotComplete
from saduak.people import queries as people
from saduak.people.models import Organisation
from saduak.thai.digits import to_arabic
from saduak.thai.text import fold

MOST_LINES = 10_000
MOST_SOUGHT = 100  # names that no office bears exactly are looked for at once; more of them in turns (commands.seek)
LISTS = ("list", "codes", "within", "except")  # of a selection
LONGEST_SOUGHT = 300
MOST_TOLD = 50
SURE = 0.88  # likeness of names that mean one office without a doubt: the same, its short form, its head
_PORTION = 40  # names in one query
_NUMBERING = re.compile(r"^[\s(]*[0-9]{1,5}\s*[.)]\s+")
_BREAKS = re.compile(r"[\s,;]+")
AREAS = ("จังหวัด", "อำเภอ")  # left away where only an area can be meant
_HEADINGS = ("รหัส", "ชื่อ", "ลำดับ", "หน่วยงาน", "code", "name", "no.", "office", "organisation")


@dataclass(frozen=True)
class Line:
    """One office as it was named: the line it stands in (from 1), and its words."""

    number: int
    text: str


class StillSought(NotComplete):
    """So many names have to be looked for by likeness that it is done in turns: `done` of `whole` are known."""

    def __init__(self, done: int, whole: int, field: str) -> None:
        self.done, self.whole = done, whole
        words = gettext_lazy(
            "%(done)s of %(whole)s names that no office bears exactly are looked up. Count again to go on."
        )
        super().__init__(words, params={"done": f"{done:,}", "whole": f"{whole:,}"}, field=field)


def named(top: Organisation, text: str, *, field: str, areas: bool = False) -> list[Organisation]:
    """The offices that a list names, strictly below `top`, each once, in the order of the list.

    A line is a code, several codes, or a name, as people write it ("อบต.ป่าแดง อำเภอเมืองแพร่"); of several cells parted by tabs one may
    be the code. areas: an office anywhere in the tree will do, because its area is meant. Raises NotComplete with a
    sentence for every line that names none, or more than one, or while too many have to be looked for first (`commands.seek`). Two
    queries, and some more for names not found at once.
    """
    by_code, found, sought = _told(top, text, field=field, areas=areas)
    if not (found or sought):
        return []
    texts = list(dict.fromkeys(line.text for line in sought))
    matched = _known(top, texts)
    left = [text for text in texts if text not in matched]
    if len(left) > MOST_SOUGHT:
        raise StillSought(len(texts) - len(left), len(texts), field)
    matched |= dict(zip(left, _matched(left), strict=True))
    wrong = []
    for line in sought:
        sure = _sure(matched[line.text], by_code)
        if sure is None:
            wrong.append((line, matched[line.text]))
        else:
            found[sure.pk] = sure
    if wrong:
        raise NotComplete(
            gettext_lazy("Some lines of the list name no office for certain (%(many)s). Correct or remove them:"),
            params={"many": f"{len(wrong):,}"},
            field=field,
            items=[Item(_sentence(line, one, top, by_code), f"#id_{field}") for line, one in wrong[:MOST_TOLD]]
            + _more(len(wrong)),
        )
    return list(found.values())


def _told(
    top: Organisation, text: str, *, field: str, areas: bool
) -> tuple[dict[str, Organisation], dict[int, Organisation], list[Line]]:
    """Offices by code, those that the list names exactly, and its lines that are left. Raises NotComplete for a list too long."""
    rows = _lines(text)
    if len(rows) > MOST_LINES:
        raise NotComplete(
            gettext_lazy("The list has more than %(most)s lines. Choose by kind instead, or write several letters."),
            params={"most": f"{MOST_LINES:,}"},
            field=field,
        )
    if not rows:
        return {}, {}, []
    offices = people.organisations() if areas else people.subtree(top.path).exclude(pk=top.pk)
    by_code, by_name = _index(offices)
    found: dict[int, Organisation] = {}
    sought: list[Line] = []
    for number, row in rows:
        hits, left = _exact(number, row, by_code, by_name, AREAS if areas else ())
        found |= {one.pk: one for one in hits}
        sought += left
    return by_code, found, sought


def unsought(top: Organisation, text: str, *, areas: bool = False) -> list[str]:
    """The names of a list that are not told at once and have not been looked for yet, each once. Raises NotComplete."""
    _by_code, _found, sought = _told(top, text, field="list", areas=areas)
    texts = list(dict.fromkeys(line.text for line in sought))
    known = _known(top, texts)
    return [text for text in texts if text not in known and len(text) <= LONGEST_SOUGHT]


def _known(top: Organisation, texts: Sequence[str]) -> dict[str, matching.Matched]:
    """What was found for names that have been looked for in turns. One query, where there are so many."""
    if len(texts) <= MOST_SOUGHT:
        return {}
    wanted = set(texts)
    rows = SoughtName.objects.filter(top=top).iterator()
    return {one.text: _remembered(one) for one in rows if one.text in wanted}


def _remembered(one: SoughtName) -> matching.Matched:
    found = [matching.Match(code, name, kind, where, (), score) for code, name, kind, where, score in one.found]
    return matching.Matched(one.text, found[0] if one.sure else None, tuple(found[one.sure :]), one.many)


def as_lines(rows: Sequence[Sequence[str]]) -> str:
    """The rows of a sheet as a list: its cells parted by tabs, without a first row of headings."""
    kept = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    kept = [row for row in kept if row]
    if kept and all(cell.casefold().startswith(_HEADINGS) for cell in kept[0]):
        kept = kept[1:]
    return "\n".join("\t".join(row) for row in kept)


def _lines(text: str) -> list[tuple[int, str]]:
    split = enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)
    return [(number, line.strip()) for number, line in split if line.strip()]


def _index(offices: Any) -> tuple[dict[str, Organisation], dict[str, list[Organisation]]]:
    """Code → office and folded name → offices."""
    by_code: dict[str, Organisation] = {}
    by_name: dict[str, list[Organisation]] = {}
    for one in offices.only("code", "kind", "name_th", "name_en", "path", "depth", "province_code", "district_code"):
        by_code[one.code.casefold()] = one
        for name in {fold(one.name_th), fold(one.name_en)} - {""}:
            by_name.setdefault(name, []).append(one)
    return by_code, by_name


def _exact(
    number: int,
    row: str,
    by_code: Mapping[str, Organisation],
    by_name: Mapping[str, list[Organisation]],
    types: Sequence[str],
) -> tuple[list[Organisation], list[Line]]:
    """The offices of a line that are told without looking for likeness, and what is left of it."""
    cells = [cell.strip() for cell in row.split("\t") if cell.strip()]
    if len(cells) > 1:
        coded = [by_code[cell.casefold()] for cell in cells if cell.casefold() in by_code]
        if len(coded) == 1:
            return coded, []
        row = " ".join(cell for cell in cells if not cell.isdigit())
    text = _NUMBERING.sub("", to_arabic(row)) or row
    if text.casefold() in by_code:
        return [by_code[text.casefold()]], []
    for kind in ("", *types):
        same = by_name.get(kind + fold(text), [])
        if len(same) == 1:
            return same, []
    words = [word for word in _BREAKS.split(text) if word]
    if len(words) > 1 and (text.isascii() and all(_like_code(word) for word in words)):
        hits = [by_code[word.casefold()] for word in words if word.casefold() in by_code]
        return hits, [Line(number, word) for word in words if word.casefold() not in by_code]
    name, places = matching.spelled(text)
    there = [one for one in by_name.get(name, []) if all(_stands_in(one, place, by_name) for place in places)]
    return (there, []) if len(there) == 1 else ([], [Line(number, text)])


def _stands_in(office: Organisation, place: str, by_name: Mapping[str, list[Organisation]]) -> bool:
    """Is this one of the bodies above the office, as far as they may be chosen themselves?"""
    return any(office.path.startswith(one.path) and office.pk != one.pk for one in by_name.get(place, []))


def _like_code(word: str) -> bool:
    return any(character.isdigit() for character in word) or word.isupper()


def _matched(texts: Sequence[str]) -> list[matching.Matched]:
    found: list[matching.Matched] = []
    for cut in range(0, len(texts), _PORTION):
        found += matching.match(texts[cut : cut + _PORTION])
    return found


def _sure(matched: matching.Matched, by_code: Mapping[str, Organisation]) -> Organisation | None:
    """The one office meant, among those that may be chosen."""
    likely = [one for one in matched.all if one.score >= SURE and one.code.casefold() in by_code]
    if matched.best in likely:
        return by_code[matched.best.code.casefold()]
    return by_code[likely[0].code.casefold()] if len(likely) == 1 else None


def _sentence(line: Line, matched: matching.Matched, top: Organisation, by_code: Mapping[str, Organisation]) -> str:
    """What is wrong with a line, and what to do."""
    words = _words(line) | {"office": top.name}
    near = [one for one in matched.all if one.code.casefold() in by_code]
    sure = [one for one in near if one.score >= SURE]
    if matched.group:
        return _("Line %(line)s: “%(text)s” means many offices. Choose them by kind instead.") % words
    if len(sure) > 1:
        return _("Line %(line)s: “%(text)s” is the name of several offices. Write the code of the one: %(ones)s") % (
            words | {"ones": _ones(sure)}
        )
    if near:
        return _("Line %(line)s: “%(text)s” is not known. Do you mean: %(ones)s? Then write its code.") % (
            words | {"ones": _ones(near[:3])}
        )
    known = people.organisations().filter(code__iexact=line.text).exists()
    if known or any(one.score >= SURE for one in matched.all):
        return _("Line %(line)s: “%(text)s” does not stand below %(office)s. Remove the line.") % words
    return _("Line %(line)s: “%(text)s” is not known. Write the code, or the full name with district and province.") % (
        words
    )


def _ones(matches: Sequence[matching.Match]) -> str:
    return ", ".join(f"{one.name}{f' {one.where}' if one.where else ''} ({one.code})" for one in matches)


def _words(line: Line) -> dict[str, Any]:
    return {"line": line.number, "text": line.text[:80]}


def _more(many: int) -> list[Item]:
    return [Item(_("and %(many)s more lines") % {"many": f"{many - MOST_TOLD:,}"})] if many > MOST_TOLD else []
