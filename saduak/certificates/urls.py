"""The check for everybody under /v/, and the offices' pages under /certificates/."""

from django.urls import URLPattern, URLResolver, include, path

from saduak.certificates.views import keys, office, public, rounds

app_name = "certificates"

inside: list[URLPattern | URLResolver] = [
    path("", office.index, name="index"),
    path("earlier/new/", rounds.enter_earlier, name="enter_earlier"),
    path("cohort/", rounds.cohort, name="cohort"),
    path("cohort.csv", rounds.cohort_csv, name="cohort_csv"),
    path("keys/", keys.index, name="keys_index"),
    path("keys/<str:key_id>/withdraw/", keys.withdraw, name="withdraw_key"),
    path("rounds/<str:code>/", rounds.detail, name="round"),
    path("rounds/<str:code>/progress/", rounds.progress, name="progress"),
    path("rounds/<str:code>/issue/", rounds.issue_round, name="issue_round"),
    path("issue/<str:application>/", rounds.issue, name="issue"),
    path("<str:number>/", office.detail, name="detail"),
    path("<str:number>/pdf/", office.pdf, name="pdf"),
    path("<str:number>/suspend/", office.suspend, name="suspend"),
    path("<str:number>/reinstate/", office.reinstate, name="reinstate"),
    path("<str:number>/revoke/", office.revoke, name="revoke"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("certificates/", include(inside)),
    path("v/", public.ask, name="ask"),
    path("v/check/", public.check_paper, name="check_paper"),
    path("v/<str:number>.json", public.check_json, name="check_json"),
    path("v/<str:number>/", public.check, name="check"),
    path("v/<str:number>/mark.svg", public.mark, name="mark"),
    path(".well-known/saduak-keys.json", public.keys, name="keys"),
]
