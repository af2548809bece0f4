"""Which surveys an actor may see, and which of them wait for their office."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from saduak.kernel import clock
from saduak.kernel.shortcodes import read_code, spelled
from saduak.kernel.waiting import Waiting
from saduak.packs import queries as packs
from saduak.packs.asking import Form
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.queries import ancestors_paths, path_end
from saduak.people.roles import OFFICE_ROLES
from saduak.surveys import policy
from saduak.surveys.models import AnsweredBy, Survey
from saduak.surveys.queries.answers import answered
from saduak.thai.text import fold

MOST_WAITING = 20
MOST_OFFICES = 200  # of one person; whoever covers more answers from each office's own page


def surveys(actor: Actor) -> QuerySet[Survey]:
    """Surveys the actor may know of, the newest first: those that ask something at, above or below their organisation;
    the secretariat and the auditor all."""
    found = Survey.objects.select_related("pack", "top", "round").order_by("-opens_at", "-id")
    if actor.has(*policy.READERS):
        return found
    if not (actor.has(*OFFICE_ROLES) and actor.path):
        return found.none()
    below = Q(top__path__gte=actor.path, top__path__lt=path_end(actor.path))
    return found.filter(below | Q(top__path__in=[*ancestors_paths(actor.path), actor.path]))


def by_code(code: str, actor: Actor) -> Survey:
    """One survey by its public code. Raises Survey.DoesNotExist, also for those who may not know of it."""
    return surveys(actor).get(code=code)


def by_link(typed: str) -> Survey:
    """The survey for anybody behind its short link, however it is typed. Raises Survey.DoesNotExist."""
    return Survey.objects.select_related("pack", "top", "round").get(
        link=read_code(typed) or None, answered_by=AnsweredBy.ANYBODY
    )


def address(survey: Survey) -> str:
    """The whole address of a survey for anybody, as its QR code holds it."""
    return f"{settings.BASE_URL}{reverse('survey:public', args=[str(survey.link).lower()])}"


def printed(survey: Survey) -> str:
    """The same as it is printed for people who type: "gecc.example.go.th/s/K7Q-53X8"."""
    return f"{urlsplit(settings.BASE_URL).netloc}/s/{spelled(str(survey.link))}"


def lock(code: str, *, actor: Actor) -> Survey:
    """The survey, held until the transaction ends. Raises Survey.DoesNotExist, also for a stranger."""
    found = Survey.objects.select_for_update(of=("self",)).select_related("pack", "top", "round")
    return found.get(code=code, pk__in=surveys(actor).filter(code=code).order_by().values("pk"))


def form(survey: Survey) -> Form:
    """The questions, as the pack was published."""
    return packs.form(survey.pack)


def own_offices(survey: Survey, actor: Actor) -> QuerySet[Organisation]:
    """The actor's own office and its service centres, as far as the survey asks them (`policy.own`)."""
    if survey.for_anybody or not actor.has(*OFFICE_ROLES) or not actor.path:
        return people.organisations().none()
    top = survey.top.path
    return _own(actor).filter(path__gte=top, path__lt=path_end(top), kind__in=survey.for_kinds)


def own_centres(actor: Actor) -> list[Organisation]:
    """The service centres of the actor's own office, or the centre itself."""
    return list(_own(actor).filter(kind=Kind.CENTRE)[:MOST_OFFICES]) if actor.path else []


def _own(actor: Actor) -> QuerySet[Organisation]:
    """The same as `policy.own`, in the database."""
    depth = len(actor.path) // Organisation.steplen
    return people.subtree(actor.path).filter(Q(path=actor.path) | Q(kind=Kind.CENTRE, depth=depth + 1))


def waiting_for(actor: Actor) -> list[Waiting]:
    """Open surveys that an office of the actor's has not answered; three queries, however many surveys and offices."""
    if not actor.has(*policy.ANSWERERS):
        return []
    now = clock.now()
    found = surveys(actor).filter(state="OPEN", opens_at__lte=now, closes_at__gt=now)
    running = list(found.filter(answered_by=AnsweredBy.ORGANISATION).order_by("closes_at", "pk")[:MOST_WAITING])
    if not running:
        return []
    offices = list(_own(actor).filter(kind__in={kind for one in running for kind in one.for_kinds})[:MOST_OFFICES])
    done = answered([one.pk for one in running], offices=[one.pk for one in offices])
    return [
        Waiting(
            survey.title,
            reverse("surveys:answer", args=[survey.code, office.code]),
            _("answer the survey for %(office)s") % {"office": office.name},
            until=survey.closes_at,
            since=survey.opens_at,
        )
        for survey in running
        for office in offices
        if office.kind in survey.for_kinds
        and office.path.startswith(survey.top.path)
        and (survey.pk, office.pk) not in done
    ][:MOST_WAITING]


def search(text: str, actor: Actor, *, limit: int = 20) -> list[tuple[str, object, str, str]]:
    """(title, kind of thing, address, note) of surveys whose title or code contains the words."""
    words = fold(text).split()
    hits = []
    for survey in surveys(actor)[:200]:
        within = fold(f"{survey.pack.title_th} {survey.pack.title_en} {survey.code}")
        if words and all(word in within for word in words):
            said = str(survey.status.label)
            hits.append(
                (survey.title, _("Survey"), reverse("surveys:detail", args=[survey.code]), f"{survey.code} · {said}")
            )
        if len(hits) == limit:
            break
    return hits
