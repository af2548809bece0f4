"""Lines that are organisations of the tree of command."""

import re

from django.utils.translation import gettext_noop

from saduak.people import policy
from saduak.people.actor import Actor
from saduak.people.importing.columns import KIND_WORDS, code_of
from saduak.people.importing.lines import Line, twice
from saduak.people.models import Kind, Organisation

CHANGEABLE = (
    "name_th", "name_en", "province_code", "district_code", "letter_prefix", "head_title_th", "address_th", "phone",
    "email", "latitude", "longitude", "opened_on",
)  # fmt: skip
KEPT = (*CHANGEABLE, "code", "kind", "path", "depth", "closed_on")


def check(lines: list[Line], *, by: Actor) -> None:
    """New codes are added below their parent, known ones changed where a cell is filled; nothing is moved or closed."""
    policy.may_import(by).require()
    twice(lines, "code")
    known = {o.code: o for o in Organisation.objects.only("pk", *KEPT)}
    parents = {o.path: o.code for o in known.values()}
    new = {line.cells.get("code", ""): line for line in lines if line.cells.get("code", "") not in known}
    siblings = {(o.path[: -Organisation.steplen], o.name_th) for o in known.values() if o.closed_on is None}
    named: dict[tuple[str, str], int] = {}
    for line in lines:
        _read(line)
        code, parent = line.code, line.cells.get("parent", "")
        standing = known.get(code)
        if standing:
            above = parents.get(standing.path[: -Organisation.steplen], "")
            if parent and parent != above:
                line.wrong(gettext_noop("%(code)s stands below %(above)s. A file adds and corrects; it moves nothing."), code=code, above=above or "–")  # fmt: skip
            if line.values["kind"] and line.values["kind"] != standing.kind:
                line.wrong(gettext_noop("%(code)s is of the kind “%(kind)s”, and a file does not change that."), code=code, kind=standing.kind)  # fmt: skip
            if standing.closed_on:
                line.wrong(gettext_noop("%(code)s has been closed."), code=code)
            compare(line, standing)
            continue
        _new(line, known, new)
        if line.act == "wrong":
            continue
        place = (known[parent].path if parent in known else parent, line.values["name_th"])
        if place in siblings:
            line.wrong(gettext_noop("%(parent)s already has an organisation of this name."), parent=parent)
        elif place in named:
            line.wrong(gettext_noop("Row %(row)s has the same name below the same office."), row=named[place])
        named.setdefault(place, line.number)
    _spread(lines, new)


def _read(line: Line) -> None:
    line.code = line.text("code", 40)
    line.label = line.cells.get("name_th", "") or line.code
    kind = code_of(KIND_WORDS, line.cells.get("kind", ""))
    if line.cells.get("kind") and not kind:
        line.wrong(gettext_noop("“%(value)s” is no kind of organisation. Look at the second sheet of the template."), value=line.cells["kind"])  # fmt: skip
    if not line.code:
        line.wrong(gettext_noop("The code is missing."))
    elif not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}", line.code):
        line.wrong(
            gettext_noop("“%(value)s”: a code has only Latin letters, digits, points and hyphens."), value=line.code
        )
    line.values = {
        "code": line.code,
        "kind": kind,
        "name_th": line.text("name_th", 300),
        "name_en": line.text("name_en", 300),
        "province_code": line.digits("province_code", 2),
        "district_code": line.digits("district_code", 4),
        "letter_prefix": line.text("letter_prefix", 40),
        "head_title_th": line.text("head_title_th", 200),
        "opened_on": line.day("opened_on"),
        **line.place(),
    }


def _new(line: Line, known: dict[str, Organisation], new: dict[str, Line]) -> None:
    parent = line.cells.get("parent", "")
    if not line.values["kind"] and not line.cells.get("kind"):
        line.wrong(gettext_noop("The kind is missing."))
    if not line.values["name_th"]:
        line.wrong(gettext_noop("The Thai name is missing."))
    if line.values["kind"] == Kind.SECRETARIAT:
        line.wrong(gettext_noop("There is one secretariat, and it stands already."))
    if not parent:
        line.wrong(gettext_noop("The code of the office above is missing."))
    elif parent in known:
        above = known[parent]
        if above.closed_on:
            line.wrong(gettext_noop("%(code)s has been closed."), code=parent)
        if above.kind == Kind.CENTRE:
            line.wrong(gettext_noop("%(code)s is a service centre; nothing stands below one."), code=parent)
        line.values["province_code"] = line.values["province_code"] or above.province_code
        line.values["district_code"] = line.values["district_code"] or above.district_code
    elif parent not in new:
        line.wrong(gettext_noop("There is no organisation with the code %(code)s, here or in the file."), code=parent)
    line.values["parent"] = parent


def _spread(lines: list[Line], new: dict[str, Line]) -> None:
    """A line whose parent in the file cannot be taken in cannot either; nor can a ring of lines."""
    standing = {code for code, line in new.items() if line.act != "wrong" and line.values.get("parent") not in new}
    waiting = [line for line in new.values() if line.act != "wrong" and line.code not in standing]
    while True:
        ready = [line for line in waiting if line.values["parent"] in standing]
        if not ready:
            break
        for line in ready:  # what is left empty is as in the office above, which stands in the file, too
            for key in ("province_code", "district_code"):
                line.values[key] = line.values[key] or new[line.values["parent"]].values[key]
        standing |= {line.code for line in ready}
        waiting = [line for line in waiting if line.code not in standing]
    for line in waiting:
        line.wrong(
            gettext_noop(
                "The office above, %(code)s, cannot be taken in (see its row), or the rows point at each other."
            ),
            code=line.values["parent"],
        )


def compare(line: Line, standing: Organisation) -> None:
    """What the filled cells would change of what stands."""
    filled = {key: line.values[key] for key in CHANGEABLE if line.values.get(key) not in ("", None)}
    line.values = {key: value for key, value in filled.items() if getattr(standing, key) != value}
    line.before = {key: getattr(standing, key) for key in line.values}
    line.label = line.label if line.label != line.code else standing.name_th
    if line.act != "wrong":
        line.act = "change" if line.values else "same"
