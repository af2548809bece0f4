"""What people type and choose about files: filters of the shelf, a newer version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.applications.forms import PlainSelect
from saduak.applications.queries.shelf import ENDED, HOLDS, OLD, UNUSABLE, ShelfFilters
from saduak.files.gate import ACCEPT
from saduak.people.models import Organisation
from saduak.web.components.dates import fiscal_year_label
from saduak.web.form_fields import ThaiDateField

STATES = [
    ("", _("All")),
    (HOLDS, _("Holds now")),
    (ENDED, _("No longer holds")),
    (OLD, _("Older than the standard allows")),
    (UNUSABLE, _("Unusable: malware was found")),
]


class ShelfForm(forms.Form):
    """What the shelf is narrowed to."""

    q = forms.CharField(label=_("Title, file name or SHA-256"), required=False, max_length=200)
    year = forms.ChoiceField(label=_("Fiscal year"), required=False, widget=PlainSelect)
    centre = forms.ChoiceField(label=_("Centre"), required=False, widget=PlainSelect)
    item = forms.ChoiceField(label=_("Criterion"), required=False, widget=PlainSelect)
    state = forms.ChoiceField(label=_("Validity"), required=False, widget=PlainSelect, choices=STATES)

    def __init__(
        self, *args: Any, years: list[int], centres: list[Organisation], items: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[Any]] = {
            "year": [(str(one), fiscal_year_label(one)) for one in years],
            "centre": [(one.code, one.name) for one in centres],
            "item": items,
        }
        for name, pairs in choices.items():
            if len(pairs) < 2:
                del self.fields[name]
            else:
                self.fields[name].choices = [("", _("All")), *pairs]  # type: ignore[attr-defined]

    def wanted(self) -> ShelfFilters:
        """The filters that make sense; what does not is left aside."""
        self.is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        return ShelfFilters(**{name: cleaned.get(name) or "" for name in ("q", "year", "centre", "item", "state")})


class NewerForm(forms.Form):
    """A newer version of a file, and when it holds."""

    upload = forms.FileField(
        label=_("Newer version"), widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": _("Choose the newer version.")},
    )  # fmt: skip
    holds_from = ThaiDateField(label=_("Holds from"), required=False)
    holds_to = ThaiDateField(label=_("Holds to"), required=False)
