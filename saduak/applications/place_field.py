"""A place on the map in a form of Django: the question of packs, with its picture, its words and its refusals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.safestring import SafeString

from saduak.packs import posted, question_fields, questions
from saduak.packs.question_fields import Setting
from saduak.packs.question_types import Place, Question
from saduak.packs.text import Text


class PlaceInput(forms.Widget):
    """Reads both numbers, or the one field into which both were copied."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return posted.raw(PLACE, name, data) if hasattr(data, "getlist") else data.get(name)


class PlaceField(forms.Field):
    """Answers a Place, or None. `control` is its HTML: it brings its own label, help and error."""

    widget = PlaceInput

    def __init__(self, *, title: Text, hint: Text, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.question = Question("place", "place", title, required=False, hint=hint, within="TH")

    def to_python(self, value: Any) -> Place | None:
        answer = questions.parse(self.question, value)
        if not answer.ok:
            raise forms.ValidationError(str(answer.refusal), code="invalid")
        found: Place | None = answer.value
        return found

    def control(self, bound: forms.BoundField, province: str = "") -> SafeString:
        """The label, the picture and both numbers; province: where the place is expected to lie."""
        setting = Setting(name=bound.html_name, id=bound.id_for_label or bound.html_name, province=province)
        raw = posted.raw(self.question, bound.html_name, bound.form.data) if bound.form.is_bound else None
        error = " ".join(bound.errors)
        value = None if error or raw is None else questions.to_json(questions.parse(self.question, raw).value)
        return question_fields.control(self.question, setting, value, typed=raw, error=error)


PLACE = Question("place", "place", Text("", ""), required=False)
