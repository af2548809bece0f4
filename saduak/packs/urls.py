from django.urls import URLPattern, URLResolver, path

from saduak.packs.views import office, public, workbooks

app_name = "packs"
urlpatterns: list[URLPattern | URLResolver] = [
    path("standards/", public.index, name="index"),
    path("standards/<slug:slug>/", public.standard, name="standard"),
    path("standards/<slug:slug>/<int:version>/", public.standard, name="version"),
    path("packs/", office.index, name="office"),
    path("packs/workbooks/", workbooks.index, name="brought"),
    path("packs/workbooks/new/", workbooks.bring, name="bring"),
    path("packs/workbooks/<str:code>/", workbooks.draft, name="draft"),
    path("packs/workbooks/<str:code>/seen/", workbooks.draft_seen, name="draft_seen"),
    path("packs/workbooks/<str:code>/publish/", workbooks.publish_draft, name="publish_draft"),
    path("packs/workbooks/<str:code>/discard/", workbooks.discard_draft, name="discard_draft"),
    path("packs/standard/<slug:slug>/<int:version>/workbook/", workbooks.workbook, name="workbook"),
    path("packs/<slug:kind>/compare/", office.compare, name="compare"),
    path("packs/<slug:kind>/<slug:slug>/", office.versions, name="versions"),
    path("packs/<slug:kind>/<slug:slug>/<int:version>/", office.preview, name="preview"),
]
