"""Writing a circular, and answering one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.circulars.forms.addressees import Addressees
from saduak.circulars.models import Circular
from saduak.circulars.models.circular import Acting, Form, Urgency
from saduak.web.form_fields import ThaiMomentField


class NewCircular(forms.Form):
    """A letter of a round, or an ordinary one. certificate: the fiscal year of a cohort to which the letter is to go,
    given by the page that leads here; empty or unknown, the addressees are chosen in the letter."""

    round = forms.ChoiceField(label=_("What it is about"), required=False, widget=forms.RadioSelect)
    certificate = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, rounds: list[Any], data: Any = None, chosen: str = "", certificate: str = "") -> None:
        super().__init__(data, initial={"round": chosen, "certificate": certificate})
        self.fields["round"].choices = [(one.code, one.name) for one in rounds] + [
            ("", _("An ordinary circular, without a round"))
        ]  # type: ignore[attr-defined]


def _text(label: Any, longest: int, rows: int = 0, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget, **options)


class Draft(Addressees):
    """The letter, what its actions ask by when, and whom it goes to. A draft may be kept with anything missing."""

    prefix = _text(_("Code of the office"), 40, help_text=_("Stands before the slash of the number, such as มท 0810.7"))
    form = forms.ChoiceField(label=pgettext_lazy("letter", "Form"), choices=Form.choices)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, required=False)
    subject = _text(_("Subject"), 400, 2)
    addressee = _text(_("To"), 400, 2)
    references = _text(_("Refers to"), 4000, 2, help_text=_("One a line."))
    enclosures = _text(_("Enclosures"), 4000, 3, help_text=_("One a line."))
    paragraphs = _text(
        _("Text"), 12000, 12,
        help_text=_("Leave a blank line between paragraphs. The numbered actions follow the paragraph that ends with “ดังนี้”."),
    )  # fmt: skip
    closing = _text(_("Closing sentence"), 400, 2)
    signatory = _text(_("Name of the person who signs"), 200)
    position = _text(_("Position of the person who signs"), 300, 2)
    acting = forms.ChoiceField(label=_("In whose right"), choices=Acting.choices, required=False)
    acting_for = _text(
        _("The post that the person who signs acts for"), 300, help_text=_("Printed below the own position.")
    )
    address_each = forms.BooleanField(
        label=_("Each addressee's own copy names the head of that office"), required=False
    )
    contact = _text(_("Contact lines"), 2000, 4, help_text=_("One a line."))

    def __init__(self, circular: Circular, data: Any = None, files: Any = None) -> None:
        self.texts = ("prefix", "form", "urgency", "subject", "addressee", "references", "enclosures", "paragraphs",
                      "closing", "signatory", "position", "acting", "acting_for", "contact")  # fmt: skip
        super().__init__(
            circular, data, files, initial={name: getattr(circular, name) for name in (*self.texts, "address_each")}
        )
        self.actions = list(circular.actions.all())
        for action in self.actions:
            self.fields[f"text_{action.code}"] = _text(_("What is asked"), 4000, 3, initial=action.text)
            due = action.due_at
            self.fields[f"due_{action.code}"] = ThaiMomentField(
                label=_("Until"), required=False, ends=True, initial=due
            )

    def letter(self) -> dict[str, str]:
        each = "1" if self.cleaned_data.get("address_each") else ""
        return {name: self.cleaned_data.get(name, "") for name in self.texts} | {"address_each": each}

    def due(self) -> dict[str, Any]:
        return {one.code: self.cleaned_data.get(f"due_{one.code}") for one in self.actions}

    def asked(self) -> dict[str, str]:
        return {one.code: self.cleaned_data.get(f"text_{one.code}", "") for one in self.actions}


class ReturnDraft(forms.Form):
    """What the head wants changed."""

    reason = forms.CharField(
        label=_("What has to be changed"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class Assign(forms.Form):
    person_ref = forms.ChoiceField(label=_("Person"))
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, people: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        self.fields["person_ref"].choices = people  # type: ignore[attr-defined]


class Answer(forms.Form):
    text = forms.CharField(label=_("Answer"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    proof = forms.FileField(label=_("File as proof"), required=False)


class Search(forms.Form):
    q = forms.CharField(label=_("Search"), required=False, max_length=200)
