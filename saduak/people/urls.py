from django.urls import path

from saduak.people.views import imports, places

app_name = "people"
urlpatterns = [
    path("posts/", places.posts, name="posts"),
    path("posts/act/", places.act_as, name="act_as"),
    path("posts/<str:code>/end/", places.end_post, name="end_post"),
    path("organisations/", places.organisations, name="organisations"),
    path("organisations/<str:code>/", places.organisation, name="organisation"),
    path("organisations/<str:code>/posts/new/", places.give_post, name="give_post"),
    path("imports/", imports.index, name="imports"),
    path("imports/new/", imports.new, name="new_import"),
    path("imports/templates/<str:kind>.xlsx", imports.template, name="import_template"),
    path("imports/<str:code>/", imports.detail, name="import"),
    path("imports/<str:code>/report.xlsx", imports.report, name="import_report"),
    path("imports/<str:code>/apply/", imports.apply, name="apply_import"),
    path("imports/<str:code>/undo/", imports.undo, name="undo_import"),
    path("imports/<str:code>/discard/", imports.discard, name="discard_import"),
]
