"""The address of an office in the exchange of letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.circulars.models import Carrier, Side


class Address(forms.Form):
    """What is missing or wrong is told by the command, so that page and command line say the same."""

    office = forms.CharField(
        label=_("Code of the office in the tree"), required=False, max_length=40, help_text=_("For example TH-54")
    )
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices, widget=forms.RadioSelect, initial=Side.THEIRS)
    carrier = forms.ChoiceField(
        label=_("Carried by"), choices=Carrier.choices, widget=forms.RadioSelect, initial=Carrier.FOLDER
    )
    place = forms.CharField(label=_("Folder on the server, or address of the gateway"), required=False, max_length=500)
    department = forms.CharField(
        label=_("Code in the exchange"), required=False, max_length=64,
        help_text=_("Letters, digits, - and _; for example 15054"),
    )  # fmt: skip
    ministry = forms.CharField(
        label=_("Code of its ministry in the exchange"), required=False, max_length=64,
        help_text=_("Leave empty where the exchange asks for none."),
    )  # fmt: skip
