"""Reading certificates: what the public may know, what an office sees of its own, and who is to be invited again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.applications.models import Application
from saduak.certificates import numbers, provinces
from saduak.certificates.models import Certificate, Issuing, PublishedKey
from saduak.certificates.standing import UNKNOWN, standing
from saduak.kernel import clock
from saduak.kernel.waiting import Waiting
from saduak.people.actor import Actor
from saduak.people.queries import path_end
from saduak.people.roles import OFFICE_ROLES, Role
from saduak.statements import Statement
from saduak.thai.dates import fiscal_year, fiscal_year_bounds
from saduak.thai.text import fold

MOST_WORDS = 8
STALLED_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class Outcome:
    """What the public is told about a number.

    code: VALID, EXPIRED, SUSPENDED, REVOKED, SUCCEEDED or UNKNOWN; due: still valid, but it ends this fiscal year;
    since: when it was suspended or revoked; reason: its class (models.Reason); successor: number of the newer one.
    Everything but code and number is empty for UNKNOWN, where number is what was asked for.
    """

    code: str
    number: str
    due: bool = False
    centre_code: str = ""
    centre_name_th: str = ""
    centre_name_en: str = ""
    office_name_th: str = ""
    office_name_en: str = ""
    level: str = ""
    level_name_th: str = ""
    level_name_en: str = ""
    round_name_th: str = ""
    round_name_en: str = ""
    fiscal_year: int = 0
    valid_from: date | None = None
    valid_to: date | None = None
    issued_at: datetime | None = None
    since: datetime | None = None
    reason: str = ""
    successor: str = ""
    demonstration: bool = False

    @property
    def known(self) -> bool:
        return self.code != UNKNOWN.code


_TOLD = (
    "number", "centre_name_th", "centre_name_en", "office_name_th", "office_name_en", "level", "level_name_th", "level_name_en",
    "round_name_th", "round_name_en", "fiscal_year", "valid_from", "valid_to", "issued_at", "demonstration",
)  # fmt: skip


def published() -> QuerySet[Certificate]:
    """What exists for the public: everything issued, whatever became of it. There is no certificate before it is issued,
    and none can be issued before the results were released."""
    return Certificate.objects.all()


def check(number: str) -> Outcome:
    """What there is to say about a number, however it was typed: one indexed query, the same for a wrong one."""
    found = list(
        published()
        .filter(key=numbers.key(number))
        .values(*_TOLD, "state", "state_at", "reason", "centre__code", "successor__number")[:1]
    )
    if not found:
        return Outcome(UNKNOWN.code, number.strip()[: numbers.LONGEST])
    row = found[0]
    successor = row["successor__number"] or ""
    stands = standing(row["state"], row["valid_to"], succeeded=bool(successor), today=clock.today())
    moved = row["state"] != "VALID"
    return Outcome(
        code="VALID" if stands.code == "DUE" else stands.code,
        due=stands.code == "DUE",
        centre_code=row["centre__code"],
        since=row["state_at"] if moved else None,
        reason=row["reason"] if moved else "",
        successor=successor,
        **{name: row[name] for name in _TOLD},
    )


def due_in(year: int) -> QuerySet[Certificate]:
    """Certificates that end in the fiscal year (B.E.) and have no successor yet: the cohort to be invited."""
    first, last = fiscal_year_bounds(year)
    return (
        published()
        .filter(latest=True, valid_to__range=(first, last))
        .exclude(state="REVOKED")
        .select_related("centre")
        .order_by("valid_to", "sort_name")
    )


def due_years() -> list[tuple[int, int]]:
    """(fiscal year, how many end in it without successor) for every year in which any do, earliest first."""
    counts: dict[int, int] = {}
    rows = (
        published()
        .filter(latest=True)
        .exclude(state="REVOKED")
        .values("valid_to")
        .annotate(n=Count("pk"))
        .order_by("valid_to")
    )
    for row in rows:
        year = fiscal_year(row["valid_to"])
        counts[year] = counts.get(year, 0) + row["n"]
    return sorted(counts.items())


def visible_to(actor: Actor) -> QuerySet[Certificate]:
    """Which certificates an actor meets behind the sign-in: the secretariat all, an office those at and below it."""
    everything = Certificate.objects.all()
    if actor.has(Role.OFFICER, Role.AUDITOR, Role.COMMITTEE):
        return everything
    if actor.has(*OFFICE_ROLES) and actor.path:
        return everything.filter(centre__path__gte=actor.path, centre__path__lt=path_end(actor.path))
    return everything.none()


def with_standing(code: str, today: date) -> Q:
    """The filter that belongs to standing.standing(): VALID takes those due for renewal in, too."""
    latest = Q(latest=True) & ~Q(state="REVOKED")
    first, last = fiscal_year_bounds(fiscal_year(today))
    return {
        "VALID": latest & Q(state="VALID", valid_to__gte=today),
        "DUE": latest & Q(state="VALID", valid_to__gte=today, valid_to__range=(first, last)),
        "SUSPENDED": latest & Q(state="SUSPENDED", valid_to__gte=today),
        "EXPIRED": latest & Q(valid_to__lt=today),
        "SUCCEEDED": Q(latest=False) & ~Q(state="REVOKED"),
        "REVOKED": Q(state="REVOKED"),
    }[code]


def matching(text: str) -> Q:
    """Certificates whose number, centre or office holds every word; Thai digits, case and dashes do not matter."""
    wanted = Q()
    for word in fold(text).split()[:MOST_WORDS]:
        wanted &= Q(search__contains=word)
    return wanted


def listed(actor: Actor, *, q: str = "", standing: str = "", round: str = "") -> QuerySet[Certificate]:
    """What the actor may see, newest first, narrowed by what was asked for."""
    found = visible_to(actor).defer("reason_text", "credential", "search").order_by("-issued_at", "-pk")
    if q:
        found = found.filter(matching(q))
    if standing:
        found = found.filter(with_standing(standing, clock.today()))
    return found.filter(round__code=round) if round else found


def by_province(found: QuerySet[Certificate]) -> list[dict[str, Any]]:
    """Counts per province, the largest first: {label, value} as the component `bars` takes them."""
    language = "en" if get_language() == "en" else "th"
    rows = found.order_by().values("province_code").annotate(n=Count("pk")).order_by("-n", "province_code")
    return [{"label": provinces.name(row["province_code"], language) or "–", "value": row["n"]} for row in rows]


def with_application(found: Iterable[Certificate], year: int) -> list[tuple[Certificate, str]]:
    """Each certificate with the number of the application that its centre has handed in for that year's round, or ""."""
    certificates = list(found)
    handed_in = Application.objects.filter(
        centre_id__in=[one.centre_id for one in certificates],
        round__fiscal_year=year,
        round__is_practice=False,
        submitted_at__isnull=False,
    ).exclude(state="WITHDRAWN")
    numbers_of = dict(handed_in.values_list("centre_id", "number"))
    return [(one, numbers_of.get(one.centre_id, "")) for one in certificates]


