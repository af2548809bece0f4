"""Who acts, in which role, for which organisation. Every command takes one as `by`."""

from dataclasses import dataclass, field
from uuid import uuid4

from django.utils.translation import get_language

from saduak.people.models import Membership, Organisation
from saduak.people.roles import CAPACITY_ON_PAPER, PUBLIC, SYSTEM, Capacity, Role


@dataclass(frozen=True)
class Actor:
    """A person in one of their posts, as they are now.

    ref: lasting public name of the person; path: the organisation's place in the tree; subtree: the post holds for
    everything below, too; request_id: joins what one request did in the journal.
    """

    ref: str
    name: str
    role: str
    user_id: int | None = None
    membership_id: int | None = None
    organisation_id: int | None = None
    organisation_name: str = ""
    organisation_kind: str = ""
    path: str = ""
    subtree: bool = False
    request_id: str = field(default_factory=lambda: uuid4().hex)
    name_en: str = ""
    organisation_name_en: str = ""
    capacity: str = ""  # of roles.Capacity: acts for the head for a time
    head_title: str = ""  # the title of the organisation's head, "" when it is not known
    order_reference: str = ""

    @property
    def shown_name(self) -> str:
        """The name in the reader's language; records keep the Thai one."""
        return (get_language() == "en" and self.name_en) or self.name

    @property
    def shown_organisation(self) -> str:
        return (get_language() == "en" and self.organisation_name_en) or self.organisation_name

    @property
    def role_label(self) -> str:
        label = str(Role(self.role).label) if self.role in Role.values else self.role
        return f"{label} ({Capacity(self.capacity).label})" if self.capacity else label

    @property
    def on_paper(self) -> str:
        """In what right a head signs, in Thai, as it stands under a name on paper: the title of the head, or
        รักษาราชการแทน / ปฏิบัติราชการแทน before it. "" for other roles.
        """
        if self.role != Role.HEAD:
            return ""
        title = self.head_title or "หัวหน้าหน่วยงาน"
        return f"{CAPACITY_ON_PAPER[Capacity(self.capacity)]} {title}" if self.capacity else title

    def has(self, *roles: str) -> bool:
        """Does the actor act in one of these roles now?"""
        return self.role in roles

    def covers(self, path: str) -> bool:
        """Does the post hold for the organisation at this path of the tree?"""
        return bool(self.path) and (path == self.path or (self.subtree and path.startswith(self.path)))

    def above(self, path: str) -> bool:
        """Does the actor's organisation stand strictly above the one at this path?"""
        return bool(self.path) and path != self.path and path.startswith(self.path)


def system(name: str) -> Actor:
    """The actor of a job: named after it, with the role SYSTEM."""
    return Actor(ref=f"system:{name}", name=f"Saduak ({name})", role=SYSTEM)


NOBODY = Actor(ref="public", name="", role=PUBLIC, request_id="")


def actor_of(membership: Membership, *, request_id: str = "") -> Actor:
    """The actor that a membership makes of its person."""
    organisation: Organisation = membership.organisation
    return Actor(
        ref=membership.user.ref,
        name=membership.user.name_th,
        role=membership.role,
        user_id=membership.user_id,
        membership_id=membership.pk,
        organisation_id=organisation.pk,
        organisation_name=organisation.name_th,
        organisation_kind=organisation.kind,
        path=organisation.path,
        subtree=membership.subtree,
        request_id=request_id or uuid4().hex,
        name_en=membership.user.name_en,
        organisation_name_en=organisation.name_en,
        capacity=membership.capacity,
        head_title=organisation.head_title_th,
        order_reference=membership.order_reference,
    )
