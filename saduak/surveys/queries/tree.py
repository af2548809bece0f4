"""Who has answered, branch by branch: invited, answered, begun, nothing yet. The database adds up."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.people import queries as people
from saduak.people.models import Organisation
from saduak.people.queries import path_end
from saduak.surveys.models import Response, Survey
from saduak.surveys.workflow import RESPONSE, SILENT
from saduak.thai.dates import format_datetime

COLUMNS = {
    "invited": pgettext_lazy("survey", "Asked"),
    "answered": pgettext_lazy("survey", "Answered"),
    "begun": pgettext_lazy("survey", "Begun"),
    "silent": pgettext_lazy("survey", "Nothing yet"),
}


@dataclass
class Branch:
    """One office with the sums of everything at or below it; state: of its own answer, None when it is not asked."""

    organisation: Organisation
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COLUMNS, 0))
    below: int = 0  # asked offices strictly below it

    @property
    def cells(self) -> list[tuple[Any, int]]:
        """(label, count) in the order of the columns."""
        return [(COLUMNS[key], many) for key, many in self.counts.items()]

    @property
    def share(self) -> int:
        """Percent of those asked who have answered, rounded down: 100 means everybody."""
        return self.counts["answered"] * 100 // self.counts["invited"] if self.counts["invited"] else 0


def offices(survey: Survey) -> QuerySet[Organisation]:
    """Every office that the survey asks, in order of the tree; what was closed meanwhile is no longer asked."""
    return people.subtree(survey.top.path).filter(kind__in=survey.for_kinds)


def _asked_below(survey: Survey, body: Organisation) -> QuerySet[Organisation]:
    first, last = body.path, path_end(body.path)
    return offices(survey).filter(path__gte=first, path__lt=last)


def total(survey: Survey, body: Organisation) -> Branch:
    """The sums of a body and everything below it; two queries."""
    return _sums(survey, [body])[0]


def branches(survey: Survey, body: Organisation) -> list[Branch]:
    """The offices directly below a body with something asked at or below them, in order of the tree; three queries."""
    return [one for one in _sums(survey, list(people.below(body))) if one.counts["invited"]]


def _sums(survey: Survey, bodies: list[Organisation]) -> list[Branch]:
    """The sums of bodies of one depth."""
    if not bodies:
        return []
    found = {one.path: Branch(one) for one in bodies}
    length, first, last = len(bodies[0].path), min(found), path_end(max(found))
    asked = offices(survey).filter(path__gte=first, path__lt=last).order_by().annotate(at=Left("path", length))
    deeper = Count("pk", filter=Q(depth__gt=length // Organisation.steplen))
    for path, many, below in asked.values_list("at").annotate(many=Count("pk"), below=deeper):
        if path in found:
            found[path].counts["invited"], found[path].below = many, below
    given = Response.objects.filter(
        survey=survey,
        organisation__path__gte=first,
        organisation__path__lt=last,
        organisation__kind__in=survey.for_kinds,
        organisation__closed_on=None,
    )
    rows = given.order_by().annotate(at=Left("organisation__path", length)).values_list("at")
    counted = rows.annotate(done=Count("pk", filter=Q(state="HANDED_IN")), begun=Count("pk", filter=Q(state="DRAFT")))
    for path, done, begun in counted:
        if path in found:
            found[path].counts.update(answered=done, begun=begun)
    for one in found.values():
        one.counts["silent"] = one.counts["invited"] - one.counts["answered"] - one.counts["begun"]
    return [found[one.path] for one in bodies]


def own_state(survey: Survey, body: Organisation) -> Any:
    """The state of the body's own answer; None when it is not asked itself."""
    if not _asked_below(survey, body).filter(pk=body.pk).exists():
        return None
    state = Response.objects.filter(survey=survey, organisation=body).values_list("state", flat=True).first()
    return RESPONSE.states[state] if state else SILENT


def table(survey: Survey, body: Organisation) -> Iterator[list[Any]]:
    """Every asked office at or below a body and how far it is, for a spreadsheet: headings first. What it answered is not
    in it. Two queries and one more for each 2,000 offices."""
    yield [_("Code"), _("Name"), _("Kind"), _("Province code"), _("Office above"), _("State"), _("Handed in at")]
    given = Response.objects.filter(
        survey=survey, organisation__path__gte=body.path, organisation__path__lt=path_end(body.path)
    )
    stands = {pk: (state, at) for pk, state, at in given.values_list("organisation_id", "state", "handed_in_at")}
    names: dict[str, str] = {}
    for office in people.subtree(body.path).iterator(chunk_size=2000):
        names[office.path] = office.name
        if office.kind not in survey.for_kinds or not office.path.startswith(survey.top.path):
            continue
        state, at = stands.get(office.pk, ("", None))
        said = RESPONSE.states[state].label if state else SILENT.label
        yield [
            office.code, office.name, office.get_kind_display(), office.province_code,
            names.get(office.path[: -Organisation.steplen], ""), said, format_datetime(at, "short") if at else "",
        ]  # fmt: skip
