"""What officers type about certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.certificates.commands import LONGEST_REASON
from saduak.certificates.models import Reason
from saduak.kernel import clock
from saduak.packs.standard import Level
from saduak.people.models import Kind, Organisation
from saduak.rounds.models import Round
from saduak.thai.dates import parse_date

STANDING_CHOICES = [
    ("", _("all")),
    ("VALID", _("valid")),
    ("DUE", _("due for renewal")),
    ("EXPIRED", _("expired")),
    ("SUSPENDED", _("suspended")),
    ("REVOKED", _("revoked")),
    ("SUCCEEDED", _("succeeded by a newer one")),
]


class ReasonForm(forms.Form):
    """A reason in words, for the journal and the unit."""

    text = forms.CharField(
        label=_("Reason in your own words"),
        help_text=_("Stands in the journal and is told to the unit. The public does not see it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_REASON,
    )


class PublicReasonForm(ReasonForm):
    """… and its class, which the public is told."""

    reason = forms.ChoiceField(
        label=_("Reason that the public is told"), choices=Reason.choices, widget=forms.RadioSelect
    )
    field_order = ["reason", "text"]


class FindForm(forms.Form):
    """Filters of the list."""

    q = forms.CharField(label=_("Centre or certificate number"), required=False, max_length=200)
    standing = forms.ChoiceField(label=_("Stands"), choices=STANDING_CHOICES, required=False)
    round = forms.ChoiceField(label=_("Round"), required=False)

    def __init__(self, *args: Any, rounds: list[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].choices = [("", _("all")), *((one.code, one.name) for one in rounds)]


class EarlierForm(forms.Form):
    """A certificate of the time before this system."""

    centre = forms.CharField(
        label=_("Code of the centre"), help_text=_("As in the list of organisations, such as C-7KQ2MX."), max_length=40
    )
    round = forms.ChoiceField(label=_("Round"))
    level = forms.ChoiceField(label=_("Level"))
    valid_from = forms.CharField(
        label=_("First day"), help_text=_("Such as 29 สิงหาคม 2562 or 29/08/2562."), max_length=60
    )
    number = forms.CharField(
        label=_("Number on the paper"),
        help_text=_("Leave it empty to give a new number."),
        required=False,
        max_length=60,
    )

    def __init__(self, *args: Any, rounds: list[Round], levels: list[Level], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].choices = [(one.code, one.name) for one in rounds]
        self.fields["level"].choices = [(one.code, one.title.say(language)) for one in levels]

    def clean_centre(self) -> str:
        code = self.cleaned_data["centre"].strip().upper()
        if not Organisation.objects.filter(code=code, kind=Kind.CENTRE).exists():
            raise forms.ValidationError(_("There is no centre with the code “%(code)s”."), params={"code": code})
        return code

    def clean_valid_from(self) -> Any:
        day = parse_date(self.cleaned_data["valid_from"])
        if day is None:
            raise forms.ValidationError(_("Write a day, such as 29/08/2562."))
        if day > clock.today():
            raise forms.ValidationError(_("The first day lies in the future."))
        return day
