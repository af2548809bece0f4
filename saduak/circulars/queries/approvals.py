"""Does a letter need its head's word before it leaves, and has it got it? And which letters wait for a head."""

import json
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Q, QuerySet

from saduak.circulars.models import ApprovalStep, Circular
from saduak.circulars.queries.visibility import circulars
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Membership, Organisation
from saduak.people.roles import Role

# What the head approves of: everything that the reader will see, and whom it goes to.
FIELDS = ("form", "urgency", "prefix", "subject", "addressee", "references", "enclosures", "paragraphs", "closing",
          "signatory", "position", "acting", "acting_for", "contact", "address_each", "selection")  # fmt: skip
ACTION = ("code", "number", "kind", "title_th", "title_en", "text", "link", "for_kinds")


@dataclass(frozen=True)
class Standing:
    """needed: the sender has a head, so the letter does not leave without that word; given: the head approved of the letter
    just as it stands; last: the latest step, None where nothing was proposed."""

    needed: bool
    given: bool
    last: ApprovalStep | None

    @property
    def missing(self) -> bool:
        return self.needed and not self.given


def fingerprint(circular: Circular) -> str:
    """SHA-256 of the letter as it stands: its texts, its actions, whom it goes to."""
    content = {name: getattr(circular, name) for name in FIELDS}
    content["actions"] = [
        {name: getattr(one, name) for name in ACTION}
        | {name: getattr(one, name) and getattr(one, name).timestamp() for name in ("opens_at", "due_at")}
        for one in circular.actions.order_by("number", "code")
    ]
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def standing(circular: Circular) -> Standing:
    """How the letter stands with the head of its office. Three queries at most."""
    last = ApprovalStep.objects.filter(circular=circular).order_by("-at", "-pk").first()
    given = (
        circular.approval == "APPROVED"
        and last is not None
        and last.move == "approve"
        and last.fingerprint == fingerprint(circular)
    )
    return Standing(has_head(circular.sender), given, last)


def has_head(organisation: Organisation) -> bool:
    """Does somebody hold the post of the head, or act for the head, today?"""
    return people.posts([organisation.pk], Role.HEAD).exists()


def steps(circular: Circular) -> list[ApprovalStep]:
    """All steps, newest first."""
    return list(ApprovalStep.objects.filter(circular=circular).order_by("-at", "-pk"))


def proposed(actor: Actor) -> QuerySet[Circular]:
    """Letters that wait for this head, the one that waits longest first."""
    if not actor.has(Role.HEAD):
        return Circular.objects.none()
    found = circulars(actor).filter(state="DRAFT", approval="PROPOSED").select_related("sender", "round")
    if actor.subtree:  # a head of an office below has the word there
        others = Membership.objects.filter(people.current(), role=Role.HEAD).exclude(
            organisation_id=actor.organisation_id
        )
        found = found.filter(Q(sender_id=actor.organisation_id) | ~Q(sender_id__in=others.values("organisation_id")))
    return found.order_by("created_at", "pk")


def answered(actor: Actor) -> QuerySet[Circular]:
    """Drafts of the actor's office on which the head has spoken: approved, so that they can leave, or returned."""
    if not actor.has(Role.REGISTRAR, Role.OFFICER):
        return Circular.objects.none()
    found = Circular.objects.filter(sender_id=actor.organisation_id, state="DRAFT")
    return found.filter(approval__in=("APPROVED", "RETURNED")).order_by("created_at", "pk")
