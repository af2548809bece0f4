"""Who works in a division: reads its registers, and is told of letters that are passed on to it."""

from django.db import models
from django.db.models import Q

from saduak.circulars.models.register import Division
from saduak.people.models import User


class DivisionMember(models.Model):
    """A person of the office in one of its divisions, as long as `ended_at` is empty. It gives no post: whoever holds none at the
    office any more sees nothing."""

    division = models.ForeignKey(Division, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "person"], condition=Q(ended_at=None), name="division_member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.division}: {self.person}"
