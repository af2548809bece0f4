"""Closing a short link."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CloseLink(forms.Form):
    why = forms.CharField(
        label=_("Why it is closed"), max_length=300, help_text=_("Whoever scans the code reads this.")
    )
    moved_to = forms.CharField(
        label=_("Letter that takes its place"),
        max_length=60,
        required=False,
        help_text=_("Its number. Leave empty where there is none."),
    )
