"""What anybody answers without a name. Nothing here says who it was: no address, no session, no hour."""

from django.db import models

from saduak.surveys.models.survey import Survey


class PublicAnswer(models.Model):
    """One answer of somebody unknown. token: chance, made with the page, so that a second click is no second answer."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="public_answers")
    token = models.CharField(max_length=32)
    on = models.DateField()
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "token"], name="survey_public_answer_once")]
        indexes = [models.Index(fields=["survey", "id"], name="survey_public_in_order")]

    def __str__(self) -> str:
        return f"{self.survey_id} · {self.on}"
