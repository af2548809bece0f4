"""Published packs: what a round, an application and a mark refer to for ever."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The kinds of pack, as in ``schema.KINDS``. Lower case, because the YAML writes them so."""

    STANDARD = "standard", _("Standard")
    ROUND = "round", _("Round")
    LETTER = "letter", _("Letter text")
    FORM = "form", _("Form")
    SURVEY = "survey", _("Survey")


class Published(models.Manager["PublishedPack"]):
    """Leaves the content aside until it is asked for: it is large, and what is built from it is kept in
    memory.
    """

    def get_queryset(self) -> models.QuerySet["PublishedPack"]:
        return super().get_queryset().defer("content")


class PublishedPack(models.Model):
    """One version of a pack as it was published. Never changed or removed (triggers, migration 0002).

    ``content`` is the resolved pack as JSON, and ``sha256`` the hash of its canonical text
    (``loader.canonical``).
    """

    pack_id = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    slug = models.CharField(max_length=100)  # public name in addresses, such as gecc-2568
    title_th = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    content = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)

    objects = Published()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["pack_id", "version"], name="published_pack_version"),
            models.UniqueConstraint(fields=["pack_id", "sha256"], name="published_pack_content"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="published_pack_kind"),
            models.CheckConstraint(condition=Q(version__gte=1), name="published_pack_version_counts"),
        ]
        indexes = [models.Index(fields=["kind", "slug", "-version"], name="published_pack_slug")]

    def __str__(self) -> str:
        return f"{self.pack_id} ({self.version})"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if (get_language() or "").startswith("en") else self.title_th
