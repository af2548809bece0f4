"""What one organisation answers: a draft that its people share, and what was handed in."""

from django.db import models
from django.db.models import Q

from saduak.kernel.workflow import State
from saduak.people.models import Organisation
from saduak.surveys.models.survey import Survey
from saduak.surveys.workflow import RESPONSE


class Response(models.Model):
    """One an organisation and survey, for ever: handed in once, taken back to be changed, handed in again.

    values: id of a question → its answer as `packs.questions.to_json` writes it; when it is handed in only those that
    were asked stay. written: id → {version, by}: at which save of the draft the answer last changed, and by whom, so that
    two colleagues do not overwrite each other unawares. version counts saves.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RESPONSE.choices(), default=RESPONSE.initial)
    values = models.JSONField(default=dict, blank=True)
    written = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    updated_by_name = models.CharField(max_length=200, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by_name = models.CharField(max_length=200, blank=True)
    handed_in_by_role = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "organisation"], name="survey_response_once"),
            models.CheckConstraint(condition=Q(state__in=list(RESPONSE.states)), name="survey_response_state"),
            models.CheckConstraint(
                condition=Q(state="DRAFT", handed_in_at=None) | Q(state="HANDED_IN", handed_in_at__isnull=False),
                name="survey_response_handed_in",
            ),
        ]
        indexes = [models.Index(fields=["survey", "state", "organisation"], name="survey_response_tree")]

    def __str__(self) -> str:
        return f"{self.survey_id} · {self.organisation_id}"

    @property
    def status(self) -> State:
        return RESPONSE.states[self.state]
