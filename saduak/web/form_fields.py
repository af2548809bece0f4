"""Form fields that read what Thai people write."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.thai.dates import format_date, parse_date
from saduak.web import language


class ThaiDateInput(forms.TextInput):
    """A day as text, shown again in the language of the page. A browser's own picker counts years C.E."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "text", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, dt.date):
            return format_date(value, language=language.current())
        return super().format_value(value)


class ThaiDateField(forms.DateField):
    """A day written the Thai way (10 ม.ค. 2565, ๑๐ มกราคม ๒๕๖๕, 10/01/2565) or as 2022-01-10; answers a date."""

    widget = ThaiDateInput
    default_error_messages = {"invalid": _("Write a day such as 10 ม.ค. 2565 or 10/01/2565.")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("For example 10 ม.ค. 2565"))
        super().__init__(**options)

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        day = parse_date(str(value))
        if day is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class SeveralFiles(forms.FileInput):
    """A file input in which several may be chosen; needs the attribute `multiple`."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, in the order in which they were chosen; the gate of saduak.files looks at each, the empty ones, too."""

    widget = SeveralFiles

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, (list, tuple)) else [data]
        kept = [super(FilesField, self).clean(one, initial) for one in given if one]
        if not kept and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return kept
