"""Lists to choose from are written without a template for each option; they say what Django's own would say."""

import re

import pytest
from django import forms

from saduak.web.components.forms import field

NASTY = '"><script>alert(1)</script>'


class Choosing(forms.Form):
    plain = forms.ChoiceField(choices=[("", "–"), ("a", "ก & ข"), ("b", NASTY), (NASTY, "ค")], required=False)
    needed = forms.ChoiceField(choices=[("", "–"), (1, "หนึ่ง")], widget=forms.Select(attrs={"data-x": NASTY}))
    grouped = forms.ChoiceField(choices=[("กลุ่ม", [("x", "เอ็กซ์")]), ("y", "วาย")])
    off = forms.ChoiceField(choices=[("a", "ก")], disabled=True)
    several = forms.MultipleChoiceField(choices=[("a", "ก"), ("b", "ข")], widget=forms.SelectMultiple)


def _words(html: str) -> list[str]:
    """Tags with their attributes in order, and texts: how they are broken into lines does not matter."""
    found = re.findall(r"<[^>]*>|[^<]+", html)
    return [" ".join(sorted(one.strip("<>").split())) for one in found if one.strip()]


@pytest.mark.parametrize("data", [None, {}, {"plain": "a", "needed": "1"}, {"plain": NASTY, "needed": "9", "off": "a"}])
def test_a_list_says_what_django_would_say(data):
    form = Choosing(data, initial={"plain": "b"})
    for bound in form:
        told = field(bound)
        attrs = {"class": "control control-select"}
        if bound.errors:
            attrs["aria-describedby"] = f"{bound.auto_id}_error"
        assert _words(told["control"]) == _words(bound.as_widget(attrs=attrs)), bound.name
        assert "<script" not in told["control"]
