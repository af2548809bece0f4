"""Who may do what with an application. Each answer is a verdict: it stops the command and greys the button."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.applications.models import Application, AssistedEntry, CertifiedCentre
from saduak.applications.workflow import APPLICATION, OPEN_TO_EDIT
from saduak.kernel import clock
from saduak.kernel.verdict import YES, Verdict, first_no, no, not_now
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.roles import SYSTEM, Role
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round
from saduak.rounds.moments import lazy_day
from saduak.thai.dates import fiscal_year_bounds

PREPARERS = (Role.COORDINATOR, Role.HEAD)
# A centre may apply again while its certificate ends at most so many days after the fiscal year of the round: the results
# of the round come in that year, so that nobody's mark lapses while a later round is under way. Drafted by us: no rule of
# the secretariat on applying early is public.
RENEWAL_DAYS = 180


def holds_for(actor: Actor, centre: Organisation) -> bool:
    """Is it the actor's own centre: their post is at it, at the office it belongs to, or covers everything above it?"""
    return actor.covers(centre.path) or (bool(actor.path) and centre.path[: -Organisation.steplen] == actor.path)


def may_start(actor: Actor, centre: Organisation) -> Verdict:
    """A coordinator or head of the centre's office begins an application."""
    if actor.has(*PREPARERS) and holds_for(actor, centre):
        return YES
    return no(_("Only a coordinator or the head of the centre's own office applies for it."))


def inside(actor: Actor, centre: Organisation) -> bool:
    """Is the actor one of the centre's own people: of the centre itself or of the very office it belongs to?"""
    return bool(actor.path) and actor.path in (centre.path, centre.path[: -Organisation.steplen])


def may_assist(actor: Actor, centre: Organisation) -> Verdict:
    """An officer, or a coordinator or head of a body above the office, enters on behalf of a unit that cannot itself."""
    if actor.has(Role.OFFICER):
        return YES
    if actor.has(*PREPARERS) and actor.above(centre.path) and not inside(actor, centre):
        return YES
    return no(_("Only an officer of the secretariat or a body above the office enters on its behalf."))


def may_assist_anybody(actor: Actor) -> Verdict:
    """Whether the page for entering on behalf of others is theirs at all: officers, and bodies that have offices below."""
    if actor.has(Role.OFFICER) or (
        actor.has(*PREPARERS) and actor.organisation_kind not in (Kind.LOCAL_BODY, Kind.CENTRE)
    ):
        return YES
    return no(_("Only an officer of the secretariat or a body above the office enters on its behalf."))


def assists(actor: Actor, application: Application) -> bool:
    """Is the application being entered by the actor, or by a colleague at the actor's organisation?"""
    if not actor.has(*PREPARERS, Role.OFFICER) or actor.organisation_id is None:
        return False
    entry = entry_of(application)
    return entry is not None and entry.entered_by_organisation_id == actor.organisation_id


def entry_of(application: Application) -> AssistedEntry | None:
    """Who entered the application on behalf of the unit; None when the unit did itself."""
    try:
        return application.assisted
    except AssistedEntry.DoesNotExist:
        return None


def not_certified_for_long(round: Round, held: CertifiedCentre | None) -> Verdict:
    """Whose certificate holds for long applies in a later round (RENEWAL_DAYS)."""
    if held is None or held.valid_to <= renewable_until(round):
        return YES
    return not_now(
        _(
            "The centre is certified until %(until)s (certificate %(number)s). It applies again in the round of that year."
        ),
        until=lazy_day(held.valid_to),
        number=held.certificate_number,
    )


def renewable_until(round: Round) -> date:
    """The last day on which a certificate may end whose centre applies in the round."""
    return fiscal_year_bounds(round.fiscal_year)[1] + timedelta(days=RENEWAL_DAYS)


def may_apply(
    round: Round,
    centre: Organisation,
    office: Organisation | None,
    held: CertifiedCentre | None = None,
    at: datetime | None = None,
) -> Verdict:
    """May this centre apply in this round now: that it still exists, the kind of office above it, the certificate it
    holds (`held`), and the window?
    """
    if centre.kind != Kind.CENTRE or centre.closed_on is not None:
        return not_now(_("“%(centre)s” is not a service centre that is open."), centre=centre.name)
    kinds = round.may_apply_kinds
    if kinds and (office is None or office.kind not in kinds):
        return no(
            _("Centres of a body of the kind “%(kind)s” cannot apply in this round."),
            kind=Kind(office.kind).label if office else "",
        )
    return first_no(not_certified_for_long(round, held), rounds.is_open(round, "APPLICATION", at, centre))


