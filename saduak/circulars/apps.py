from django.apps import AppConfig


class CircularsConfig(AppConfig):
    name = "saduak.circulars"
    default_auto_field = "django.db.models.BigAutoField"
