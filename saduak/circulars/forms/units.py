"""Forms about units and reminders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.circulars.queries import boxes, units
from saduak.circulars.queries.actions import STATES
from saduak.people.models import Kind


class Narrow(forms.Form):
    """Which units a matrix shows; the choices are those that occur in it."""

    action = forms.ChoiceField(label=_("Action"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Level"), required=False)
    province = forms.ChoiceField(label=_("Province"), required=False)

    def __init__(self, found: units.Matrix, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("All"))]
        choices: dict[str, list[tuple[str, Any]]] = {
            "action": [(one.code, f"{one.number}. {one.title}") for one in found.actions],
            "state": [(code, state.label) for code, state in STATES.items()],
            "kind": [(one, Kind(one).label) for one in Kind.values if one in {unit.kind for unit in found.units}],
            "province": boxes.province_choices({unit.province for unit in found.units}),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*every, *rows]


class Remind(forms.Form):
    note = forms.CharField(
        label=_("A word of your own (optional)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
