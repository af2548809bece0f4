"""Addresses of short links: /l/<code>, in either case."""

from django.urls import path

from saduak.circulars.views import links

app_name = "links"
urlpatterns = [path("<str:code>/", links.open, name="open"), path("<str:code>/go/", links.go, name="go")]
