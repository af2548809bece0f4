"""The public register: reading only, and only what has been published. Who asks makes no difference."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from saduak.certificates import provinces
from saduak.certificates import queries as certificates
from saduak.certificates.models import Certificate
from saduak.certificates.standing import standing
from saduak.directory.filters import ORDERS, Filters
from saduak.kernel import clock
from saduak.packs import queries as packs
from saduak.packs.standard import Level
from saduak.people import queries as people
from saduak.people.models import Kind, Organisation
from saduak.rounds.models import Round

PER_PAGE = 50
OFFICES = (Kind.MINISTRY, Kind.DEPARTMENT, Kind.STATE_ENTERPRISE)
_SHOWN = (
    "number", "centre__code", "centre_name_th", "centre_name_en", "office_name_th", "office_name_en", "level", "level_name_th",
    "level_name_en", "province_code", "fiscal_year", "valid_from", "valid_to", "state", "latest",
)  # fmt: skip


def register(filters: Filters) -> QuerySet[Certificate]:
    """The newest certificate of each centre, narrowed and ordered as asked. A centre stands once, however often renewed."""
    found = certificates.published().filter(latest=True)
    if filters.stands != "ALL":
        found = found.filter(certificates.with_standing(filters.stands, clock.today()))
    if filters.q:
        found = found.filter(certificates.matching(filters.q))
    if filters.province:
        found = found.filter(province_code=filters.province)
    if filters.level:
        found = found.filter(level=filters.level)
    if filters.year:
        found = found.filter(fiscal_year=filters.year)
    if filters.office:
        path = Organisation.objects.filter(code=filters.office).values_list("path", flat=True).first()
        found = found.filter(centre__path__gte=path, centre__path__lt=people.path_end(path)) if path else found.none()
    return found.order_by(*ORDERS[filters.order][1])


def leaf(filters: Filters, number: object) -> tuple[Page, list[dict[str, Any]]]:
    """A page of the register: the page (its items are keys), and its lines as plain values, each with `stands`, its
    standing of today.

    First the keys, which stand in an index in the order asked for; then fifty lines by their keys. Where every
    certificate has to be looked at anyway, this is done once, and not again for counting.
    """
    keys = register(filters).values_list("pk", flat=True)
    page = Paginator(list(keys) if filters.q or filters.office or filters.level else keys, PER_PAGE).get_page(number)
    place = {pk: n for n, pk in enumerate(page.object_list)}
    lines = sorted(Certificate.objects.filter(pk__in=place).values("pk", *_SHOWN), key=lambda line: place[line["pk"]])
    today = clock.today()
    for line in lines:
        line["stands"] = standing(line["state"], line["valid_to"], succeeded=not line["latest"], today=today)
    return page, lines


@dataclass(frozen=True)
class Choices:
    """What one can narrow by. offices: (code, Thai name, English name, kind) in order of the tree."""

    levels: list[Level]
    years: list[int]
    offices: list[tuple[str, str, str, str]]


def choices() -> Choices:
    """Two queries; standards are kept by their hash, so their content is not read again."""
    rounds = list(
        Round.objects.filter(is_practice=False)
        .select_related("standard_pack")
        .only("fiscal_year", "standard_pack__sha256", "standard_pack__kind")
        .order_by("-fiscal_year")
    )
    levels = {level.code: level for one in rounds for level in packs.standard(one.standard_pack).levels}
    offices = people.organisations().filter(kind__in=OFFICES).values_list("path", "code", "name_th", "name_en", "kind")
    return Choices(
        list(reversed(levels.values())),
        list(dict.fromkeys(one.fiscal_year for one in rounds)),
        # Sorted here: told to sort by path, SQLite with statistics reads the whole tree instead of its offices.
        [(code, thai, english, kind) for _path, code, thai, english, kind in sorted(offices.order_by())],
    )


def centre(code: str) -> Organisation:
    """A centre that has, or had, a certificate. Raises Organisation.DoesNotExist for any other: who applies is not public."""
    return Organisation.objects.get(code=code, kind=Kind.CENTRE, pk__in=certificates.published().values("centre_id"))


def history(centre: Organisation) -> list[Certificate]:
    """Everything that was ever issued to the centre, newest first: also what expired or was revoked."""
    found = certificates.published().filter(centre=centre).select_related("succeeds")
    return list(found.defer("reason_text", "credential", "search").order_by("-valid_from", "-pk"))


@dataclass(frozen=True)
class Figures:
    """Counts of valid certificates, for the map and its table."""

    provinces: list[tuple[str, str, int]]  # code, name in the reader's language, count
    levels: list[tuple[str, int]]
    years: list[tuple[int, int]]
    standings: dict[str, int]

    @property
    def total(self) -> int:
        return self.standings["VALID"]


def figures(language: str) -> Figures:
    """How many are valid, by province, level and year; how many are not, and why."""
    today = clock.today()
    public = certificates.published()
    valid = public.filter(certificates.with_standing("VALID", today))
    counted = dict(valid.values_list("province_code").annotate(n=Count("pk")).order_by())
    name = f"level_name_{language}"
    return Figures(
        provinces=sorted(
            ((code, names[language], counted.get(code, 0)) for code, names in provinces.names().items()),
            key=lambda row: (-row[2], row[0]),
        ),
        levels=list(valid.values_list(name).annotate(n=Count("pk")).order_by("-n")),
        years=list(valid.values_list("fiscal_year").annotate(n=Count("pk")).order_by("-fiscal_year")),
        standings={
            code: public.filter(certificates.with_standing(code, today)).count()
            for code in ("VALID", "DUE", "EXPIRED", "SUSPENDED", "REVOKED")
        },
    )


def open_lines(filters: Filters) -> Iterator[dict[str, Any]]:
    """Every line that fits, one after the other, with ministry and department from the tree of today.

    What day it is and what fits is settled at once; the lines are read while they are sent.
    """
    above = {path: (kind, thai) for path, kind, thai in _bodies()}
    found, today = register(filters).values(*_SHOWN, "centre__path"), clock.today()
    return (_open(row, above, today) for row in found.iterator(chunk_size=500))


def _bodies() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind__in=OFFICES).values_list("path", "kind", "name_th")


def _open(row: dict[str, Any], above: dict[str, tuple[str, str]], today: date) -> dict[str, Any]:
    bodies = {
        kind: thai for path in people.ancestors_paths(row["centre__path"]) for kind, thai in [above.get(path, ("", ""))]
    }
    stands = standing(row["state"], row["valid_to"], succeeded=not row["latest"], today=today)
    return {
        "number": row["number"],
        "status": stands.code,
        "centre_code": row["centre__code"],
        "centre_th": row["centre_name_th"],
        "centre_en": row["centre_name_en"],
        "office_th": row["office_name_th"],
        "office_en": row["office_name_en"],
        "department_th": bodies.get(Kind.DEPARTMENT, bodies.get(Kind.STATE_ENTERPRISE, "")),
        "ministry_th": bodies.get(Kind.MINISTRY, ""),
        "province_code": row["province_code"],
        "province_th": provinces.name(row["province_code"], "th"),
        "province_en": provinces.name(row["province_code"], "en"),
        "level": row["level"],
        "level_th": row["level_name_th"],
        "level_en": row["level_name_en"],
        "fiscal_year_be": row["fiscal_year"],
        "valid_from": row["valid_from"].isoformat(),
        "valid_to": row["valid_to"].isoformat(),
    }
