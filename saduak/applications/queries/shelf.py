"""The shelf of an office: every file that its own applications hold or held, once for each content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, Max, Q, QuerySet, TextField
from django.db.models.functions import Cast

from saduak.applications import ageing
from saduak.applications.models import Application, Evidence, Submission
from saduak.applications.queries.drafts import _uuid, item_titles, standard
from saduak.applications.queries.visible import own
from saduak.files.models import Scan, StoredFile
from saduak.kernel import clock
from saduak.packs import queries as packs
from saduak.packs.models import PublishedPack
from saduak.people.actor import Actor
from saduak.people.models import Organisation

HOLDS, ENDED, OLD, UNUSABLE = "holds", "ended", "old", "unusable"


@dataclass(frozen=True)
class ShelfFilters:
    """What the shelf is narrowed to; "" means no limit. state: holds, ended, old (older than its standard allows), unusable."""

    q: str = ""
    year: str = ""
    centre: str = ""
    item: str = ""
    state: str = ""


@dataclass
class Use:
    """One piece of evidence that is this file. titles: of its criteria, in the reader's language."""

    piece: Evidence
    titles: list[str]
    marks: ageing.Marks
    handed_in: bool = False


@dataclass
class OnShelf:
    """One content and where the office uses it, the newest use first; `piece` is the newest that stands, else the newest."""

    stored: StoredFile
    uses: list[Use] = field(default_factory=list)

    @property
    def piece(self) -> Evidence:
        return next((one.piece for one in self.uses if one.piece.removed_at is None), self.uses[0].piece)

    @property
    def marks(self) -> ageing.Marks:
        return next(one.marks for one in self.uses if one.piece == self.piece)

    @property
    def standing(self) -> int:
        return sum(1 for one in self.uses if one.piece.removed_at is None)


def shelf(actor: Actor, wanted: ShelfFilters | None = None) -> QuerySet:
    """Rows {"sha256", "last"} of the contents the actor's own applications hold, newest first; for a Paginator."""
    found = _own_files(actor)
    wanted = wanted or ShelfFilters()
    for word in wanted.q.split()[:6]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(shows__icontains=word)
            | Q(stored__name__icontains=word)
            | Q(stored__sha256__startswith=word.lower())
        )
    if wanted.year.isdigit():
        found = found.filter(application__round__fiscal_year=int(wanted.year[:4]))
    if wanted.centre:
        found = found.filter(application__centre__code=wanted.centre)
    if wanted.item:
        found = found.annotate(listed=Cast("items", TextField())).filter(listed__contains=f'"{wanted.item}"')
    today = clock.today()
    if wanted.state == HOLDS:
        found = found.exclude(stored__scan=Scan.INFECTED).filter(Q(holds_to=None) | Q(holds_to__gte=today))
    elif wanted.state == ENDED:
        found = found.filter(holds_to__lt=today)
    elif wanted.state == UNUSABLE:
        found = found.filter(stored__scan=Scan.INFECTED)
    elif wanted.state == OLD:
        found = found.annotate(listed=Cast("items", TextField())).filter(_old(found, today))
    return found.values(sha256=F("stored__sha256")).annotate(last=Max("pk")).order_by("-last")


def on_shelf(actor: Actor, hashes: Iterable[str]) -> list[OnShelf]:
    """The contents with these hashes, in that order, with all their uses; those that are not the actor's are left out."""
    order = list(hashes)
    pieces = _own_files(actor).filter(stored__sha256__in=order)
    pieces = pieces.select_related(
        "stored", "application__centre", "application__round__standard_pack", "application__round__profile_pack"
    ).order_by("-pk")
    found: dict[str, OnShelf] = {}
    titles: dict[int, dict[str, str]] = {}  # by round: its standard and its form say them
    today = clock.today()
    for piece in pieces:
        assert piece.stored is not None
        rule = standard(piece.application)
        known = titles.get(piece.application.round_id) or item_titles(piece.application)
        titles[piece.application.round_id] = known
        entry = found.setdefault(piece.stored.sha256, OnShelf(piece.stored))
        said = [known.get(item, item) for item in piece.items]
        entry.uses.append(Use(piece, said, ageing.marks(rule, piece, today, today, _day)))
    return [found[one] for one in order if one in found]


def shelf_sha256(actor: Actor, public_id: str) -> str:
    """The hash of the file behind one of the actor's own pieces. Raises StoredFile.DoesNotExist."""
    found = _own_files(actor).filter(uuid=_uuid(public_id)).values_list("stored__sha256", flat=True).first()
    if found is None:
        raise StoredFile.DoesNotExist
    return str(found)


def one_on_shelf(actor: Actor, sha256: str) -> OnShelf:
    """One content, with what was handed in told at each use. Raises StoredFile.DoesNotExist when it is not the actor's."""
    found = on_shelf(actor, [sha256])
    if not found:
        raise StoredFile.DoesNotExist
    kept = _handed_in({one.piece.application_id for one in found[0].uses})
    for one in found[0].uses:
        one.handed_in = one.piece.public_id in kept
    return found[0]


def shelf_years(actor: Actor) -> list[int]:
    """Fiscal years of the actor's own applications, newest first."""
    years = own(actor).values_list("round__fiscal_year", flat=True).order_by("-round__fiscal_year").distinct()
    return list(years)


def shelf_centres(actor: Actor) -> list[Organisation]:
    """Centres with applications of the actor's own, at most 200, by name."""
    wanted = own(actor).values("centre_id")
    return list(Organisation.objects.filter(pk__in=wanted).order_by("name_th")[:200])


def shelf_items(actor: Actor) -> list[tuple[str, str]]:
    """(id, number and title) of the criteria of the newest standard that the actor's own applications are made by."""
    newest = (
        own(actor)
        .select_related("round__standard_pack", "round__profile_pack")
        .order_by("-round__fiscal_year", "-pk")
        .first()
    )
    if newest is None:
        return []
    titles = item_titles(newest)
    return [(one.id, titles[one.id]) for one in standard(newest).criteria]


def _own_files(actor: Actor) -> QuerySet[Evidence]:
    return Evidence.objects.filter(application__in=own(actor), stored__isnull=False).order_by()


def _handed_in(applications: Iterable[int]) -> set[str]:
    contents = Submission.objects.filter(application_id__in=list(applications)).values_list("content", flat=True)
    return {piece["id"] for content in contents for piece in content["evidence"]}


def _old(found: QuerySet[Evidence], today: date) -> Q:
    """Older than the standard of its round allows, as ageing.too_old says it, in SQL."""
    old = Q(pk=None)
    used = Application.objects.filter(evidence__in=found.values("pk")).values("round__standard_pack_id")
    for pack in PublishedPack.objects.filter(pk__in=used):
        by_months: dict[int, Q] = {}
        for criterion in packs.standard(pack).criteria:
            if criterion.evidence_age_months:
                serves = Q(listed__contains=f'"{criterion.id}"')
                by_months[criterion.evidence_age_months] = by_months.get(criterion.evidence_age_months, Q()) | serves
        for months, serves in by_months.items():
            limit = ageing.months_before(today, months)
            moment = datetime.combine(limit, datetime.min.time(), clock.BANGKOK)
            dated = Q(holds_from__lt=limit) | Q(holds_from=None, stored__created_at__lt=moment)
            still = Q(holds_to__gte=today)
            old |= Q(application__round__standard_pack=pack) & serves & dated & ~still
    return old


def _day(at: datetime) -> date:
    return at.astimezone(clock.BANGKOK).date()
