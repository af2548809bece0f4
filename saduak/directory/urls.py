from django.urls import URLPattern, URLResolver, path

from saduak.directory import views

app_name = "directory"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("map/", views.figures, name="figures"),
    path("register.csv", views.register_csv, name="register_csv"),
    path("register.json", views.register_json, name="register_json"),
    path("<str:code>/", views.centre, name="centre"),
]
