"""All addresses of the house. Each app brings its own; this is the only place that knows them all."""

from django.urls import include, path, re_path

urlpatterns = [
    path("", include("saduak.desk.urls")),
    path("", include("saduak.web.urls")),
    path("", include("saduak.people.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("saduak.packs.urls")),
    path("rounds/", include("saduak.rounds.urls")),
    path("surveys/", include("saduak.surveys.urls")),
    path("applications/", include("saduak.applications.urls")),
    path("assessment/", include("saduak.assessment.urls")),
    path("circulars/", include("saduak.circulars.urls")),
    re_path("^[sS]/", include("saduak.surveys.public_urls")),
    re_path("^[lL]/", include("saduak.circulars.short_urls")),
    path("", include("saduak.certificates.urls")),
    path("register/", include("saduak.directory.urls")),
]