def keys() -> QuerySet[PublishedKey]:
    """Every key that ever signed here, newest first."""
    return PublishedKey.objects.order_by("-first_used_at", "-pk")


def lock(number: str, *, actor: Actor) -> Certificate:
    """The certificate, held until the transaction ends. Raises Certificate.DoesNotExist, to strangers too."""
    return Certificate.objects.select_for_update().get(
        number=number, pk__in=visible_to(actor).filter(number=number).values("pk")
    )


def by_number(number: str, *, actor: Actor) -> Certificate:
    """One certificate as the actor may see it. Raises Certificate.DoesNotExist."""
    return visible_to(actor).select_related("centre", "round", "pdf", "succeeds", "application").get(number=number)


def chain(certificate: Certificate) -> QuerySet[Certificate]:
    """Every certificate of the same centre in the same programme, newest first."""
    return Certificate.objects.filter(centre_id=certificate.centre_id, programme=certificate.programme).order_by(
        "-valid_from", "-pk"
    )


def of_application(application_id: int) -> Certificate | None:
    """The certificate that an application led to, for the case file."""
    return Certificate.objects.filter(application_id=application_id).first()


def to_issue(round_id: int) -> QuerySet[Application]:
    """Applications of the round that were certified and have no certificate yet."""
    return Application.objects.filter(round_id=round_id, state="CERTIFIED", certificate=None).order_by("pk")


@dataclass(frozen=True)
class Progress:
    """How far a round's certificates are: done of total; run: the present or last press of the button, if any."""

    done: int
    waiting: int
    run: Issuing | None

    @property
    def total(self) -> int:
        return self.done + self.waiting

    @property
    def running(self) -> bool:
        return self.run is not None and self.run.finished_at is None

    @property
    def stalled(self) -> bool:
        """Nothing came out for a minute: the worker may have been stopped. Pressing again carries on."""
        return self.run is not None and self.running and clock.now() - self.run.moved_at > STALLED_AFTER


def progress(round_id: int) -> Progress:
    """How many certificates of the round are issued, and how many certified applications wait for theirs."""
    return Progress(
        done=Certificate.objects.filter(round_id=round_id).count(),
        waiting=to_issue(round_id).count(),
        run=Issuing.objects.filter(round_id=round_id).order_by("-pk").first(),
    )


def waiting_by_round() -> list[dict[str, Any]]:
    """Rounds with certified applications that have no certificate: {round__code, round__name_th, round__name_en, n}."""
    return [dict(zip((*ROUND, "n"), row, strict=True)) for row in WITHOUT.rows()]


ROUND = ("round__code", "round__name_th", "round__name_en")
WITHOUT = Statement(
    lambda at: (
        Application.objects.filter(state="CERTIFIED", certificate=None, round__is_practice=False)
        .order_by("round__code")
        .values_list(*ROUND)
        .annotate(n=Count("pk"))
    )
)


def waiting_for(actor: Actor) -> list[Waiting]:
    """An officer: certified centres without their certificate. A unit: its certificates that end this fiscal year, where
    it has not applied again."""
    if actor.has(Role.OFFICER):
        return [
            Waiting(
                title=row["round__name_en" if get_language() == "en" else "round__name_th"],
                url=f"/certificates/rounds/{row['round__code']}/",
                why=_("Certified centres wait for their certificate."),
                count=row["n"],
            )
            for row in waiting_by_round()
        ]
    if actor.has(Role.COORDINATOR, Role.HEAD):
        year = fiscal_year(clock.today())
        again = Application.objects.filter(round__fiscal_year__gte=year, round__is_practice=False).exclude(
            state__in=["NOT_READY", "REFUSED", "WITHDRAWN"]
        )
        due = (
            visible_to(actor)
            .filter(pk__in=due_in(year).values("pk"))
            .exclude(centre__in=again.values("centre"))
            .order_by("valid_to")[:20]
        )
        return [
            Waiting(
                title=one.centre_name,
                url=f"/certificates/{one.number}/",
                why=_("The certificate ends in this fiscal year: apply again."),
                until=end_of(one.valid_to),
            )
            for one in due
        ]
    return []


def end_of(last_day: date) -> datetime:
    """The first moment after a last day, in Bangkok."""
    after = last_day + timedelta(days=1)
    return clock.bangkok(after.year, after.month, after.day)
