"""The letterhead of an office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.circulars.models import Letterhead


class LetterheadForm(forms.Form):
    name_lines = forms.CharField(
        label=_("Name and address"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, at the right of the first page. Empty: name and address of the office as Saduak knows them."),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("Contact lines"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, at the foot of new letters. Empty: name, telephone and e-mail of the office."),
    )  # fmt: skip
    emblem = forms.FileField(
        label=_("Emblem"), required=False, help_text=_("PNG, JPEG or WebP; it is printed 3 cm high, on memoranda 1.5 cm."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )  # fmt: skip
    without = forms.BooleanField(label=_("Print no emblem"), required=False)

    def __init__(self, present: Letterhead | None, data: Any = None, files: Any = None) -> None:
        initial = {"name_lines": present.name_lines, "contact": present.contact} if present else {}
        super().__init__(data, files, initial=initial)
        if present is None or present.emblem is None:
            del self.fields["without"]
