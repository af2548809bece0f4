"""Reading a bundle in, reviewing what was read, opening the round from it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.circulars.bundles import ACCEPT
from saduak.circulars.models import ReadingFile
from saduak.packs.models import PublishedPack
from saduak.rounds.models import WindowKind
from saduak.web.form_fields import FilesField, SeveralFiles, ThaiMomentField


class NewReading(forms.Form):
    file = FilesField(
        label=_("Files"), required=False, help_text=_("Text (.txt), Word (.docx), PDF, or scans (PDF, PNG, JPEG, TIFF); each at most 20 MB, up to 20 files: a letter and its enclosures may be chosen together and are read in the order of your list. A scan takes some seconds a page; you need not wait for it."),
        widget=SeveralFiles(attrs={"accept": ACCEPT, "multiple": True}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or paste the text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("The letters one after the other, as they stand in the bundle. Nothing needs to mark where one ends. With files, the text is read behind them."),
    )  # fmt: skip


class OpenRound(forms.Form):
    """The dates of a round as its pack gives them, for the officer to adjust."""

    def __init__(self, pack: PublishedPack, data: Any = None, *, due: Mapping[str, datetime] | None = None) -> None:
        """due: kind of action → when it is due by the letters, as an officer left it there; it goes before the pack's."""
        super().__init__(data)
        self.of_pack: dict[str, datetime | None] = {}
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
            self.fields[names[0]] = ThaiMomentField(label=_("Opens"), initial=opens)
            self.fields[names[1]] = ThaiMomentField(label=_("Until"), ends=True, initial=closes)
            self.windows.append((kind, *names))
        for one in content["actions"]:
            code, due_of_pack = f"A{one['number']}", one.get("due")
            if one.get("window"):
                due_of_pack = spans[one["window"]]["closes"]
            moment = self.of_pack[code] = datetime.fromisoformat(due_of_pack) if due_of_pack else None
            moment = (due or {}).get(one["kind"], moment)
            self.fields[f"{code}_due"] = ThaiMomentField(label=_("Until"), required=False, ends=True, initial=moment)
            self.actions.append((code, one["kind"], f"{code}_due"))

    def chosen_windows(self) -> dict[str, tuple[datetime, datetime]]:
        return {kind: (self.cleaned_data[opens], self.cleaned_data[closes]) for kind, opens, closes in self.windows}

    def chosen_actions(self) -> dict[str, tuple[datetime | None, datetime | None]]:
        """Terms of the actions whose date was set otherwise than the pack's; the others follow the windows."""
        return {
            code: (None, self.cleaned_data[name])
            for code, _kind, name in self.actions
            if self.cleaned_data[name] != self.of_pack[code]
        }


class FileOrder(forms.Form):
    """The place of each file of a bundle; numbers as people give them, two alike refused."""

    def __init__(self, files: list[ReadingFile], data: Any = None) -> None:
        super().__init__(data)
        self.files = files
        for one in files:
            self.fields[f"place-{one.order}"] = forms.IntegerField(
                label=_("Place of “%(name)s”") % {"name": one.name},
                initial=one.order,
                min_value=1,
                max_value=len(files),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if len(set(cleaned.values())) < len(cleaned):
            raise forms.ValidationError(_("Give each file a place of its own."))
        return cleaned

    def order(self) -> list[int]:
        """The files by the place that they have now, in the new order."""
        return sorted((one.order for one in self.files), key=lambda now: self.cleaned_data[f"place-{now}"])

    @property
    def rows(self) -> list[tuple[ReadingFile, forms.BoundField]]:
        return [(one, self[f"place-{one.order}"]) for one in self.files]
