"""What people type into the pages of applications, before the commands check it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.applications import profile, questionnaire
from saduak.applications.kept_text import LONGEST_TEXT, BadValue, clean_text
from saduak.applications.models import Channel
from saduak.applications.page_state import checksum
from saduak.applications.place_field import PlaceField
from saduak.applications.queries import Filters
from saduak.applications.questionnaire import Place
from saduak.applications.workflow import APPLICATION
from saduak.files.gate import ACCEPT
from saduak.packs import posted
from saduak.packs.asking import Form
from saduak.packs.criteria import Criterion
from saduak.packs.posted import AXES
from saduak.packs.question_types import Question
from saduak.packs.standard import Standard
from saduak.packs.text import Text
from saduak.web.components.kept import options
from saduak.web.form_fields import FilesField, SeveralFiles, ThaiDateField

MOST_FILES = 100
_METRE = Decimal("0.00001")  # of a degree: what is kept of a place
PARTS = {"v": "value", "j": "justification"}


@dataclass(frozen=True)
class Typed:
    """What a page of the form sends: answers that were touched, the versions it shows, and the page itself."""

    answers: dict[str, dict[str, Any]]
    versions: dict[str, int]
    state: dict[str, list[int]]
    editor: str


def typed(data: QueryDict, standard: Standard, form: Form | None) -> Typed:
    """Read what was posted. Parts that are as the page received them are left out: whoever did not touch an answer has
    nothing to say about it. form: that of the profile.
    """
    places = questionnaire.places(standard)
    asking = {item: place.question for item, place in places.items() if place.question is not None}
    asking |= profile.questions(form)
    state = _state(data.get("state", ""))
    given: dict[str, dict[str, Any]] = {}
    for name in data:
        part, _colon, item = name.partition(":")
        if part in PARTS and item in places and item not in asking:
            raw = data.get(name, "")
            if _touched(item, PARTS[part], raw, places, asking, state):
                given.setdefault(item, {})[PARTS[part]] = raw
    for item, question in asking.items():
        if question.type == "file" or not posted.was_asked(question, f"v:{item}", data):
            continue
        answer = posted.raw(question, f"v:{item}", data)
        if _touched(item, "value", answer, places, asking, state):
            given.setdefault(item, {})["value"] = answer
    versions = {item: known[0] for item, known in state.items()}
    return Typed(given, versions, state, data.get("editor", "")[:40])


def _touched(
    item: str,
    part: str,
    raw: Any,
    places: Mapping[str, Place],
    asking: Mapping[str, Question],
    state: Mapping[str, list[int]],
) -> bool:
    known = state.get(item)
    if known is None:
        return True
    try:
        if part == "justification":
            content: Any = clean_text(raw, 10**7)
        elif item in asking:
            content = questionnaire.parse_question(asking[item], raw)
        else:
            content = questionnaire.parse(item, places[item].scoring, raw)
    except BadValue:
        return True
    return checksum(content) != known[1 if part == "value" else 2]


def _state(text: str) -> dict[str, list[int]]:
    """The page's own record of what it shows; anything that is not one counts as nothing known."""
    try:
        known = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {
        item: values
        for item, values in known.items()
        if isinstance(values, list) and len(values) == 3 and all(isinstance(one, int) for one in values)
    }


