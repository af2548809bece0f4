from django.urls import path

from saduak.rounds import views

app_name = "rounds"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/calendar.ics", views.calendar_file, name="calendar_file"),
    path("<str:code>/end/", views.end, name="end"),
    path("<str:code>/windows/<str:kind>/move/", views.move_window, name="move_window"),
    path("<str:code>/late-entry/", views.late_entry, name="late_entry"),
]
