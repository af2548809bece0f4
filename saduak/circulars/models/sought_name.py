"""Names of a long list of addressees that were looked for by likeness, so that each is looked for once."""

from django.db import models

from saduak.people.models import Organisation


class SoughtName(models.Model):
    """What a name of a list may mean among the offices below `top`. found: [[code, name, kind, where, score], …], the likeliest first;
    sure: is the first of them the one that stands out? many: does it name many offices at once?"""

    top = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=300)
    found = models.JSONField(default=list)
    sure = models.BooleanField(default=False)
    many = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["top", "text"], name="sought_name_once")]

    def __str__(self) -> str:
        return self.text
