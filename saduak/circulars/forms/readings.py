"""Reading a bundle in, reviewing what was read, opening the round from it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.circulars.bundles import ACCEPT
from saduak.circulars.forms import Moment
from saduak.circulars.models import Reading
from saduak.circulars.queries import readings
from saduak.packs.models import PublishedPack
from saduak.rounds.models import WindowKind
from saduak.rounds.moments import closing_text, opening_text


class NewReading(forms.Form):
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("Text (.txt), Word (.docx), PDF, or a scan (PDF, PNG, JPEG, TIFF); at most 20 MB. A scan takes some seconds a page."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or paste the text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("The letters one after the other, as they stand in the bundle. Nothing needs to mark where one ends."),
    )  # fmt: skip


class Review(forms.Form):
    """Every field of every letter ("0-number"), and a tick and a note for every finding ("seen-3", "note-3")."""

    def __init__(self, reading: Reading, data: Any = None) -> None:
        super().__init__(data)
        self.reading = reading
        self.letters: list[list[str]] = []
        for place in range(len(reading.result["letters"])):
            names = []
            for one in readings.fields(reading, place):
                name = f"{place}-{one.name}"
                self.fields[name] = _field(one)
                names.append(name)
            self.letters.append(names)
        for finding in readings.findings(reading):
            self.fields[f"seen-{finding.place}"] = forms.BooleanField(
                label=_("Seen"), required=False, initial=finding.seen
            )
            self.fields[f"note-{finding.place}"] = forms.CharField(
                label=_("Note"), required=False, max_length=500, initial=finding.note
            )

    def corrections(self) -> dict[int, dict[str, str]]:
        return {
            place: {name.partition("-")[2]: self.cleaned_data[name] for name in names if name in self.cleaned_data}
            for place, names in enumerate(self.letters)
        }

    def seen(self) -> dict[int, str]:
        count = len(self.reading.result["findings"])
        return {
            place: self.cleaned_data.get(f"note-{place}", "")
            for place in range(count)
            if self.cleaned_data.get(f"seen-{place}")
        }


def _field(one: readings.ReadField) -> forms.Field:
    if one.name == "kind":
        return forms.ChoiceField(label=one.label, choices=list(readings.KINDS.items()), initial=one.value)
    rows = min(max(one.value.count("\n") + 1, 2), 8)
    widget: forms.Widget = forms.TextInput()
    if one.name in readings.LONG or "\n" in one.value or len(one.value) > 60:
        widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=one.label, required=False, initial=one.value, widget=widget)


class OpenRound(forms.Form):
    """The dates of a round as its pack gives them, for the officer to adjust."""

    def __init__(self, pack: PublishedPack, data: Any = None) -> None:
        super().__init__(data)
        self.windows: list[tuple[str, str, str]] = []
        self.actions: list[tuple[str, str, str]] = []
        content = pack.content
        labels = dict(WindowKind.choices)
        spans = {one["id"]: one for one in content["windows"]}
        for one in content["windows"]:
            kind = one["id"].upper()
            if kind not in labels:
                continue
            names = (f"{kind}_opens", f"{kind}_closes")
            opens, closes = datetime.fromisoformat(one["opens"]), datetime.fromisoformat(one["closes"])
            self.fields[names[0]] = Moment(label=_("Opens"), initial=opens, help_text=opening_text(opens, "short"))
            self.fields[names[1]] = Moment(
                label=_("Closes before"), initial=closes, help_text=closing_text(closes, "short")
            )
            self.windows.append((kind, *names))
        for one in content["actions"]:
            code, due = f"A{one['number']}", one.get("due")
            if one.get("window"):
                due = spans[one["window"]]["closes"]
            moment = datetime.fromisoformat(due) if due else None
            self.fields[f"{code}_due"] = Moment(
                label=_("Due before"),
                required=False,
                initial=moment,
                help_text=closing_text(moment, "short") if moment else "",
            )
            self.actions.append((code, one["kind"], f"{code}_due"))

    def chosen_windows(self) -> dict[str, tuple[datetime, datetime]]:
        return {kind: (self.cleaned_data[opens], self.cleaned_data[closes]) for kind, opens, closes in self.windows}

    def chosen_actions(self) -> dict[str, tuple[datetime | None, datetime | None]]:
        """Terms of the actions whose date was set otherwise than the pack's; the others follow the windows."""
        return {
            code: (None, self.cleaned_data[name]) for code, _kind, name in self.actions if name in self.changed_data
        }
