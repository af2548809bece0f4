"""Going through what was read: the findings of a bundle, and one letter with its fields, offices and actions."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.circulars.asking import Asked
from saduak.circulars.models import Reading
from saduak.circulars.queries import readings
from saduak.circulars.queries.reading_bodies import Named
from saduak.people.models import Kind
from saduak.rounds.models import ActionKind
from saduak.web.form_fields import ThaiDateField

OPEN, NONE = "?", "-"  # a name about which nothing is decided; one that is none of ours
TO = [(kind, label) for kind, label in Kind.choices if kind != Kind.SECRETARIAT]


class Cut(forms.Form):
    """How often the letters had been cut when the page was shown."""

    cuts = forms.IntegerField(widget=forms.HiddenInput)


class Findings(Cut):
    """A tick and a note for each finding given ("seen-3", "note-3"), and how often the letters were cut so far."""

    def __init__(self, reading: Reading, findings: list[readings.ReadFinding], data: Any = None) -> None:
        super().__init__(data, initial={"cuts": reading.cuts})
        self.findings = findings
        for one in findings:
            self.fields[f"seen-{one.place}"] = forms.BooleanField(label=_("Seen"), required=False, initial=one.seen)
            self.fields[f"note-{one.place}"] = forms.CharField(
                label=_("Note"), required=False, max_length=500, initial=one.note
            )

    def seen(self) -> dict[int, str | None]:
        given = self.cleaned_data
        return {
            one.place: given.get(f"note-{one.place}", "") if given.get(f"seen-{one.place}") else None
            for one in self.findings
        }


class LetterReview(Findings):
    """One letter: fields "0-number" and where a text was taken from "0-number@", offices "0-body-agency-0", actions
    "0-ask-0-kind"."""

    def __init__(
        self,
        reading: Reading,
        place: int,
        fields: list[readings.ReadField],
        findings: list[readings.ReadFinding],
        named: list[Named],
        data: Any = None,
    ) -> None:
        super().__init__(reading, findings, data)
        self.place, self.named, self.actions = place, named, readings.asked(reading, place)
        for one in fields:
            self.fields[f"{place}-{one.name}"] = _field(one)
            self.fields[f"{place}-{one.name}@"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.names = [one.name for one in fields]
        for office in named:
            self.fields[f"{place}-body-{office.key}"] = _office(office)
        for number, action in enumerate(self.actions):
            for name, bound in _action(action).items():
                self.fields[f"{place}-ask-{number}-{name}"] = bound

    def corrections(self) -> dict[str, str]:
        given = self.cleaned_data
        return {name: given[f"{self.place}-{name}"] for name in self.names if f"{self.place}-{name}" in given}

    def places(self) -> dict[str, tuple[int, int]]:
        found = {}
        for name in self.names:
            start, _dash, end = self.cleaned_data.get(f"{self.place}-{name}@", "").partition("-")
            if start.isdecimal() and end.isdecimal():
                found[name] = (int(start), int(end))
        return found

    def bodies(self) -> dict[str, str]:
        given = {one.key: self.cleaned_data[f"{self.place}-body-{one.key}"] for one in self.named}
        return {key: "" if code == NONE else code for key, code in given.items() if code != OPEN}

    def asked(self) -> list[Asked]:
        found = []
        for number, action in enumerate(self.actions):
            given = {
                name: self.cleaned_data[f"{self.place}-ask-{number}-{name}"] for name in ("kind", "opens", "due", "to")
            }
            days = {name: given[name].isoformat() if given[name] else "" for name in ("opens", "due")}
            found.append(Asked(action.number, action.text, given["kind"], days["opens"], days["due"], given["to"]))
        return found


def _field(one: readings.ReadField) -> forms.Field:
    if one.name == "kind":
        return forms.ChoiceField(label=one.label, choices=list(readings.KINDS.items()), initial=one.value)
    rows = min(max(one.value.count("\n") + 1, 2), 8)
    widget: forms.Widget = forms.TextInput()
    if one.name in readings.LONG or "\n" in one.value or len(one.value) > 60:
        widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=one.label, required=False, initial=one.value, widget=widget)


def _office(one: Named) -> forms.Field:
    choices: list[tuple[str, Any]] = [(OPEN, _("not decided yet"))]
    for match in one.matched.all:
        reasons = ", ".join(str(reason) for reason in match.reasons[:1])
        choices.append((match.code, " · ".join(part for part in (match.name, match.where, reasons) if part)))
    if one.code and one.code not in {code for code, _label in choices}:
        choices.append((one.code, one.code))
    choices.append((NONE, _("many offices at once") if one.matched.group else _("not in our tree")))
    chosen = one.chosen
    initial = OPEN if chosen is None and not one.matched.group else (chosen or NONE)
    return forms.ChoiceField(label=f"{one.label}: {one.text}", choices=choices, initial=initial)


def _action(one: Asked) -> dict[str, forms.Field]:
    kinds = [("", _("no action")), *ActionKind.choices]
    opens, due = (date.fromisoformat(day) if day else None for day in (one.opens, one.due))
    return {
        "kind": forms.ChoiceField(label=_("What is asked"), required=False, choices=kinds, initial=one.kind),
        "opens": ThaiDateField(label=_("Begins"), required=False, initial=opens),
        "due": ThaiDateField(label=_("Due"), required=False, initial=due),
        "to": forms.MultipleChoiceField(
            label=_("Who is asked"), required=False, choices=TO, initial=one.to, widget=forms.CheckboxSelectMultiple
        ),
    }
