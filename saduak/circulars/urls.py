from django.urls import URLPattern, URLResolver

app_name = "circulars"
urlpatterns: list[URLPattern | URLResolver] = []
