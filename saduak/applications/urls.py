"""Addresses of applications. Public numbers only."""

from django.urls import path

from saduak.applications.views import (
    commenting,
    comparing,
    corrections,
    evidence,
    filling,
    lists,
    passing_on,
    receipts,
    viewing,
)

app_name = "applications"
urlpatterns = [
    path("", lists.index, name="index"),
    path("new/", lists.new, name="new"),
    path("centres/new/", lists.new_centre, name="new_centre"),
    path("<slug:number>/", filling.detail, name="detail"),
    path("<slug:number>/sections/<slug:section>/", filling.section, name="section"),
    path("<slug:number>/form/", filling.form, name="form"),
    path("<slug:number>/save/", filling.save, name="save"),
    path("<slug:number>/settle/", filling.settle, name="settle"),
    path("<slug:number>/looked/", filling.looked, name="looked"),
    path("<slug:number>/comments/", commenting.comments, name="comments"),
    path("<slug:number>/comments/<slug:thread>/", commenting.thread, name="comment_thread"),
    path("<slug:number>/evidence/", evidence.evidence, name="evidence"),
    path("<slug:number>/evidence/add/", evidence.add_evidence, name="add_evidence"),
    path("<slug:number>/evidence/<slug:piece>/", evidence.change_evidence, name="change_evidence"),
    path("<slug:number>/evidence/<slug:piece>/remove/", evidence.remove_evidence, name="remove_evidence"),
    path("<slug:number>/evidence/<slug:piece>/restore/", evidence.restore_evidence, name="restore_evidence"),
    path("<slug:number>/evidence/<slug:piece>/view/", viewing.view_evidence, name="view_evidence"),
    path("<slug:number>/evidence/<slug:piece>/pages/<int:page>/", viewing.evidence_page, name="evidence_page"),
    path("<slug:number>/evidence/<slug:piece>/file/", evidence.evidence_file, name="evidence_file"),
    path("<slug:number>/evidence/<slug:piece>/thumbnail/", evidence.thumbnail, name="thumbnail"),
    path("<slug:number>/check/", passing_on.check, name="check"),
    path("<slug:number>/read/", passing_on.read, name="read"),
    path("<slug:number>/propose/", passing_on.propose, name="propose"),
    path("<slug:number>/send-back/", passing_on.send_back, name="send_back"),
    path("<slug:number>/submit/", passing_on.submit, name="submit"),
    path("<slug:number>/resubmit/", passing_on.resubmit, name="resubmit"),
    path("<slug:number>/corrections/", corrections.corrections, name="corrections"),
    path("<slug:number>/compare/", comparing.compare, name="compare"),
    path("<slug:number>/withdraw/", passing_on.withdraw, name="withdraw"),
    path("<slug:number>/receipts/<int:sequence>/", receipts.receipt, name="receipt"),
    path("<slug:number>/receipts/<int:sequence>/pdf/", receipts.receipt_pdf, name="receipt_pdf"),
    path("<slug:number>/receipts/<int:sequence>/json/", receipts.receipt_json, name="receipt_json"),
]