def may_read(actor: Actor, application: Application) -> Verdict:
    """Working papers are the unit's own; what was handed in is read by the secretariat and the bodies above."""
    own = actor.has(*PREPARERS) and holds_for(actor, application.centre)
    if own or application.submitted_at is not None or assists(actor, application):
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
    theirs = _own_or_in_hand(actor, application)
    if application.state not in OPEN_TO_EDIT:
        closed = not_now(
            _("The answers cannot be changed while the application is “%(state)s”."), state=application.status.label
        )
        return first_no(theirs, closed)
    return theirs


def _own_or_in_hand(actor: Actor, application: Application) -> Verdict:
    own = _own(actor, application, *PREPARERS)
    if not own and assists(actor, application):
        if application.assisted.in_hand:
            return YES
        return not_now(_("You have passed the entry on to the unit; it is in the unit's hands now."))
    return own


def may_comment(actor: Actor, application: Application) -> Verdict:
    """The centre's own people, among themselves, while they work on it; nobody above them reads or writes there."""
    if not (actor.has(*PREPARERS) and inside(actor, application.centre)):
        return no(_("Only the centre's own people read and write comments."))
    if application.state not in (*OPEN_TO_EDIT, "PROPOSED"):
        return not_now(_("Comments belong to the work on an application; it has been handed in."))
    return YES


def is_own(actor: Actor, application: Application) -> bool:
    """Is it the actor's own application, to work on?"""
    return actor.has(*PREPARERS) and holds_for(actor, application.centre)


def may_redact(actor: Actor, application: Application) -> Verdict:
    """The unit itself, or an officer once it was handed in, makes a copy for the public and says whether it is shown."""
    if actor.has(Role.OFFICER) and application.submitted_at is not None:
        return YES
    return _own(actor, application, *PREPARERS)


def may_use_shelf(actor: Actor) -> Verdict:
    """The files of an office are for those who prepare its applications."""
    if actor.has(*PREPARERS) and actor.path:
        return YES
    return no(_("Only a coordinator or the head of an office uses its files."))


def may_delete_file(actor: Actor, uses: Sequence[Any]) -> Verdict:
    """May a file go for good? `uses` as queries.one_on_shelf tells them: pieces of the actor's own applications."""
    resting = [one.piece.application for one in uses if one.handed_in]
    if resting:
        return not_now(
            _("What was handed in rests on this file (application %(number)s), so it is kept."),
            number=resting[0].number,
        )
    for one in uses:
        application = one.piece.application
        if application.state == "WITHDRAWN":
            continue
        verdict = may_edit(actor, application)
        if not verdict:
            return verdict
    return YES


def may_enter(actor: Actor, application: Application, at: datetime | None = None) -> Verdict:
    """Whoever enters for the unit finishes the entry in time; the unit's head then confirms it."""
    entry = entry_of(application) if assists(actor, application) else None
    if entry is None:
        return no(_("Only who enters on behalf of the unit finishes the entry."))
    if not entry.in_hand:
        return not_now(_("You have passed the entry on to the unit; it is in the unit's hands now."))
    return first_no(
        APPLICATION.can(application.state, "propose"),
        rounds.is_open(application.round, "APPLICATION", at, application.centre),
    )


def may_propose(actor: Actor, application: Application) -> Verdict:
    return first_no(
        _own(actor, application, *PREPARERS),
        APPLICATION.can(application.state, "propose"),
        rounds.is_open(application.round, "APPLICATION", organisation=application.centre),
    )


def may_send_back(actor: Actor, application: Application) -> Verdict:
    """The head sends back; a coordinator takes her proposal back."""
    return first_no(_own(actor, application, *PREPARERS), APPLICATION.can(application.state, "send_back"))


def may_submit(actor: Actor, application: Application, at: datetime | None = None) -> Verdict:
    """The head, or who acts for the head: handing in is the endorsement. `at`: when the request arrived, which is what the
    clock judges. What others entered on the unit's behalf counts from the moment of entry once the head confirms it, and
    can be confirmed until screening closes.
    """
    entered = entered_at(application)
    return first_no(
        _own(actor, application, Role.HEAD),
        APPLICATION.can(application.state, "submit"),
        rounds.is_open(application.round, "APPLICATION", entered or at, application.centre),
        _screening_lasts(application.round, at) if entered else YES,
    )


def entered_at(application: Application) -> datetime | None:
    """When somebody finished entering it on the unit's behalf; None when it is the unit's own, or not finished."""
    if application.state != "PROPOSED":
        return None
    entry = entry_of(application)
    return entry.entered_at if entry else None


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
    if application.state == "DRAFT" and assists(actor, application) and application.assisted.in_hand:
        return YES
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
