"""Who may open, move and end a survey, answer it for an office, and see what came of it."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel import clock
from saduak.kernel.verdict import YES, Verdict, first_no, no, not_now
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.roles import OFFICE_ROLES, Role
from saduak.rounds.moments import lazy_closing, lazy_opening
from saduak.surveys.models import Survey
from saduak.surveys.workflow import SURVEY

ANSWERERS = (Role.COORDINATOR, Role.HEAD)  # as for every action of a circular: the registrar receives and passes on
READERS = (Role.OFFICER, Role.AUDITOR)


def may_open_some(actor: Actor) -> Verdict:
    """The secretariat opens surveys of offices; who answers for an office opens those about its own service centres."""
    if actor.has(Role.OFFICER, *ANSWERERS):
        return YES
    return no(
        _("Only an officer of the secretariat, or who answers for an office with service centres, opens a survey.")
    )


def may_open_survey(actor: Actor, centre: Organisation | None = None) -> Verdict:
    """A survey of offices is opened by the secretariat; one for anybody about a centre also by a coordinator or the head
    of the centre's own office."""
    if actor.has(Role.OFFICER):
        return YES
    if centre is None:
        return no(_("Only an officer of the secretariat opens a survey of offices."))
    if centre.kind == Kind.CENTRE and actor.has(*ANSWERERS) and own(actor, centre):
        return YES
    return no(_("Only a coordinator or the head of the centre's own office opens a survey about it."))


def keeps(actor: Actor, survey: Survey) -> bool:
    """Does the actor look after the survey: the secretariat, and of a survey about a centre its own office?"""
    return bool(may_open_survey(actor, survey.top if survey.for_anybody else None))


def may_move_close(actor: Actor, survey: Survey) -> Verdict:
    """The closing is moved by whoever looks after the survey while it is open or still to come: once it is over its results
    are shown, and answers that came later could be told from them one by one."""
    if not keeps(actor, survey):
        return no(_("Only the secretariat, or the office of the centre it is about, moves the closing of a survey."))
    if survey.is_over():
        return not_now(_("The survey is over and its results are shown: open another one to go on asking."))
    return YES


def may_end(actor: Actor, survey: Survey) -> Verdict:
    """Whoever looks after a survey ends it before its time, or puts away one that has closed."""
    if not keeps(actor, survey):
        return no(_("Only the secretariat, or the office of the centre it is about, ends a survey."))
    return SURVEY.can(survey.state, "end")


def is_open(survey: Survey) -> Verdict:
    """Does what is written now still count? Rights follow the calendar to the second."""
    if survey.state == "ENDED":
        return not_now(_("The survey was ended on %(at)s."), at=lazy_closing(survey.over_at))
    now = clock.now()
    if now < survey.opens_at:
        return not_now(_("The survey opens on %(at)s."), at=lazy_opening(survey.opens_at))
    if now >= survey.closes_at:
        return not_now(_("The survey closed on %(at)s."), at=lazy_closing(survey.closes_at))
    return YES


def invited(survey: Survey, office: Organisation) -> Verdict:
    """Is the office one of those that the survey asks?"""
    below = office.path.startswith(survey.top.path)
    if not survey.for_anybody and below and office.kind in survey.for_kinds and office.closed_on is None:
        return YES
    return not_now(_("This survey does not ask %(office)s."), office=office.name)


def own(actor: Actor, office: Organisation) -> bool:
    """Is it the actor's own office, or a service centre of it? A post for a whole subtree does not reach into the answers
    of other offices: they were promised that nobody else reads them."""
    centre = office.kind == Kind.CENTRE and office.path[: -Organisation.steplen] == actor.path
    return bool(actor.path) and (office.path == actor.path or centre)


def may_read_answer(actor: Actor, office: Organisation) -> Verdict:
    """The answer of an office is read by its own people only; everybody else sees results of groups."""
    if actor.has(*OFFICE_ROLES) and own(actor, office):
        return YES
    return no(_("The answer of a single office is shown to that office only; results are shown of groups."))


def may_answer(actor: Actor, survey: Survey, office: Organisation) -> Verdict:
    """A coordinator or the head of the office answers for it, while the survey is open."""
    if not (actor.has(*ANSWERERS) and own(actor, office)):
        return no(_("Only a coordinator or the head of %(office)s answers for it."), office=office.name)
    return first_no(invited(survey, office), is_open(survey))


def may_answer_publicly(actor: Actor, survey: Survey) -> Verdict:
    """Anybody answers a survey for anybody while it is open, signed in or not."""
    if not survey.for_anybody:
        return no(_("This survey is answered by offices, not by anybody."))
    return is_open(survey)


def within(actor: Actor, body: Organisation) -> bool:
    """Does the body stand at or below the actor's own organisation, or is the actor one who sees all?"""
    return actor.has(*READERS) or (actor.has(*OFFICE_ROLES) and bool(actor.path) and body.path.startswith(actor.path))


def may_see_tree(actor: Actor, body: Organisation) -> Verdict:
    """Who has answered is seen by the secretariat, the auditor, and the bodies above for what lies at or below them."""
    if within(actor, body):
        return YES
    return no(_("Who has answered is shown to the secretariat and to the bodies above."))


def may_see_results(actor: Actor, survey: Survey, body: Organisation) -> Verdict:
    """Results are shown when the survey is over, so that nobody follows a single answer from one day to the next."""
    if not within(actor, body):
        return no(_("Results are shown to the secretariat and to the bodies above."))
    if survey.for_anybody or survey.is_over():
        return YES
    return not_now(_("Results are shown when the survey is over: on %(at)s."), at=lazy_closing(survey.closes_at))


def may_read_texts(actor: Actor) -> Verdict:
    """What was written in one's own words may tell who wrote it: only the secretariat reads it."""
    if actor.has(Role.OFFICER):
        return YES
    return no(_("Answers in the writers' own words are read by the secretariat only."))
