"""Who of the officers looks at which application."""

from django.db import models


class DeskCheck(models.Model):
    """An application given to an officer for its desk check; others may still look at it, and see whose it is."""

    application = models.OneToOneField("applications.Application", on_delete=models.CASCADE, related_name="desk_check")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["user"])]

    def __str__(self) -> str:
        return f"{self.application_id} → {self.user_id}"
