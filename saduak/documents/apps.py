from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "saduak.documents"
    default_auto_field = "django.db.models.BigAutoField"
