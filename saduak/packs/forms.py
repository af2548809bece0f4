"""Forms of packs."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkbookForm(forms.Form):
    """A standard as a workbook."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("An .xlsx file of up to 10 MB, made from the workbook of a standard on the page of its versions."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
    )
