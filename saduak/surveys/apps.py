from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "saduak.surveys"
    default_auto_field = "django.db.models.BigAutoField"
