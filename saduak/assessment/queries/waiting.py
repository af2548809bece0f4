"""What waits for a person in assessment, for the first page of the desk. At most four queries a role."""

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.applications.models import Application
from saduak.assessment.models import Case, Screening, Sheet
from saduak.assessment.queries import cases, readiness
from saduak.kernel.waiting import Waiting
from saduak.people.actor import Actor
from saduak.people.roles import OFFICE_ROLES, Role
from saduak.rounds.models import Window
from saduak.statements import Statement

MOST = 20


def waiting_for(actor: Actor) -> list[Waiting]:
    """Lines for the actor's role; nobody is told of a case in which they have a conflict."""
    if actor.has(Role.OFFICER):
        return _officer()
    if actor.has(Role.ASSESSOR):
        return _assessor(actor)
    if actor.has(Role.COMMITTEE):
        return _committee(actor)
    return _body(actor) if actor.role in OFFICE_ROLES else []


def _officer() -> list[Waiting]:
    # Three counts that are read off the indexes of states: with thousands of applications, joining each of them to its
    # screening and its case took as long as the rest of the page.
    waiting = dict(IN_HAND.rows())
    held = dict(HELD.rows()).get("DONE", 0)
    assigned = dict(ASSIGNED.rows())
    closing = dict(CLOSING.rows()) if waiting else {}
    lines = [
        (
            waiting.get("SUBMITTED", 0) - held,
            _("Applications to screen"),
            "assessment:screening",
            _("Check documents and evidence."),
            "SCREENING",
        ),
        (held, _("Results of screening that are held"), "assessment:readiness", _("Release readiness."), "SCREENING"),
        (
            waiting.get("READY", 0) - sum(assigned.values()),
            _("Ready applications without a team"),
            "assessment:assignments",
            _("Give them to teams."),
            "VISITS",
        ),
        (
            assigned.get("DECIDED", 0),
            _("Decided results that are held"),
            "assessment:results",
            _("Release the results."),
            "ANNOUNCEMENT",
        ),
    ]
    return [
        Waiting(title, reverse(name), why, until=closing.get(window), count=count)
        for count, title, name, why, window in lines
        if count
    ]


# state → how many: applications, screenings that are done, cases.
IN_HAND = Statement(
    lambda at: (
        Application.objects.filter(state__in=("SUBMITTED", "READY"))
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )
)
HELD = Statement(
    lambda at: (
        Screening.objects.filter(state="DONE", application__state="SUBMITTED")
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"))
    )
)
ASSIGNED = Statement(
    lambda at: Case.objects.filter(application__state="READY").order_by().values_list("state").annotate(n=Count("pk"))
)
# kind of window → when it closes, the earliest of the rounds that have applications in hand.
CLOSING = Statement(
    lambda at: (
        Window.objects.filter(
            Exists(Application.objects.filter(round=OuterRef("round"), state__in=("SUBMITTED", "READY")))
        )
        .order_by()
        .values_list("kind")
        .annotate(closes=Min("closes_at"))
    )
)


def _assessor(actor: Actor) -> list[Waiting]:
    seen = cases.visible_to(actor).exclude(state__in=["DECIDED", "RELEASED"])
    declared = Q(declarations__user_id=actor.user_id)
    handed_in = Q(pk__in=Sheet.objects.filter(user_id=actor.user_id, state="HANDED_IN").values("case_id"))
    found = seen.order_by().aggregate(
        to_declare=Count("pk", filter=~Q(pk__in=_declared_by(actor)), distinct=True),
        to_mark=Count("pk", filter=declared & Q(state="ASSIGNED") & ~handed_in, distinct=True),
        to_agree=Count("pk", filter=declared & Q(state="MARKED"), distinct=True),
        since=Min("assigned_at"),
        marked=Max("marked_at"),
    )
    lines = [
        (found["to_declare"], _("Centres on which to declare your interests"), "assessment:interests", _("Before anything of a case is shown."), found["since"]),
        (found["to_mark"], _("Cases to mark"), "assessment:cases", _("Mark independently and hand in your sheet."), found["since"]),
        (found["to_agree"], _("Cases to agree on"), "assessment:cases", _("All sheets are in: agree on the marks."), found["marked"]),
    ]  # fmt: skip
    return [
        Waiting(title, reverse(name), why, since=since, count=count)
        for count, title, name, why, since in lines
        if count
    ]


def _declared_by(actor: Actor):  # type: ignore[no-untyped-def]
    return Case.objects.filter(declarations__user_id=actor.user_id).values("pk")


def _committee(actor: Actor) -> list[Waiting]:
    seen = cases.visible_to(actor).filter(state="AGREED").order_by()
    found = seen.aggregate(
        to_declare=Count("pk", filter=~Q(pk__in=_declared_by(actor)), distinct=True),
        to_decide=Count("pk", filter=Q(pk__in=_declared_by(actor)), distinct=True),
        until=Min("agenda_items__meeting__held_at"),
    )
    lines = [
        (
            found["to_declare"],
            _("Centres on which to declare your interests"),
            "assessment:interests",
            _("Before the meeting."),
        ),
        (found["to_decide"], _("Cases on the agenda"), "assessment:meetings", _("Read them before the meeting.")),
    ]
    return [
        Waiting(title, reverse(name), why, until=found["until"], count=count)
        for count, title, name, why in lines
        if count
    ]


def _body(actor: Actor) -> list[Waiting]:
    return [
        Waiting(
            _("Readiness of your units: %(body)s") % {"body": one.release.body.name},
            reverse("assessment:readiness_release", args=[one.release.number]),
            _("Read it and take note."),
            since=one.release.released_at,
        )
        for one in readiness.unacknowledged(actor)[:MOST]
    ]


def screening_of(application: Application) -> Screening | None:
    """The desk check of an application, for its summary."""
    return Screening.objects.filter(application=application).first()
