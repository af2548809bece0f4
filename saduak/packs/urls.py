from django.urls import URLPattern, URLResolver, path

from saduak.packs import views

app_name = "packs"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.standard, name="standard"),
    path("<slug:slug>/<int:version>/", views.standard, name="version"),
]
