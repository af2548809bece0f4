from django.urls import path

from saduak.circulars.views import boxes, drafts, hops, ledger, letters, readings, registers

app_name = "circulars"
urlpatterns = [
    path("", boxes.inbox, name="inbox"),
    path("out/", boxes.outgoing, name="outgoing"),
    path("actions/", boxes.actions, name="actions"),
    path("readings/", readings.index, name="readings"),
    path("readings/new/", readings.new, name="new_reading"),
    path("readings/<str:code>/", readings.review, name="reading"),
    path("readings/<str:code>/discard/", readings.discard, name="discard_reading"),
    path("readings/<str:code>/round/", readings.open_round, name="open_round"),
    path("registers/", registers.register, name="registers"),
    path("registers/<str:office>/<str:direction>/<int:year>.csv", registers.as_csv, name="register_csv"),
    path("registers/<str:office>/<str:direction>/<int:year>.pdf", registers.as_pdf, name="register_pdf"),
    path("new/", drafts.new, name="new"),
    path("hops/<str:code>/", hops.hop, name="hop"),
    path("hops/<str:code>/letter.pdf", hops.letter, name="hop_letter"),
    path("hops/<str:code>/receive/", hops.receive, name="receive"),
    path("hops/<str:code>/acknowledge/", hops.acknowledge, name="acknowledge"),
    path("hops/<str:code>/assign/", hops.assign, name="assign"),
    path("hops/<str:code>/forward/", hops.forward, name="forward"),
    path("hops/<str:code>/reply/<str:action>/", hops.reply, name="reply"),
    path("hops/<str:code>/proof/<str:action>/", hops.proof, name="proof"),
    path("<str:code>/", letters.circular, name="circular"),
    path("<str:code>/progress/", letters.progress, name="progress"),
    path("<str:code>/letter.pdf", drafts.letter, name="letter"),
    path("<str:code>/edit/", drafts.edit, name="edit"),
    path("<str:code>/check/", drafts.check, name="check"),
    path("<str:code>/issue/", drafts.issue, name="issue"),
    path("<str:code>/drop/", drafts.drop, name="drop"),
    path("<str:code>/ledger/", ledger.ledger_page, name="ledger"),
    path("<str:code>/ledger.csv", ledger.as_csv, name="ledger_csv"),
    path("<str:code>/branch/", ledger.branch, name="branch"),
]
