"""What a machine read in a bundle of letters, and what an officer made of it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from saduak.circulars.workflow import READING
from saduak.kernel.workflow import State


def nothing_read() -> dict[str, Any]:
    """The result of a reading that has not been read yet."""
    return {"letters": [], "findings": []}


class Reading(models.Model):
    """One text that was read. `result` changes only with the order of its files; what the officer made of it stands beside it.

    Until it is read `text` is empty and `result` has no letters; `turn` tells the worker that reads it from one that was
    thought dead, `progressed_at` is when a page was read last (see ReadingFile).

    result: {"letters": […], "findings": […]} as saduak.saraban gives them; recut: the same after letters were split or
    joined by hand, else None; cuts: how often that was done, so that a page from before is told apart.
    By the letter's place (from 0): corrections {"0": {"number": "…"}}; places {"0": {"number": [[10, 20]]}}, where in the
    text a correction was taken from; bodies {"0": {"agency": {"text": "…", "code": "TH-54"}}}, which body of the tree a
    name means (code "": none of ours); asked {"0": [{…}]}, the actions as the officer left them; checked {"0": {by, at}}.
    seen: {"3": {"note", "by", "at"}} by the finding's place (readings of earlier versions: {"3": "note"}).
    """

    code = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=10, choices=READING.choices(), default=READING.initial)
    source_name = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    result = models.JSONField(default=nothing_read)
    recut = models.JSONField(null=True, blank=True)
    cuts = models.PositiveIntegerField(default=0)
    corrections = models.JSONField(default=dict, blank=True)
    places = models.JSONField(default=dict, blank=True)
    bodies = models.JSONField(default=dict, blank=True)
    asked = models.JSONField(default=dict, blank=True)
    checked = models.JSONField(default=dict, blank=True)
    seen = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_index=True)
    created_by = models.CharField(max_length=200)
    turn = models.PositiveIntegerField(default=0)
    progressed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(READING.states)), name="reading_state"),
            models.CheckConstraint(condition=~Q(text="", state__in=["READ", "CONFIRMED"]), name="reading_text"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def status(self) -> State:
        return READING.states[self.state]

    @property
    def refusal(self) -> str:
        """Why nothing could be read in the files as a whole, in the language of whoever looks; empty otherwise."""
        why: dict[str, str] = self.result.get("refusal", {})
        return why.get("en" if get_language() == "en" else "th", "")

    @property
    def letters(self) -> list[dict[str, Any]]:
        """The letters as they stand: as read, or as they were read again after a cut by hand."""
        letters: list[dict[str, Any]] = (self.recut or self.result)["letters"]
        return letters

    @property
    def findings(self) -> list[dict[str, Any]]:
        """What a careful clerk would notice about the letters as they stand."""
        findings: list[dict[str, Any]] = (self.recut or self.result)["findings"]
        return findings
