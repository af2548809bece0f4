"""A workbook as the nodes that YAML would give: file is the sheet and column, line the row. So the same checks hold, and a
mistake names the cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from saduak.files import sheets
from saduak.packs import standard_checks
from saduak.packs.loader import ResolvedPack, checked, resolved
from saduak.packs.mistakes import Mistake, PackMistakes, quoted
from saduak.packs.workbooks.layout import BY_KEY, RUBRIC, THINGS
from saduak.packs.workbooks.rows import Row, rows_of, value
from saduak.packs.yaml_source import Node


@dataclass(frozen=True, slots=True)
class Brought:
    """What a workbook holds: the pack (None when there are mistakes), and what is wrong, cell by cell."""

    pack: ResolvedPack | None
    mistakes: tuple[Mistake, ...]


def read(data: bytes) -> Brought:
    """The standard in a workbook of ``write``. Raises NotComplete when the file is no workbook at all."""
    found, mistakes = rows_of(sheets.book(data))
    if mistakes and not found.get("standard"):
        return Brought(None, tuple(mistakes))
    node = _Building(found, mistakes).node()
    mistakes += checked(node, "standard")
    if mistakes:
        return Brought(None, PackMistakes(mistakes).mistakes)
    return Brought(resolved(node, "standard"), ())


class _Building:
    """Puts the rows of all sheets together."""

    def __init__(self, rows: dict[str, list[Row]], mistakes: list[Mistake]) -> None:
        self.rows = rows
        self.mistakes = mistakes
        self.marked: dict[str, Node] = {}

    def node(self) -> Node:
        top = self._standard()
        for key in ("parts", "sides", "levels"):
            if self.rows.get(key) or key != "sides":
                self._put(
                    top, key, self._list(key, [self._entry(row, "title", "text") for row in self.rows.get(key, ())])
                )
        if self.rows.get("sources"):
            self._put(top, "sources", self._sources())
        self._put(top, "criteria", self._criteria(top))
        rubrics = self._rubrics()
        if rubrics:
            self._put(top, "rubrics", self._list("rubrics", list(rubrics.values())))
        for row in self.rows.get("origins", ()):
            self._origin_of_field(row, top, rubrics)
        return top

    def _list(self, key: str, entries: list[Node]) -> Node:
        """The rows of a sheet as a list that stands at its first row."""
        first = self.rows.get(key)
        return Node(entries, first[0].at.file if first else BY_KEY[key].name, first[0].at.line if first else 1)

    @staticmethod
    def _put(owner: Node, key: str, node: Node) -> None:
        owner.value[key] = node
        owner.keys[key] = node.line

    def _standard(self) -> Node:
        rows = self.rows.get("standard", [])
        place = rows[0].at if rows else Node(None, BY_KEY["standard"].name, 1)
        top = Node({}, place.file, place.line)
        self._put(top, "kind", Node("standard", place.file, place.line))
        origin = Node({}, place.file, place.line)
        for row in rows:
            key = row.text("key")
            if key not in THINGS:
                th, en = f"ไม่รู้จักเรื่อง “{quoted(key)}”", f"“{quoted(key)}” is not known here"
                self.mistakes.append(Mistake(row.at.file, row.at.line, th, en))
                continue
            node = self._thing(key, row)
            if node is not None:
                owner, name = (
                    (origin, "kind" if key == "origin" else key) if key in ("origin", "source", "note") else (top, key)
                )
                if name in owner.value:
                    th, en = f"มีเรื่อง “{key}” ซ้ำ", f"“{key}” stands twice"
                    self.mistakes.append(Mistake(row.at.file, row.at.line, th, en))
                self._put(owner, name, node)
        if origin.value:
            self._put(top, "provenance", origin)
        return top

    def _thing(self, key: str, row: Row) -> Node | None:
        kind = THINGS[key][1]
        if kind == "both":
            return self._both(row, "")
        cell = row.cells.get("th")
        if cell is None:
            return None
        if kind == "reference":
            pack, _, version = str(cell.value).partition("@")
            given = {"pack": pack.strip(), "version": value(version.strip(), "amount")}
            return Node({key: Node(one, cell.file, cell.line) for key, one in given.items()}, cell.file, cell.line)
        if kind == "ids":
            return self._ids(cell)
        return Node(value(str(cell.value), kind), cell.file, cell.line)

    @staticmethod
    def _ids(cell: Node) -> Node:
        names = [one for one in re.split(r"[,;\s]+", str(cell.value)) if one]
        return Node([Node(one, cell.file, cell.line) for one in names], cell.file, cell.line)

    @staticmethod
    def _both(row: Row, key: str) -> Node | None:
        """A text in both languages, from the columns ``key.th`` and ``key.en``; None when neither is filled."""
        given = {language: row.cells.get(f"{key}.{language}" if key else language) for language in ("th", "en")}
        filled = {language: node for language, node in given.items() if node is not None}
        if not filled:
            return None
        first = next(iter(filled.values()))
        return Node(filled, first.file, first.line, {language: node.line for language, node in filled.items()})

    def _entry(self, row: Row, *texts: str, leave: tuple[str, ...] = ()) -> Node:
        """A row as a map: texts put together, origin as provenance, what is left out for the caller to place."""
        node = Node({}, row.at.file, row.at.line)
        for key, cell in row.cells.items():
            if key in ("replaces", "accepts", "formerly"):
                self._put(node, key, self._ids(cell))
            elif "." not in key and key not in ("origin", "source", *leave):
                self._put(node, key, cell)
        for key in texts:
            both = self._both(row, key)
            if both is not None:
                self._put(node, key, both)
        origin = self._origin(row)
        if origin is not None:
            self._put(node, "provenance", origin)
        return node

    def _origin(self, row: Row) -> Node | None:
        found = {"kind": row.cells.get("origin"), "source": row.cells.get("source"), "note": self._both(row, "note")}
        filled = {key: node for key, node in found.items() if node is not None}
        if not filled:
            return None
        first = next(iter(filled.values()))
        return Node(filled, first.file, first.line, {key: node.line for key, node in filled.items()})

    def _sources(self) -> Node:
        node = self._list("sources", [])
        node.value = {}
        for row in self.rows.get("sources", ()):
            key = row.text("key")
            if key in node.value:
                th, en = f"รหัส “{quoted(key)}” ซ้ำ", f"the key “{quoted(key)}” stands twice"
                self.mistakes.append(Mistake(row.at.file, row.at.line, th, en))
            self._put(node, key, self._entry(row, "title", leave=("key",)))
        return node

    def _criteria(self, top: Node) -> Node:
        made = []
        for row in self.rows.get("criteria", ()):
            one = self._scored(row, "title", "text", "guidance")
            self._put(one, "evidence", Node([], row.at.file, row.at.line))
            made.append(one)
        criteria = dict(self.marked)
        for row in self.rows.get("sub_items", ()):
            owner = self._owner(row, "criterion", criteria)
            sub = self._scored(row, "title", "text", leave=("criterion",))
            if owner is not None:
                self._append(owner.value["scoring"], "sub_items", sub)
        for row in self.rows.get("evidence", ()):
            owner = self._owner(row, "criterion", criteria)
            if owner is not None:
                owner.value["evidence"].value.append(self._entry(row, "title", leave=("criterion",)))
        for row in self.rows.get("bands", ()):
            owner = self._owner(row, "of", self.marked)
            if owner is not None:
                self._append(owner.value["scoring"], "bands", self._entry(row, "text", leave=("of",)))
        self._questions(criteria)
        return self._list("criteria", made)

    def _questions(self, criteria: dict[str, Node]) -> None:
        """Questions of criteria, then the columns of those that are tables, then what each may be answered with."""
        rows = self.rows.get("questions", ())
        known: dict[str, Node] = {}
        for row in rows:
            if row.text("of") in criteria:
                one = known[row.text("id")] = self._question(row)
                self._append(criteria[row.text("of")], "questions", one)
        tables = dict(known)
        for row in rows:
            if row.text("of") not in criteria and (owner := self._owner(row, "of", tables)) is not None:
                one = known[f"{row.text('of')}/{row.text('id')}"] = self._question(row)
                self._append(owner, "columns", one)
        for row in self.rows.get("options", ()):
            owner = self._owner(row, "of", known)
            if owner is not None:
                self._append(owner, "options", self._entry(row, "title", leave=("of",)))

    def _question(self, row: Row) -> Node:
        node = self._entry(row, "title", "hint", "unit", leave=("of",))
        when = {key: row.cells.get(f"applies_when.{key}") for key in ("question", "one_of")}
        given = {key: cell if key == "question" else self._ids(cell) for key, cell in when.items() if cell is not None}
        if given:
            first = next(iter(given.values()))
            lines = {key: one.line for key, one in given.items()}
            self._put(node, "applies_when", Node(given, first.file, first.line, lines))
        return node

    def _scored(self, row: Row, *texts: str, leave: tuple[str, ...] = ()) -> Node:
        node = self._entry(row, *texts, leave=("scoring", "step", *leave))
        scoring = Node({}, row.at.file, row.at.line)
        for key, name in (("scoring", "type"), ("step", "step")):
            if key in row.cells:
                self._put(scoring, name, row.cells[key])
        self._put(node, "scoring", scoring)
        known = self.marked.setdefault(row.text("id"), node)
        if known is not node and "id" in row.cells:  # told here, for a schema that is not met would hide it
            self.mistakes += standard_checks.repeated([known, node])
        return node

    def _append(self, owner: Node, key: str, entry: Node) -> None:
        if key not in owner.value:
            self._put(owner, key, Node([], entry.file, entry.line))
        owner.value[key].value.append(entry)

    def _owner(self, row: Row, key: str, known: dict[str, Node]) -> Node | None:
        """What the row belongs to; a mistake when there is no such thing."""
        name, cell = row.text(key), row.cells.get(key, row.at)
        if name not in known or not name:
            th, en = f"ไม่มีรหัส “{quoted(name)}”", f"there is nothing with the id “{quoted(name)}”"
            self.mistakes.append(Mistake(cell.file, cell.line, th, en))
            return None
        return known[name]

    def _rubrics(self) -> dict[str, Node]:
        made: dict[str, Node] = {}
        for row in self.rows.get("rubrics", ()):
            name = row.text("id")
            band = self._entry(row, "text", leave=("id",))
            origin = band.value.pop("provenance", None)
            if name not in made:
                made[name] = Node({}, row.at.file, row.at.line)
                if "id" in row.cells:
                    self._put(made[name], "id", row.cells["id"])
            self._append(made[name], "bands", band)
            if origin is not None:
                self._put(made[name], "provenance", origin)
        return made

    def _origin_of_field(self, row: Row, top: Node, rubrics: dict[str, Node]) -> None:
        name, field, origin = row.text("of"), row.text("field"), self._origin(row)
        known = {"": top, **self.marked, **{f"{RUBRIC}{key}": one for key, one in rubrics.items()}}
        owner = known.get(name)
        if owner is None or not field or origin is None:
            th, en = "ต้องระบุรหัสที่มีอยู่ ช่อง และที่มา", "needs a known id, a field and an origin"
            self.mistakes.append(Mistake(row.at.file, row.at.line, th, en))
            return
        provenance = owner.value.get("provenance")
        if provenance is None:
            return  # the schema asks for it
        if "fields" not in provenance.value:
            self._put(provenance, "fields", Node({}, origin.file, origin.line))
        self._put(provenance.value["fields"], field, origin)
