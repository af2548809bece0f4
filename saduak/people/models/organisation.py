"""The tree of command of the programme."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from saduak.thai.text import fold


class Kind(models.TextChoices):
    SECRETARIAT = "SECRETARIAT", _("secretariat of the programme")
    MINISTRY = "MINISTRY", _("ministry")
    DEPARTMENT = "DEPARTMENT", _("department")
    STATE_ENTERPRISE = "STATE_ENTERPRISE", _("state enterprise")
    PROVINCE = "PROVINCE", _("province")
    DISTRICT = "DISTRICT", _("district")
    LOCAL_BODY = "LOCAL_BODY", _("local body")
    CENTRE = "CENTRE", _("service centre")


class Organisation(MP_Node):
    """A body in the line along which a circular travels (ADR 0002): secretariat → ministry → department → province →
    district → local body, with its service centres below it. A subtree is one indexed range of `path`.
    """

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name_th = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    province_code = models.CharField(max_length=4, blank=True, db_index=True)
    district_code = models.CharField(max_length=6, blank=True)
    letter_prefix = models.CharField(max_length=40, blank=True)
    head_title_th = models.CharField(max_length=200, blank=True)
    address_th = models.CharField(max_length=400, blank=True)
    phone = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    search = models.CharField(max_length=700, editable=False)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "path"]),
            # What lies right below an office: one range, without all that lies further down.
            models.Index(fields=["depth", "path"], name="organisation_level"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="organisation_kind"),
            models.CheckConstraint(condition=~models.Q(name_th=""), name="organisation_named"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.search = search_text(self)
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """The name in the reader's language; Thai where no English one is known."""
        return (self.name_en or self.name_th) if get_language() == "en" else self.name_th


def search_text(organisation: Organisation) -> str:
    """What a search looks through: both names and the code, folded."""
    return fold(f"{organisation.name_th} {organisation.name_en} {organisation.code}")[:700]
