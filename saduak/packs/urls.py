from django.urls import URLPattern, URLResolver, path

from saduak.packs.views import office, public

app_name = "packs"
urlpatterns: list[URLPattern | URLResolver] = [
    path("standards/", public.index, name="index"),
    path("standards/<slug:slug>/", public.standard, name="standard"),
    path("standards/<slug:slug>/<int:version>/", public.standard, name="version"),
    path("packs/", office.index, name="office"),
    path("packs/<slug:kind>/compare/", office.compare, name="compare"),
    path("packs/<slug:kind>/<slug:slug>/", office.versions, name="versions"),
    path("packs/<slug:kind>/<slug:slug>/<int:version>/", office.preview, name="preview"),
]
