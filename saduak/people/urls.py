from django.urls import path

from saduak.people import views

app_name = "people"
urlpatterns = [
    path("posts/", views.posts, name="posts"),
    path("posts/act/", views.act_as, name="act_as"),
    path("posts/<int:pk>/end/", views.end_post, name="end_post"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<str:code>/", views.organisation, name="organisation"),
    path("organisations/<str:code>/posts/new/", views.give_post, name="give_post"),
]
