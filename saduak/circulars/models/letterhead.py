"""The emblem that an office prints on its letters. It is the office's to upload: we draw none."""

from django.db import models

from saduak.people.models import Organisation


class Letterhead(models.Model):
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    emblem = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return str(self.organisation)