class DescriptionForm(forms.Form):
    """What a piece of evidence shows, for which criteria, and when it holds."""

    title = forms.CharField(
        label=_("Title"), required=False, max_length=200, help_text=_("Without a title the name of the file is used.")
    )
    shows = forms.CharField(
        label=_("What it shows"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    items = forms.MultipleChoiceField(
        label=_("Criteria it serves"), required=False, widget=forms.CheckboxSelectMultiple
    )
    holds_from = ThaiDateField(label=_("Holds from"), required=False)
    holds_to = ThaiDateField(label=_("Holds to"), required=False)

    def __init__(self, *args: Any, standard: Standard, form: Form | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language()
        asking = [
            (item, one.title.say(language)) for item, one in profile.questions(form).items() if one.type == "file"
        ]
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            *([(form.title.say(language), asking)] if form is not None and asking else []),
            *(
                (section.title, [choice for one in section.criteria for choice in _serves(one, language)])
                for section in questionnaire.sections(standard)
            ),
        ]


def _serves(criterion: Criterion, language: str | None) -> list[tuple[str, str]]:
    """What evidence of a criterion can serve: itself, and its questions that ask for files."""
    title = f"{criterion.number} {criterion.title.say(language)}"
    asking = [one for one in criterion.questions if one.type == "file"]
    return [(criterion.id, title), *((one.id, f"{criterion.number} {one.title.say(language)}") for one in asking)]


class EvidenceForm(DescriptionForm):
    """Files or a link, and what they show. `received`: ids of files that came in pieces before the form was sent."""

    uploads = FilesField(
        label=_("Files"), required=False, widget=SeveralFiles(attrs={"multiple": True, "accept": ACCEPT})
    )
    camera = FilesField(
        label=_("Take a photograph"), required=False,
        widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
    )  # fmt: skip
    link = forms.CharField(
        label=_("… or a link"), required=False, max_length=500, help_text=_("An address that begins with https://.")
    )
    field_order = ("uploads", "camera", "link", "title", "shows", "items", "holds_from", "holds_to")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["uploads"] = [*cleaned.get("uploads", ()), *cleaned.pop("camera", ())]
        cleaned["received"] = self.data.getlist("received")[:MOST_FILES] if hasattr(self.data, "getlist") else []
        if not self.errors and not any(cleaned.get(one) for one in ("uploads", "received", "link")):
            self.add_error("uploads", _("Choose at least one file, or write a link."))
        return cleaned


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Message"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class SendBackForm(forms.Form):
    note = forms.CharField(
        label=_("What should be changed"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class EndorseForm(forms.Form):
    """The head's word. Handing in is the endorsement, so it is said in words and ticked."""

    endorse = forms.BooleanField(
        label=_("I have read the application, it is true, and I endorse it on behalf of the office."),
        error_messages={"required": _("Tick this to endorse and hand in.")},
    )


class CentreForm(forms.Form):
    """A new service centre."""

    parent = forms.ChoiceField(label=_("Office the centre belongs to"))
    name_th = forms.CharField(
        label=_("Name of the centre in Thai"), max_length=300, help_text=_("As it stands on the sign at the door.")
    )
    name_en = forms.CharField(label=_("Name in English"), required=False, max_length=300)
    address_th = forms.CharField(
        label=_("Address"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=80)
    email = forms.EmailField(label=_("E-mail"), required=False)
    place = PlaceField(
        title=Text("ตำแหน่งบนแผนที่", "Place on the map"),
        hint=Text(
            "ประชาชนใช้นำทางมาศูนย์ จึงควรเป็นทางเข้าที่ใช้จริง", "People find their way by it, so take the entrance they use."
        ),
    )

    def __init__(self, *args: Any, offices: list[tuple[str, str]], province: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = offices  # type: ignore[attr-defined]
        self.province = province

    @property
    def place_control(self) -> SafeString:
        """The place with its picture, which `field` does not draw."""
        return self.fields["place"].control(self["place"], self.province)  # type: ignore[attr-defined]

    def command_data(self) -> dict[str, Any]:
        """What `register_centre` takes."""
        values = dict(self.cleaned_data)
        place = values.pop("place")
        if place is not None:
            values |= {axis: getattr(place, axis).quantize(_METRE) for axis in AXES}
        return values


class PlainSelect(forms.Select):
    """A select written in one go: Django renders a template for each option, and there are 77 provinces."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        return format_html(
            "<select{}>{}</select>", flatatt({"name": name, **(attrs or {})}), options(self.choices, value)
        )


class FilterForm(forms.Form):
    """What a list is narrowed to."""

    q = forms.CharField(label=_("Centre or number"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False, widget=PlainSelect)
    province = forms.ChoiceField(label=_("Province"), required=False, widget=PlainSelect)
    round = forms.ChoiceField(label=_("Round"), required=False, widget=PlainSelect)

    def __init__(self, *args: Any, provinces: list[tuple[str, str]], rounds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("All")), *APPLICATION.choices()]  # type: ignore[attr-defined]
        choices = [("", _("All")), *provinces]
        self.fields["province"].choices = choices  # type: ignore[attr-defined]
        choices = [("", _("All")), *((code, code) for code in rounds)]
        self.fields["round"].choices = choices  # type: ignore[attr-defined]
        if len(provinces) < 2:
            del self.fields["province"]
        if len(rounds) < 2:
            del self.fields["round"]

    def wanted(self) -> Filters:
        """The filters that make sense; what does not is left aside."""
        self.is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        return Filters(**{name: cleaned.get(name) or "" for name in ("q", "state", "province", "round")})


class AssistForm(forms.Form):
    """From what an application is entered on behalf of a unit."""

    channel = forms.ChoiceField(label=_("How the unit told you"), choices=Channel.choices, widget=forms.RadioSelect)
    told_by = forms.CharField(
        label=_("Who of the unit told you"), help_text=_("Name and post of the person."), max_length=200
    )
    told_on = ThaiDateField(label=_("On which day"))
    reference = forms.CharField(
        label=_("Number of the letter, fax or note, and why the unit cannot enter it itself"),
        help_text=_("It stands on the application and in the journal."),
        max_length=200,
    )
