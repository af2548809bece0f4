"""How an office's letters look at the top and at the foot. The emblem is the office's to upload: we draw none."""

from django.db import models

from saduak.people.models import Organisation


class Letterhead(models.Model):
    """One version. Lines are only added: a letter is printed with the one in force when it was issued, for ever.

    name_lines: name and address at the right of the first page, one a line; empty takes those of the organisation.
    contact: the lines at the foot with which new letters begin, one a line; empty takes telephone and e-mail.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    emblem = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name_lines = models.TextField(blank=True)
    contact = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-changed_at"], name="letterhead_in_force")]

    def __str__(self) -> str:
        return str(self.organisation)
