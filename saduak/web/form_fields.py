"""Form fields that read what Thai people write."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.kernel.clock import BANGKOK
from saduak.thai.dates import format_date, parse_date
from saduak.thai.digits import to_arabic
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


_HOUR = re.compile(r"(?:^|[\s,T])(?:เวลา\s*)?(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?\s*(?:น\.?)?$")


class ThaiMomentField(forms.Field):
    """A day and an hour in one line (28 ก.พ. 2565 16.30, ๒๘ ก.พ. ๒๕๖๕ เวลา ๑๖.๓๐ น., 2022-02-28T16:30), in Bangkok time;
    answers an aware datetime.

    Of a day alone the whole day counts: a beginning is its first moment, with `ends` it is 24.00, which is the midnight
    that follows and is shown again as 24.00 of the day.
    """

    widget = ThaiDateInput
    default_error_messages = {"invalid": _("Write a day and an hour such as 28 ก.พ. 2565 16.30, or the day alone.")}

    def __init__(self, *, ends: bool = False, **options: Any) -> None:
        self.ends = ends
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """The moment as a person would write it."""
        if not isinstance(value, dt.datetime):
            return value
        moment = value.astimezone(BANGKOK)
        midnight = not (moment.hour or moment.minute or moment.second)
        day = moment.date() - dt.timedelta(days=1) if self.ends and midnight else moment.date()
        hour = "24.00" if self.ends and midnight else f"{moment:%H.%M.%S}".removesuffix(".00")
        return f"{format_date(day, style='short', language=language.current())} {hour}"

    def to_python(self, value: Any) -> dt.datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value
        text = to_arabic(str(value)).strip()
        hour = _HOUR.search(text)
        day = parse_date((text[: hour.start()] if hour else text).strip().removesuffix("เวลา").strip())
        hours, minutes, seconds = (int(part or 0) for part in hour.groups()) if hour else (24 if self.ends else 0, 0, 0)
        if day is None or minutes > 59 or seconds > 59 or hours * 3600 + minutes * 60 + seconds > 24 * 3600:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        begins = dt.datetime.combine(day, dt.time(), BANGKOK)
        return begins + dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another moment was written; the same one written another way is no change."""
        try:
            return bool(self.to_python(data) != initial) if initial else super().has_changed(initial, data)
        except forms.ValidationError:
            return True


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
