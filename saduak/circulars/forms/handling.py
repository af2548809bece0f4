"""What else is done with a hop: send it back, settle what came back, enter a receipt on paper, hand back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.web.form_fields import ThaiDateField


class SendBack(forms.Form):
    reason = forms.CharField(
        label=_("Why it is not for your office"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Settle(forms.Form):
    """Either the code of the right office, or a note that closes the matter."""

    to = forms.CharField(label=_("Code of the office for which it is meant"), required=False, max_length=40)
    note = forms.CharField(label=_("Note"), required=False, max_length=1000)


class PaperReceipt(forms.Form):
    received_on = ThaiDateField(label=_("Day of receipt"), required=False)
    received_by = forms.CharField(label=_("Received by"), required=False, max_length=200)
    number = forms.CharField(label=_("Their number, if they gave one"), required=False, max_length=60)
    remark = forms.CharField(label=_("Remark"), required=False, max_length=500)
    proof = forms.FileField(label=_("Scan as proof"), required=False)


class Arrived(forms.Form):
    arrived_on = ThaiDateField(label=_("Day on which the paper arrived"), required=False)


class HandBack(forms.Form):
    note = forms.CharField(label=_("Note"), required=False, max_length=500)
