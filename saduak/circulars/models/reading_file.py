"""The files of a reading, in their order, each read page by page."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from saduak.circulars.models.reading import Reading
from saduak.circulars.workflow import READING_FILE
from saduak.files.models import StoredFile
from saduak.kernel.workflow import State


class ReadingFile(models.Model):
    """One file of a bundle, kept as it was given; or why it was not taken, and then `stored` is empty.

    first_page: by which number its first page goes in the bundle, once that is read. pages, pages_read: how many it has
    (0: not known yet) and how many of them are read. parts: what was read so far, {"3": {text, way, doubts}}, so that
    an interruption costs one page; only {doubts} when the bundle is put together. attempts: how often a worker took it up
    since a page was read last.
    """

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="files")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=READING_FILE.choices(), default=READING_FILE.initial)
    first_page = models.PositiveIntegerField(null=True, blank=True)
    pages = models.PositiveIntegerField(default=0)
    pages_read = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=dict, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusal_th = models.TextField(blank=True)
    refusal_en = models.TextField(blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(READING_FILE.states)), name="reading_file_state"),
            models.CheckConstraint(condition=Q(state="REFUSED") | Q(stored__isnull=False), name="reading_file_kept"),
            models.CheckConstraint(condition=~Q(state="REFUSED", refusal_th=""), name="reading_file_reason"),
            models.CheckConstraint(condition=Q(pages_read__lte=F("pages")), name="reading_file_pages"),
            models.UniqueConstraint(fields=["reading", "order"], name="reading_file_order"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> State:
        return READING_FILE.states[self.state]

    @property
    def refusal(self) -> str:
        """Why it was not read, in the language of whoever looks."""
        return self.refusal_en if get_language() == "en" else self.refusal_th

    @property
    def read_so_far(self) -> dict[int, dict[str, Any]]:
        """Page → what was read on it."""
        return {int(number): part for number, part in self.parts.items()}
