from django.urls import path

from saduak.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("messages/", views.inbox, name="inbox"),
    path("messages/<str:code>/", views.message, name="message"),
    path("search/", views.search, name="search"),
    path("cases/<str:number>/", views.case, name="case"),
    path("cases/<str:number>/export/", views.case_export, name="case_export"),
    path("units/", views.units, name="units"),
    path("units/<str:round_code>/<str:code>/", views.units, name="units_of"),
    path("units/<str:round_code>/<str:code>/silent/", views.silent_units, name="silent_units"),
    path("units/<str:round_code>/<str:code>.csv", views.units_csv, name="units_csv"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/renew/", views.renew_calendar, name="renew_calendar"),
    path("calendar/revoke/", views.revoke_calendar, name="revoke_calendar"),
    path("calendar/<slug:secret>.ics", views.calendar_feed, name="calendar_feed"),
    path("journal/", views.journal, name="journal"),
    path("journal/prove/", views.prove, name="prove"),
]
