from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "saduak.assessment"
    default_auto_field = "django.db.models.BigAutoField"
