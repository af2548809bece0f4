"""Forms of circulars. Rules live in commands and policy; here is only how things are asked."""

from django import forms


class Moment(forms.DateTimeField):
    """A moment in Bangkok time, to the minute."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options: object) -> None:
        options.setdefault("input_formats", ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
        super().__init__(**options)  # type: ignore[arg-type]
