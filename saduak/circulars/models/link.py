"""Short links of letters, and how often each was opened on a day. Nothing is kept of who opened it."""

from django.db import models
from django.db.models import F, Q

from saduak.circulars.models.circular import Circular


class Link(models.Model):
    """The short link of one letter. Every office that passes a circular on has a letter, so a link, of its own: openings
    are counted per branch. Closed by hand, or moved to another letter; otherwise the dates of its actions say it.
    """

    code = models.CharField(max_length=12, unique=True)  # as `shortcodes` writes it: capitals, no dash
    circular = models.OneToOneField(Circular, on_delete=models.CASCADE, related_name="link")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    closed_why = models.CharField(max_length=300, blank=True)
    moved_to = models.ForeignKey(Circular, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by="", closed_why="", moved_to=None)
                | (Q(closed_at__isnull=False) & ~Q(closed_by="")),
                name="link_closed_by_whom",
            ),
            models.CheckConstraint(condition=Q(moved_to=None) | ~Q(moved_to=F("circular")), name="link_not_to_itself"),
        ]

    def __str__(self) -> str:
        return self.code


class LinkDay(models.Model):
    """How often a link was opened on a Bangkok day."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "day"], name="link_day_once")]

    def __str__(self) -> str:
        return f"{self.link} {self.day}: {self.opened}"
