"""Parsing what an officer types about a round. Rules live in commands and policy."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.kernel.clock import BANGKOK
from saduak.kernel.refusals import NotComplete
from saduak.people import queries as people
from saduak.rounds.models import Window
from saduak.rounds.moments import last_day
from saduak.thai.digits import to_arabic
from saduak.web.form_fields import ThaiDateField


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
        try:
            return people.meant(self.cleaned_data["organisation"]).code
        except NotComplete as wrong:
            raise forms.ValidationError(wrong.message, params=wrong.params) from wrong

    def command_data(self) -> dict[str, Any]:
        """What `commands.admit_late` takes. The whole last day counts."""
        last = self.cleaned_data["last_day"]
        return {
            "organisation_code": self.cleaned_data["organisation"],
            "until": datetime.combine(last + timedelta(days=1), time(), BANGKOK),
            "reason": self.cleaned_data["reason"],
        }


class HourField(forms.TimeField):
    """An hour as people write it: 16.30, 16:30, ๑๖.๓๐ น.; empty or 24.00 is midnight and answers None."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Write an hour such as 16.30, or leave it empty.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, input_formats=["%H:%M"], **options)

    def to_python(self, value: Any) -> time | None:
        text = to_arabic(str(value or "")).replace("น.", "").replace(".", ":").strip()
        return None if text == "24:00" else super().to_python(text)


class MoveForm(forms.Form):
    """The two ends of a period as days and hours, and why. `seen` carries the moments the officer had before the eyes."""

    opens_day = ThaiDateField(label=_("Opens on"))
    opens_hour = HourField(label=_("at (hour)"), help_text=_("Empty: from 00.00 on."))
    closes_day = ThaiDateField(label=_("Last day"))
    closes_hour = HourField(label=_("until (hour)"), help_text=_("Empty: the whole day, until 24.00."))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody reads it beside the new dates; the journal keeps it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, data: Any, *, window: Window) -> None:
        opens, closes = window.opens_at.astimezone(BANGKOK), window.closes_at.astimezone(BANGKOK)
        whole = not (closes.hour or closes.minute or closes.second)
        super().__init__(
            data,
            initial={
                "opens_day": opens.date(),
                "opens_hour": "" if not (opens.hour or opens.minute) else f"{opens:%H.%M}",
                "closes_day": last_day(closes) if whole else closes.date(),
                "closes_hour": "" if whole else f"{closes:%H.%M}",
                "seen": f"{window.opens_at.isoformat()}/{window.closes_at.isoformat()}",
            },
        )
        self.window = window

    def clean_seen(self) -> tuple[datetime, datetime]:
        opens, _slash, closes = self.cleaned_data["seen"].partition("/")
        try:
            return datetime.fromisoformat(opens), datetime.fromisoformat(closes)
        except ValueError:
            raise forms.ValidationError(_("Open this page again: it was sent in pieces.")) from None

    def command_data(self) -> dict[str, Any]:
        """What `commands.move_window` takes. An end that was not touched keeps its seconds."""
        given = self.cleaned_data
        opens = datetime.combine(given["opens_day"], given["opens_hour"] or time(), BANGKOK)
        closes = datetime.combine(given["closes_day"], given["closes_hour"] or time(), BANGKOK)
        if not given["closes_hour"]:
            closes += timedelta(days=1)
        kept_opens, kept_closes = given["seen"]
        return {
            "opens_at": kept_opens if opens == kept_opens.replace(second=0, microsecond=0) else opens,
            "closes_at": kept_closes if closes == kept_closes.replace(second=0, microsecond=0) else closes,
            "reason": given["reason"],
            "seen": given["seen"],
        }
