from django.apps import AppConfig


class PlainConfig(AppConfig):
    name = "saduak.config.bench.plain"
    label = "plain"
