"""Choosing whom a circular goes to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.certificates import queries as certificates
from saduak.circulars.models import Circular
from saduak.circulars.queries.addressees import kinds_below, levels_below
from saduak.circulars.queries.named import as_lines
from saduak.files import sheets
from saduak.kernel.refusals import NotComplete
from saduak.people.models import Kind
from saduak.rounds import queries as rounds

LONGEST_LIST = 400_000  # characters: ten thousand names
MOST_ROUNDS = 6


def _list(label: Any, help_text: Any, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=LONGEST_LIST, required=False, widget=widget, help_text=help_text, strip=False
    )


class Addressees(forms.Form):
    """Who gets the letter. What does not fit is told when it is counted; a draft may be kept with anything."""

    choice = forms.ChoiceField(label=_("Addressees"), widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(label=_("Kinds of office"), required=False, widget=forms.CheckboxSelectMultiple)
    levels = forms.MultipleChoiceField(label=_("Levels below you"), required=False, widget=forms.CheckboxSelectMultiple)
    list_file = forms.FileField(
        label=_("Or a file with them"), required=False, help_text=_("Excel (.xlsx) or CSV; its rows are added to the list.")
    )  # fmt: skip
    certificate = forms.ChoiceField(label=_("Only where a certificate ends in the fiscal year"), required=False)
    applied = forms.ChoiceField(label=_("Only by application"), required=False)

    def __init__(self, circular: Circular, data: Any = None, files: Any = None, initial: Any = None) -> None:
        self.circular = circular
        self.to_sender = circular.in_reply_to_id is not None  # an answer goes to the sender of what it answers
        selection = circular.selection
        listed = selection.get("list") or selection.get("codes", "")
        first = "list" if listed else "kinds" if selection.get("kinds") or selection.get("levels") else "children"
        applied = f"{selection['applied']}:{selection.get('round', '')}" if selection.get("applied") else ""
        values = {name: selection.get(name, "") for name in ("within", "certificate", "except")}
        values |= {"choice": first, "kinds": selection.get("kinds", []), "levels": selection.get("levels", [])}
        super().__init__(data, files, initial=(initial or {}) | values | {"list": listed, "applied": applied})
        if self.to_sender:
            for name in ("choice", "kinds", "levels", "list_file", "certificate", "applied"):
                del self.fields[name]
            return
        self.fields["list"] = _list(
            _("Codes or names of the offices"), _("One a line; names as people write them will do."), 6
        )
        self.fields["within"] = _list(
            _("Only in these areas"), _("Provinces, districts or other offices; codes or names, one a line.")
        )
        self.fields["except"] = _list(
            _("Everyone but these"), _("Codes or names, one a line. Offices below them get no letter either.")
        )
        self._offer()

    def _offer(self) -> None:
        """What there is to choose from below the sender."""
        sender, levels = self.circular.sender, levels_below(self.circular.sender)
        children = sum(many for _kind, many in levels.get(1, []))
        choices: dict[str, list[tuple[Any, Any]]] = {
            "choice": [
                ("children", _("Offices directly below (%(many)s)") % {"many": f"{children:,}"}),
                ("kinds", _("All offices of certain kinds or levels below")),
                ("list", _("A list of offices")),
            ],
            "kinds": [(kind, f"{Kind(kind).label} ({many:,})") for kind, _level, many in kinds_below(sender)],
            "levels": [
                (str(step), f"{step}: {', '.join(f'{Kind(kind).label} ({many:,})' for kind, many in kinds)}")
                for step, kinds in levels.items()
            ],
            "certificate": [("", _("Whatever their certificates")), *((year, year) for year in self._years())],
            "applied": [("", _("Whether they have applied or not"))],
        }
        for one in rounds.rounds()[:MOST_ROUNDS]:
            choices["applied"] += [
                (f"no:{one.code}", _("Have not applied: %(round)s") % {"round": one.name}),
                (f"yes:{one.code}", _("Have applied: %(round)s") % {"round": one.name}),
            ]
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def _years(self) -> list[str]:
        kept = str(self.circular.selection.get("certificate", ""))
        return sorted({str(year) for year, _many in certificates.due_years()} | ({kept} - {""}))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("list_file")
        if upload:
            try:
                lines = as_lines(sheets.table(upload.read(sheets.MOST_BYTES + 1), name=upload.name))
            except NotComplete as refused:
                self.add_error("list_file", str(refused))
            else:
                cleaned["list"] = f"{cleaned.get('list', '').rstrip()}\n{lines}".lstrip("\n")
        return cleaned

    def selection(self) -> dict[str, Any]:
        """The choice as it is kept with the letter; empty things are left out."""
        if self.to_sender:
            return {}
        given = self.cleaned_data
        names = {"children": (), "kinds": ("kinds", "levels"), "list": ("list",)}[given.get("choice", "children")]
        found = {name: given[name] for name in (*names, "within", "certificate", "except") if given.get(name)}
        if given.get("applied"):
            found["applied"], found["round"] = given["applied"].split(":", 1)
        return found | ({"children": True} if given.get("choice") == "children" else {})

    @property
    def excepted(self) -> forms.BoundField:
        """The field `except`: a word that templates reach, but Python does not."""
        return self["except"]

    @property
    def narrowed(self) -> bool:
        """Is something chosen in the part that narrows the choice?"""
        return any(self[name].value() for name in ("within", "certificate", "applied", "except") if name in self.fields)
