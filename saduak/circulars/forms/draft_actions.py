"""A numbered action of a draft, and actions taken over from a letter that was read in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.circulars.commands.draft_actions import Wanted
from saduak.circulars.commands.drafts import LONGEST_ACTION
from saduak.circulars.models import Circular, CircularAction
from saduak.circulars.queries.addressees import kinds_below
from saduak.people.models import Kind
from saduak.rounds.models import ActionKind
from saduak.rounds.moments import closing_text
from saduak.surveys import queries as surveys
from saduak.web.form_fields import ThaiMomentField


class ActionForm(forms.Form):
    """What is asked, of whom, and by when. An inherited action keeps its kind, its beginning and whom it asks."""

    kind = forms.ChoiceField(label=_("Kind of action"))
    survey = forms.ChoiceField(
        label=_("Survey to be answered"),
        required=False,
        help_text=_(
            "Only where a survey is to be answered: done is then seen from its answers. Without one the office answers in words."
        ),
    )
    text = forms.CharField(
        label=_("What is asked"), required=False, max_length=LONGEST_ACTION, widget=forms.Textarea(attrs={"rows": 4})
    )
    title = forms.CharField(
        label=_("Short title"), required=False, max_length=400, help_text=_("For lists; empty: the first words of the text.")
    )  # fmt: skip
    link = forms.URLField(label=_("Web address"), required=False, max_length=500, assume_scheme="https")
    opens_at = ThaiMomentField(
        label=_("Begins"),
        required=False,
        help_text=_("For example 10 ม.ค. 2565 09.00; the day alone: from its beginning."),
    )
    due_at = ThaiMomentField(
        label=_("Until"),
        required=False,
        ends=True,
        help_text=_("For example 28 ก.พ. 2565 16.30; the day alone: until its end."),
    )
    for_kinds = forms.MultipleChoiceField(label=_("Whom it asks"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, circular: Circular, data: Any = None, action: CircularAction | None = None, bound: bool = False
    ) -> None:
        below = [(kind, many) for kind, _level, many in kinds_below(circular.sender)]
        initial: dict[str, Any] = {
            "kind": ActionKind.REPLY,
            "for_kinds": [kind for kind, _many in below if kind != Kind.CENTRE],
        }
        if action is not None:
            initial = {
                name: getattr(action, name) for name in ("kind", "text", "link", "opens_at", "due_at", "for_kinds")
            }
            initial["title"] = action.title_th
            initial["survey"] = action.survey.code if action.survey is not None else ""
        super().__init__(data, initial=initial)
        kinds = [one for one in ActionKind.choices if one[0] != ActionKind.APPLY or circular.round_id is not None]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["for_kinds"].choices = [(kind, f"{Kind(kind).label} ({many:,})") for kind, many in below]  # type: ignore[attr-defined]
        running = surveys.open_for([kind for kind, _many in below], circular.sender.path)
        named = [(one.code, f"{one.title} ({one.code}, {closing_text(one.closes_at, 'short')})") for one in running]
        if action is not None and action.survey is not None and action.survey not in running:
            named.insert(0, (action.survey.code, f"{action.survey.title} ({action.survey.code})"))
        self.fields["survey"].choices = [("", _("no survey of Saduak")), *named]  # type: ignore[attr-defined]
        if bound or not named:
            del self.fields["survey"]
        if bound:
            for name in ("kind", "opens_at", "for_kinds"):
                del self.fields[name]

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(
            kind=given.get("kind", ""),
            text=given["text"],
            for_kinds=given.get("for_kinds", []),
            title=given["title"],
            link=given["link"],
            opens_at=given.get("opens_at"),
            due_at=given["due_at"],
            survey=given.get("survey", ""),
        )


class TakeOver(forms.Form):
    """The letter, and which of its actions."""

    letter = forms.ChoiceField(label=_("Letter"))
    numbers = forms.TypedMultipleChoiceField(
        label=_("Numbered actions"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, letters: list[tuple[str, str]], actions: list[tuple[int, str]], data: Any, letter: str) -> None:
        super().__init__(data, initial={"letter": letter, "numbers": [number for number, _text in actions]})
        self.fields["letter"].choices = letters  # type: ignore[attr-defined]
        self.fields["numbers"].choices = actions  # type: ignore[attr-defined]
