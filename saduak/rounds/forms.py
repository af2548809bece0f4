"""Parsing what an officer types about a round. Rules live in commands and policy."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.kernel.clock import BANGKOK
from saduak.people import queries as people
from saduak.web.form_fields import ThaiDateField

SHOWN = 8  # offices named when several fit what was typed


class LateEntryForm(forms.Form):
    """For whom, until the end of which day, why."""

    organisation = forms.CharField(
        label=_("Office or service centre"),
        help_text=_("Its code, or words of its name that fit no other."),
        max_length=300,
    )
    last_day = ThaiDateField(label=_("Last day on which it may apply"))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("With the number of the letter that asked. The unit reads it; the journal keeps it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    def clean_organisation(self) -> str:
        """The public code of the one office that is meant."""
        typed = str(self.cleaned_data["organisation"]).strip()
        exact = people.organisations().filter(code=typed).first()
        if exact is not None:
            return str(exact.code)
        found = people.search(typed, limit=SHOWN + 1)
        if not found:
            raise forms.ValidationError(_("No office has this code or name."))
        if len(found) > 1:
            names = "; ".join(f"{one.name} ({one.code})" for one in found[:SHOWN])
            raise forms.ValidationError(
                _("Several offices fit. Write the code of the one you mean: %(names)s"), params={"names": names}
            )
        return str(found[0].code)

    def command_data(self) -> dict[str, Any]:
        """What `commands.admit_late` takes. The whole last day counts."""
        last = self.cleaned_data["last_day"]
        return {
            "organisation_code": self.cleaned_data["organisation"],
            "until": datetime.combine(last + timedelta(days=1), time(), BANGKOK),
            "reason": self.cleaned_data["reason"],
        }
