"""A window that was moved while its round ran: from when to when, why, by whom. Written once, never changed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from saduak.rounds.models.calendar import Round, WindowKind


class WindowMove(models.Model):
    """The window as it was and as it became; the last move of a kind is what the window says now."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=12, choices=WindowKind.choices)
    opened_before = models.DateTimeField()
    closed_before = models.DateTimeField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    reason = models.TextField()
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=WindowKind.values), name="window_move_kind"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="window_move_order"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("moved_at")), name="window_move_not_past"),
        ]
        indexes = [models.Index(fields=["round", "moved_at"])]

    def __str__(self) -> str:
        return f"{self.round_id} · {self.kind} · {self.moved_at:%Y-%m-%d}"

    @property
    def ends(self) -> list[tuple[object, object, object]]:
        """What was moved: [(which end in words, moment before, moment after)]."""
        found: list[tuple[object, object, object]] = []
        if self.opened_before != self.opens_at:
            found.append((_("opening"), self.opened_before, self.opens_at))
        if self.closed_before != self.closes_at:
            found.append((_("closing"), self.closed_before, self.closes_at))
        return found
