"""Lines that are service centres of offices."""

from django.utils.translation import gettext_noop

from saduak.people import policy
from saduak.people.actor import Actor
from saduak.people.importing.lines import Line, twice
from saduak.people.importing.organisations import KEPT, compare
from saduak.people.models import Kind, Organisation


def check(lines: list[Line], *, by: Actor) -> None:
    """A centre without a code is new below its office; one with a code is corrected where a cell is filled."""
    twice(lines, "code")
    offices = {line.cells.get("parent", "") for line in lines}
    codes = {line.cells.get("code", "") for line in lines}
    known = {o.code: o for o in Organisation.objects.only("pk", *KEPT).filter(code__in=offices | codes)}
    paths = [known[code].path for code in offices if code in known]
    standing = {
        (o.path[: -Organisation.steplen], o.name_th)
        for o in Organisation.objects.filter(kind=Kind.CENTRE, closed_on=None).only("path", "name_th", "code")
        if o.path[: -Organisation.steplen] in paths
    }
    named: dict[tuple[str, str], int] = {}
    for line in lines:
        line.code, office = line.cells.get("code", ""), line.cells.get("parent", "")
        line.values = {
            "name_th": line.text("name_th", 300),
            "name_en": line.text("name_en", 300),
            "opened_on": line.day("opened_on"),
            **line.place(),
        }
        line.label = line.values["name_th"] or line.code
        above = known.get(office)
        if not office:
            line.wrong(gettext_noop("The code of the office is missing."))
        elif above is None:
            line.wrong(gettext_noop("There is no organisation with the code %(code)s."), code=office)
        elif above.closed_on:
            line.wrong(gettext_noop("%(code)s has been closed."), code=office)
        else:
            allowed = policy.may_register_centre(by, above)
            if not allowed:
                line.refused(allowed)
        if line.code:
            _known(line, known.get(line.code), above)
            continue
        if not line.values["name_th"]:
            line.wrong(gettext_noop("The Thai name is missing."))
        if above is None or line.act == "wrong":
            continue
        place = (above.path, line.values["name_th"])
        if place in standing:
            line.wrong(
                gettext_noop("%(parent)s already has a centre of this name. To correct it, give its code."),
                parent=office,
            )
        elif place in named:
            line.wrong(gettext_noop("Row %(row)s has the same name below the same office."), row=named[place])
        named.setdefault(place, line.number)
        line.values |= {
            "kind": Kind.CENTRE.value,
            "parent": office,
            "province_code": above.province_code,
            "district_code": above.district_code,
        }


def _known(line: Line, standing: Organisation | None, office: Organisation | None) -> None:
    if standing is None or standing.kind != Kind.CENTRE:
        line.wrong(
            gettext_noop(
                "There is no centre with the code %(code)s. Leave the code of a new centre empty: it is given one."
            ),
            code=line.code,
        )
    elif office and standing.path[: -Organisation.steplen] != office.path:
        line.wrong(gettext_noop("%(code)s belongs to another office. A file moves nothing."), code=line.code)
    elif standing.closed_on:
        line.wrong(gettext_noop("%(code)s has been closed."), code=line.code)
    else:
        compare(line, standing)
