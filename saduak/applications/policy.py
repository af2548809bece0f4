"""Who may do what with an application. Each answer is a verdict: it stops the command and greys the button."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from saduak.applications.models import Application
from saduak.applications.workflow import APPLICATION, OPEN_TO_EDIT
from saduak.kernel import clock
from saduak.kernel.verdict import YES, Verdict, first_no, no, not_now
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.roles import SYSTEM, Role
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round

PREPARERS = (Role.COORDINATOR, Role.HEAD)


def holds_for(actor: Actor, centre: Organisation) -> bool:
    """Is it the actor's own centre: their post is at it, at the office it belongs to, or covers everything above it?"""
    return actor.covers(centre.path) or (bool(actor.path) and centre.path[: -Organisation.steplen] == actor.path)


def may_start(actor: Actor, centre: Organisation) -> Verdict:
    """A coordinator or head of the centre's office begins an application."""
    if actor.has(*PREPARERS) and holds_for(actor, centre):
        return YES
    return no(_("Only a coordinator or the head of the centre's own office applies for it."))


def may_apply(round: Round, centre: Organisation, office: Organisation | None, at: datetime | None = None) -> Verdict:
    """May this centre apply in this round now: the window, the kind of office above it, and that it still exists?"""
    if centre.kind != Kind.CENTRE or centre.closed_on is not None:
        return not_now(_("“%(centre)s” is not a service centre that is open."), centre=centre.name)
    kinds = round.may_apply_kinds
    if kinds and (office is None or office.kind not in kinds):
        return no(
            _("Centres of a body of the kind “%(kind)s” cannot apply in this round."),
            kind=Kind(office.kind).label if office else "",
        )
    return rounds.is_open(round, "APPLICATION", at)


def may_read(actor: Actor, application: Application) -> Verdict:
    """Working papers are the unit's own; what was handed in is read by the secretariat and the bodies above."""
    own = actor.has(*PREPARERS) and holds_for(actor, application.centre)
    if own or application.submitted_at is not None:
        return YES
    return no(_("The application has not been handed in yet; until then only the unit itself reads it."))


def _own(actor: Actor, application: Application, *roles: str) -> Verdict:
    if actor.has(*roles) and holds_for(actor, application.centre):
        return YES
    if roles == (Role.HEAD,):
        return no(_("Only the head of the centre's own office may do this."))
    return no(_("Only a coordinator or the head of the centre's own office may do this."))


def may_edit(actor: Actor, application: Application) -> Verdict:
    """Drafts stay open after the closing time, so that nothing is lost; handing in is what the calendar stops."""
    if application.state not in OPEN_TO_EDIT:
        closed = not_now(
            _("The answers cannot be changed while the application is “%(state)s”."), state=application.status.label
        )
        return first_no(_own(actor, application, *PREPARERS), closed)
    return _own(actor, application, *PREPARERS)


def may_propose(actor: Actor, application: Application) -> Verdict:
    return first_no(
        _own(actor, application, *PREPARERS),
        APPLICATION.can(application.state, "propose"),
        rounds.is_open(application.round, "APPLICATION"),
    )


def may_send_back(actor: Actor, application: Application) -> Verdict:
    """The head sends back; a coordinator takes her proposal back."""
    return first_no(_own(actor, application, *PREPARERS), APPLICATION.can(application.state, "send_back"))


def may_submit(actor: Actor, application: Application, at: datetime | None = None) -> Verdict:
    """The head alone: handing in is the endorsement. `at`: when the request arrived, which is what the clock judges."""
    return first_no(
        _own(actor, application, Role.HEAD),
        APPLICATION.can(application.state, "submit"),
        rounds.is_open(application.round, "APPLICATION", at),
    )


def may_resubmit(actor: Actor, application: Application, at: datetime | None = None) -> Verdict:
    """The head, until screening closes; a reply after the day that was set counts, and is shown as late."""
    return first_no(
        _own(actor, application, Role.HEAD),
        APPLICATION.can(application.state, "resubmit"),
        _screening_lasts(application.round, at),
    )


def may_reply_to_remark(actor: Actor, application: Application) -> Verdict:
    if application.state != "RETURNED":
        return first_no(
            _own(actor, application, *PREPARERS), not_now(_("There is nothing to reply to: it is not with you."))
        )
    return _own(actor, application, *PREPARERS)


def may_withdraw(actor: Actor, application: Application) -> Verdict:
    """A coordinator may give up a draft; what was handed in is withdrawn by the head."""
    roles = PREPARERS if application.submitted_at is None else (Role.HEAD,)
    return first_no(_own(actor, application, *roles), APPLICATION.can(application.state, "withdraw"))


def may_return_for_correction(actor: Actor, application: Application) -> Verdict:
    return first_no(
        _officer(actor),
        APPLICATION.can(application.state, "return_for_correction"),
        _screening_lasts(application.round, None),
    )


def may_record_readiness(actor: Actor, application: Application, ready: bool) -> Verdict:
    name = "record_ready" if ready else "record_not_ready"
    return first_no(_officer(actor, SYSTEM), APPLICATION.can(application.state, name))


def may_record_decision(actor: Actor, application: Application, certified: bool) -> Verdict:
    name = "record_certified" if certified else "record_refused"
    return first_no(_officer(actor, SYSTEM), APPLICATION.can(application.state, name))


def _officer(actor: Actor, *also: str) -> Verdict:
    if actor.has(Role.OFFICER, *also):
        return YES
    return no(_("Only an officer of the secretariat may do this."))


def _screening_lasts(round: Round, at: datetime | None) -> Verdict:
    """Corrections are possible until screening closes, also before it has formally opened."""
    window = rounds.window(round, "SCREENING")
    if window is not None and (at or clock.now()) >= window.closes_at:
        return rounds.is_open(round, "SCREENING", at)
    return YES
