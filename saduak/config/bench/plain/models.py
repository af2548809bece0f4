from django.db import models


class Row(models.Model):
    """A row of the plain table."""

    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    state = models.CharField(max_length=20)
    moment = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "plain"

    def __str__(self) -> str:
        return self.title
