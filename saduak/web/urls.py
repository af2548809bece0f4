from django.urls import path

from saduak.web import views

app_name = "web"
urlpatterns = [
    path("language/", views.set_language, name="set_language"),
    path("components/", views.components, name="components"),
]
