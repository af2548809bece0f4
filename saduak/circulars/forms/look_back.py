"""To which moment a reader looks back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.web.form_fields import ThaiMomentField


class LookBack(forms.Form):
    """A day and an hour; of a day alone its end, as of whatever stood at the end of that day."""

    at = ThaiMomentField(
        ends=True, required=False, label=_("Day and time (Bangkok)"), help_text=_("For example 27 ธ.ค. 2564 15.37")
    )
