"""How far a first letter is meant to come: what of the tree lay at or below its addressees when it was issued."""

from django.db import models

from saduak.circulars.models.circular import Circular


class Reach(models.Model):
    """Offices at or below the addressees of a cascade's first letter, counted when it was issued.

    rows: [[kind, depth in the tree, province code, how many], …]; centres are left out, because letters end at offices.
    A ledger that is read years later compares with the tree as it was.
    """

    circular = models.OneToOneField(Circular, on_delete=models.CASCADE, related_name="reach", primary_key=True)
    rows = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.circular_id}: {sum(row[3] for row in self.rows)}"
