"""A standard that an officer brought as a workbook, from its dry run to its publishing."""

from django.db import models
from django.utils.translation import get_language

from saduak.kernel.workflow import State
from saduak.packs.models.published import PublishedPack
from saduak.packs.workflow import DRAFT


class PackDraft(models.Model):
    """What a workbook holds and what is wrong with it. ``content`` is None where it could not be put together;
    ``mistakes``: [{"place", "row", "th", "en"}], by place.
    """

    code = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=12, choices=DRAFT.choices(), default="CHECKED")
    source_name = models.CharField(max_length=255)
    source_sha256 = models.CharField(max_length=64)
    pack_id = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(null=True, blank=True)
    title_th = models.CharField(max_length=400, blank=True)
    title_en = models.CharField(max_length=400, blank=True)
    content = models.JSONField(null=True)
    mistakes = models.JSONField(default=list)
    by_ref = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    checked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    published = models.ForeignKey(PublishedPack, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-checked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=list(DRAFT.states)), name="pack_draft_state")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.source_name}"

    @property
    def title(self) -> str:
        """The title in the reader's language; the name of the file where none was read."""
        title = self.title_en if (get_language() or "").startswith("en") else self.title_th
        return title or self.source_name

    @property
    def shown_state(self) -> State:
        return DRAFT.states[self.state]
