"""In which form the letters of all addressees are wanted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.circulars.models import PrintForm


class Order(forms.Form):
    form = forms.ChoiceField(
        label=_("As what you want the letters"),
        choices=PrintForm.choices,
        widget=forms.RadioSelect,
        initial=PrintForm.ZIP,
        error_messages={"required": _("Choose in which form you want the letters.")},
    )
