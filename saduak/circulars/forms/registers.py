"""Registers: looking for lines, entering a letter on paper, what is done with a line, divisions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.circulars.models import Direction
from saduak.circulars.queries.registers import Book, Days
from saduak.web.form_fields import ThaiDateField


class Narrow(forms.Form):
    """Which register, and which of its lines."""

    office = forms.CharField(widget=forms.HiddenInput, required=False)
    direction = forms.CharField(widget=forms.HiddenInput, required=False)
    division = forms.ChoiceField(label=_("Which register"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    q = forms.CharField(label=_("Number, subject, from or to"), required=False, max_length=200)
    since = ThaiDateField(label=_("From the day"), required=False, help_text="")
    until = ThaiDateField(label=_("Until the day"), required=False, help_text="")
    days_of = forms.ChoiceField(
        label=_("Days of"), required=False, choices=[("entry", _("entry")), ("letter", _("the letter"))]
    )

    def __init__(self, book: Book, divisions: list[tuple[str, str]], years: list[int], year: int, data: Any,
                 *, whole: bool = True) -> None:  # fmt: skip
        super().__init__({**data, "year": str(year), "office": book.office.code, "direction": book.direction})
        self.fields["year"].choices = [(str(one), str(one)) for one in years]  # type: ignore[attr-defined]
        if divisions:
            self.fields["division"].choices = [*([("", _("The office's own"))] if whole else []), *divisions]  # type: ignore[attr-defined]
        else:
            del self.fields["division"]

    def days(self) -> Days:
        found = getattr(self, "cleaned_data", {})
        return Days(found.get("since"), found.get("until"), found.get("days_of") == "letter")

    def words(self) -> str:
        return str(getattr(self, "cleaned_data", {}).get("q", ""))


class ByHand(forms.Form):
    """A letter on paper. Of an outgoing one the number is made by the register, so it is not asked."""

    letter_number = forms.CharField(
        label=_("Number of the letter"), required=False, max_length=60,
        help_text=_("As printed, such as มท 0810.7/ว 3153. Leave empty where the letter bears none."),
    )  # fmt: skip
    circular = forms.BooleanField(label=_("A circular: its number has ว"), required=False)
    letter_on = ThaiDateField(label=_("Day of the letter"), required=False)
    from_name = forms.CharField(label=pgettext_lazy("letter", "From"), required=False, max_length=300)
    to_name = forms.CharField(label=pgettext_lazy("register", "To"), required=False, max_length=400)
    subject = forms.CharField(
        label=_("Subject"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    remark = forms.CharField(label=_("Remark"), required=False, max_length=500)
    scan = forms.FileField(label=_("Scan of the letter"), required=False)
    again = forms.BooleanField(label=_("It is another letter: enter it all the same"), required=False)

    def __init__(self, book: Book, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        incoming = book.direction == Direction.INCOMING
        for name in ("circular",) if incoming else ("letter_number", "from_name", "again"):
            del self.fields[name]
        if incoming:
            self.fields["to_name"].help_text = _("Leave empty for the office itself.")
        else:
            self.fields["letter_on"].help_text = _("Leave empty for today.")

    def texts(self) -> dict[str, str]:
        names = ("letter_number", "from_name", "to_name", "subject", "remark")
        return {name: self.cleaned_data.get(name, "") for name in names}


class CorrectLine(ByHand):
    """The letter's columns of a line that was entered by hand, and why they were wrong."""

    why = forms.CharField(
        label=_("Why it is corrected"), required=False, max_length=500,
        help_text=_("Stands in the register beside what was struck through."),
    )  # fmt: skip

    def __init__(self, book: Book, data: Any = None, initial: Any = None) -> None:
        super().__init__(book, data)
        self.initial = initial or {}
        for name in ("remark", "scan", "circular", "again"):
            self.fields.pop(name, None)


class CancelNumber(forms.Form):
    reason = forms.CharField(label=_("Why the number is cancelled"), required=False, max_length=500)


class NoteLine(forms.Form):
    action = forms.CharField(
        label=_("What was done"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    remark = forms.CharField(label=_("Remark"), required=False, max_length=500)


class PassInside(forms.Form):
    division = forms.ChoiceField(label=_("Division"))

    def __init__(self, divisions: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        self.fields["division"].choices = divisions  # type: ignore[attr-defined]


class OpenDivision(forms.Form):
    name_th = forms.CharField(
        label=_("Name of the division"), required=False, max_length=200, help_text=_("For example กองคลัง")
    )
    prefix = forms.CharField(
        label=_("Code of the division"), required=False, max_length=40,
        help_text=_("Stands before the slash of its letter numbers, such as มท 0810.7"),
    )  # fmt: skip
