"""What is typed and chosen; what it means is checked by the commands."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.assessment.models import DeclarationKind, ScreeningResult, Team, TeamFunction
from saduak.assessment.queries import screening, teams
from saduak.assessment.workflow import CASE
from saduak.kernel import clock
from saduak.people.models import User


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ListFilters(forms.Form):
    """Search and province; `tab` and `round` are kept."""

    q = forms.CharField(label=_("Centre or case number"), required=False)
    province = forms.ChoiceField(label=_("Province"), required=False)
    tab = forms.CharField(required=False, widget=forms.HiddenInput)
    round = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["province"].choices = [("", _("All provinces")), *teams.provinces().items()]  # type: ignore[attr-defined]

    def asked(self, name: str) -> str:
        """What was asked for, "" when nothing or something that does not exist."""
        self.is_valid()
        return self.cleaned_data.get(name, "")


class QueueFilters(ListFilters):
    """The officer's queue: also whose desk check it is, and below which ministry or department."""

    whose = forms.ChoiceField(label=_("Checked by"), required=False)
    below = forms.ChoiceField(label=_("Below"), required=False)
    field_order = ("q", "whose", "below", "province")

    def __init__(self, data: Any, officers: list[User]) -> None:
        super().__init__(data)
        self.fields["whose"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            ("mine", _("Me")),
            ("nobody", _("Nobody yet")),
            *persons(officers),
        ]
        self.fields["below"].choices = [  # type: ignore[attr-defined]
            ("", _("All bodies")),
            *((one.code, "– " * (one.depth - 2) + one.name) for one in screening.parents()),
        ]


class ShareForm(forms.Form):
    """To whom the chosen applications are given: one officer, several in turn, or nobody."""

    to = forms.MultipleChoiceField(label=_("Give to"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, loads: dict[int, int], officers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (one.ref, _("%(name)s (%(load)s to check)") % {"name": one.name, "load": loads.get(one.pk, 0)})
            for one in officers
        ]


class CaseFilters(ListFilters):
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All states")), *CASE.choices()])
    field_order = ("q", "state", "province")


class ResultForm(forms.Form):
    result = forms.ChoiceField(
        label=_("Result of the check"), choices=ScreeningResult.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("What the unit is told with it"),
        help_text=_("Compulsory when it is not ready: why, and what it can do for the next round."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReturnForm(forms.Form):
    due_on = forms.DateField(
        label=_("To be corrected by"), help_text=_("The last day that counts, in full."), widget=Day()
    )


class RegionForm(forms.Form):
    provinces = forms.MultipleChoiceField(
        label=_("Region"),
        help_text=_("Provinces of the team. None chosen: the whole country."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provinces"].choices = list(teams.provinces().items())  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    user = forms.ChoiceField(label=_("Assessor"))
    function = forms.ChoiceField(label=_("Function"), choices=TeamFunction.choices, initial=TeamFunction.EXPERT)

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(one.ref, one.name) for one in teams.possible_members(team)]
        self.fields["user"].choices = [("", _("Choose a person")), *people]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class MoveForm(forms.Form):
    team = forms.ChoiceField(label=_("Team"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = choices  # type: ignore[attr-defined]


class DeclareForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("My interest in this centre"), choices=DeclarationKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("In a few words"), help_text=_("Needed for another reason."), required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class PinForm(forms.Form):
    conflict = forms.ChoiceField(
        label=_("Decision of the officer"),
        choices=[
            ("yes", _("Has a conflict: the case is hidden from this person")),
            ("no", _("No conflict: this person takes part")),
            ("", _("No decision: what was found and declared counts")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class MeetingForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=Day())
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("Place"), required=False, max_length=300)
    quorum = forms.IntegerField(
        label=_("Quorum"),
        help_text=_("Members who must be present. Empty: more than half."),
        required=False,
        min_value=1,
    )

    def held_at(self) -> datetime:
        """Bangkok wall time."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], clock.BANGKOK)


class DecideForm(forms.Form):
    level = forms.ChoiceField(label=_("The committee decides"), widget=forms.RadioSelect, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Compulsory when it differs from the computed level, and on refusal. The unit reads it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    remedy = forms.CharField(
        label=_("What the unit can do"),
        help_text=_("Compulsory on refusal: appeal, to whom and by when."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, levels: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = levels  # type: ignore[attr-defined]


def persons(users: list[User]) -> list[tuple[str, str]]:
    return [(one.ref, one.name) for one in users]
