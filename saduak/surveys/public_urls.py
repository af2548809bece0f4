"""Addresses of surveys for anybody: /s/<link>/, in either case."""

from django.urls import path

from saduak.surveys.views import public

app_name = "survey"
urlpatterns = [
    path("<str:link>/", public.public, name="public"),
    path("<str:link>/thanks/", public.thanks, name="thanks"),
]
