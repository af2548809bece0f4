from django.urls import path

from saduak.surveys.views import answering, office, outcome

app_name = "surveys"
urlpatterns = [
    path("", office.index, name="index"),
    path("open/", office.open_survey, name="open"),
    path("<str:code>/", office.detail, name="detail"),
    path("<str:code>/qr.svg", office.qr_as_svg, name="qr_svg"),
    path("<str:code>/qr.png", office.qr_as_png, name="qr_png"),
    path("<str:code>/close/", office.move_close, name="move_close"),
    path("<str:code>/end/", office.end, name="end"),
    path("<str:code>/tree/<str:body>/", outcome.tree, name="tree"),
    path("<str:code>/tree/<str:body>/tree.csv", outcome.tree_csv, name="tree_csv"),
    path("<str:code>/tree/<str:body>/tree.xlsx", outcome.tree_xlsx, name="tree_xlsx"),
    path("<str:code>/results/<str:body>/", outcome.results, name="results"),
    path("<str:code>/results/<str:body>/results.csv", outcome.results_csv, name="results_csv"),
    path("<str:code>/results/<str:body>/results.xlsx", outcome.results_xlsx, name="results_xlsx"),
    path("<str:code>/texts/<str:question>/", outcome.texts, name="texts"),
    path("<str:code>/answer/<str:body>/", answering.answer, name="answer"),
    path("<str:code>/answer/<str:body>/check/", answering.check, name="check"),
    path("<str:code>/answer/<str:body>/hand-in/", answering.hand_in, name="hand_in"),
    path("<str:code>/answer/<str:body>/withdraw/", answering.withdraw, name="withdraw"),
    path("<str:code>/answer/<str:body>/page/<str:group>/", answering.page, name="page"),
]
