"""People and the posts they hold. ThaID or a password proves a person; the post lives here."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.kernel.codes import public_code
from saduak.people.models.organisation import Organisation
from saduak.people.roles import Capacity, Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. There is no superuser: rights come from memberships only."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, default="th")
    is_active = models.BooleanField(default=True)
    is_invented = models.BooleanField(default=False)  # a person of the demonstration, who does not exist
    created_at = models.DateTimeField(auto_now_add=True)

    # The posts of the day that came along when a session led here (`sign_in.Backend`); None for a person read otherwise.
    posts_on_arrival: "list[Membership] | None" = None

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name_th

    @property
    def ref(self) -> str:
        """The public, lasting name of the person in journal and outbox."""
        return self.uuid.hex

    @property
    def name(self) -> str:
        return (self.name_en or self.name_th) if get_language() == "en" else self.name_th


def post_code() -> str:
    return public_code("P", 8)


class Membership(models.Model):
    """A post: this person acts in this role for this organisation, from one day to another."""

    code = models.CharField(max_length=16, unique=True, default=post_code)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    subtree = models.BooleanField(default=False)  # also for everything below the organisation
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # last day
    vouched_by = models.CharField(max_length=200)
    # Of somebody who acts for the head for a time: how, and by which order (the number of the คำสั่ง).
    capacity = models.CharField(max_length=9, choices=Capacity.choices, blank=True)
    order_reference = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="membership_days"),
            models.CheckConstraint(
                condition=Q(capacity="") | Q(capacity__in=Capacity.values, role=Role.HEAD, ends_on__isnull=False),
                name="membership_acting_ends",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], condition=Q(ends_on=None), name="membership_once"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"])]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"

    @property
    def role_label(self) -> str:
        """The role in the reader's language, with how its holder acts for the head."""
        label = str(self.get_role_display())
        return f"{label} ({self.get_capacity_display()})" if self.capacity else label
