"""Drafting the letters that tell the bodies above of the readiness of their units, for the registrar to issue.

Readiness is released below (assessment), where letters are not known; so the clock finds what was released and has no letter yet.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.assessment.models import ReadinessRelease
from saduak.assessment.queries import readiness
from saduak.certificates import provinces
from saduak.circulars import policy, readiness_wording, wording
from saduak.circulars.commands.subjects import subject
from saduak.circulars.models import Circular, CircularAction, ReadinessLetter
from saduak.circulars.models.circular import Form
from saduak.circulars.readiness_wording import Told
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.outbox import commands as outbox
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.roles import Role
from saduak.rounds import queries as rounds
from saduak.rounds.models import ActionKind

RECENT = timedelta(days=30)  # what was released longer ago was told in another way
AT_ONCE = 20


@transaction.atomic
def draft_readiness_letters(*, by: Actor) -> list[Circular]:
    """Draft the letter of every release that has none yet: from the secretariat, to the body it was released to and the
    ministry above it, each with a copy of its own. Nothing leaves before a registrar issues it. Raises NotAllowed.
    """
    policy.may_draft_readiness(by).require()
    waiting = (
        ReadinessRelease.objects.select_for_update(of=("self",))
        .filter(letter=None, released_at__gte=clock.now() - RECENT, round__state="OPEN", round__is_practice=False)
        .select_related("round__round_pack", "round__standard_pack", "body")
        .order_by("released_at", "pk")[:AT_ONCE]
    )
    made = [_draft(release, by) for release in waiting]
    return [one for one in made if one is not None]


def _draft(release: ReadinessRelease, by: Actor) -> Circular | None:
    above = [*people.bodies_above(release.body.path), release.body]
    sender = next((one for one in above if one.kind == Kind.SECRETARIAT), None)
    if sender is None:  # a tree without a secretariat: nobody could sign it
        ReadinessLetter.objects.create(release=release, circular=None, drafted_at=clock.now())
        return None
    told = [one for one in above if one.kind in readiness.PARENTS]
    round = release.round
    says = _told(release, sender)
    circular = Circular.objects.create(
        code=public_code("L", 8),
        round=round,
        sender=sender,
        prefix=sender.letter_prefix,
        position=sender.head_title_th,
        contact=wording.texts(None, sender, None)["contact"],
        form=Form.EXTERNAL,
        subject=readiness_wording.subject(says),
        addressee=release.body.head_title_th or f"หัวหน้า{release.body.name_th}",
        address_each=True,
        paragraphs=readiness_wording.paragraphs(says),
        closing="จึงเรียนมาเพื่อโปรดทราบ",
        selection={"list": "\n".join(one.code for one in told)},
        created_at=clock.now(),
        created_by=by.name,
    )
    _ask(circular, release)
    ReadinessLetter.objects.create(release=release, circular=circular, drafted_at=clock.now())
    details = {
        "round": round.code,
        "sender": sender.code,
        "readiness": release.number,
        "to": [one.code for one in told],
    }
    journal.record("circular.drafted", subject(circular), by=by, details=details)
    outbox.notify(
        "circular.readiness_drafted",
        to=people.holders([sender.pk], Role.REGISTRAR, Role.OFFICER),
        subject=_("Letter to issue: readiness of the units of %(body)s"),
        body=_(
            "Readiness has been released to %(body)s: %(ready)s ready, %(not_ready)s not ready. The letter is drafted; "
            "read it, have it signed, and issue it."
        ),
        params={"body": release.body.name_th, "ready": release.ready, "not_ready": release.not_ready},
        about=("circular", circular.code),
        url=reverse("circulars:edit", args=[circular.code]),
    )
    return circular


def _told(release: ReadinessRelease, sender: Organisation) -> Told:
    named: dict[str, list[str]] = {"READY": [], "NOT_READY": []}
    for one in readiness.table(release, None):
        named[one.result].append(one.application.centre.name_th)
    return Told(
        sender=sender.name_th,
        round=release.round.name_th,
        body=release.body.name_th,
        area=provinces.name(release.province_code, "th") if release.province_code else "",
        ready=named["READY"],
        not_ready=named["NOT_READY"],
    )


def _ask(circular: Circular, release: ReadinessRelease) -> None:
    """The one thing it asks for: to take note, with the way to the table of units."""
    assert circular.round is not None  # it is a round's readiness
    of_round = next((one for one in rounds.actions(circular.round) if one.kind == ActionKind.TAKE_NOTE), None)
    page = reverse("assessment:readiness_release", args=[release.number])
    CircularAction.objects.create(
        circular=circular,
        code=of_round.code if of_round else public_code("B", 4),
        number=1,
        kind=ActionKind.TAKE_NOTE,
        title_th=of_round.title_th if of_round else "รับทราบผลการประเมินความพร้อม",
        title_en=of_round.title_en if of_round else "Take note of readiness results",
        text=wording.action_text(circular.round, circular.sender, ActionKind.TAKE_NOTE) or readiness_wording.asked(),
        link=f"{settings.BASE_URL}{page}",
        for_kinds=sorted(readiness.PARENTS),
    )
