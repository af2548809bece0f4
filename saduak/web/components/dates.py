"""Days, moments and numbers as the language of the page writes them: B.E. in Thai, C.E. in English."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from saduak.kernel import clock
from saduak.thai.dates import BANGKOK, buddhist_year, format_date, format_datetime
from saduak.thai.digits import to_thai
from saduak.thai.working_days import working_days_between
from saduak.web import language

ONE_DAY = dt.timedelta(days=1)


def as_date_or_moment(value: Any) -> dt.date | None:
    """A day or moment from itself or from ISO text (as JSON keeps it); None for anything else."""
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        for kind in (dt.date, dt.datetime):
            try:
                return kind.fromisoformat(value)
            except ValueError:
                continue
    return None


def thai_date(value: Any, style: str = "long") -> str:
    """The day in words; styles long, short, weekday, numeric. Empty for none."""
    day = as_date_or_moment(value)
    return format_date(day, style, language=language.current()) if day else ""  # type: ignore[arg-type]


def thai_moment(value: Any, style: str = "long") -> str:
    """Day and time of day in Bangkok; a bare day stays a day."""
    moment = as_date_or_moment(value)
    if isinstance(moment, dt.datetime):
        return format_datetime(moment, style, language=language.current())  # type: ignore[arg-type]
    return thai_date(moment, style)


def thai_deadline(value: Any, style: str = "long") -> str:
    """An end that is no longer included: midnight is written as 24.00 of the day before, as Thai offices do."""
    moment = as_date_or_moment(value)
    if isinstance(moment, dt.datetime) and _is_midnight(moment):
        day = last_day(moment)
        return _at_24(thai_date(day, style), style)
    return thai_moment(moment, style)


def _at_24(day: str, style: str) -> str:
    if language.current() == "en":
        return f"{day}, 24:00"
    return f"{day} 24.00 น." if style in ("short", "numeric") else f"{day} เวลา 24.00 น."


def _is_midnight(moment: dt.datetime) -> bool:
    return local(moment).time() == dt.time(0)


def local(moment: dt.datetime) -> dt.datetime:
    """The moment in Bangkok; one without a zone is taken as Bangkok time."""
    return moment.replace(tzinfo=BANGKOK) if moment.tzinfo is None else moment.astimezone(BANGKOK)


def last_day(value: dt.date) -> dt.date:
    """The last day that belongs to a deadline: the day itself, or the day before a midnight."""
    if isinstance(value, dt.datetime):
        return local(value).date() - ONE_DAY if _is_midnight(value) else local(value).date()
    return value


def thai_digits(value: Any) -> str:
    """Digits as Thai ones in Thai pages; unchanged in English pages."""
    return to_thai(str(value)) if language.current() == "th" else str(value)


def be_year(value: Any) -> str:
    """The year of a day, or a C.E. year: B.E. in Thai pages, C.E. in English ones."""
    day = as_date_or_moment(value)
    year = day.year if day else int(value)
    if language.current() == "en":
        return str(year)
    return str(buddhist_year(day)) if day else str(year + 543)


def fiscal_year_label(value: Any) -> str:
    """A fiscal year given B.E.: "2565", in English pages "2565 B.E. (2022)"."""
    year = int(value)
    return str(year) if language.current() == "th" else f"{year} B.E. ({year - 543})"


def number(value: Any, decimals: Any = None) -> str:
    """1234.5 as "1,234.5"; `decimals` fixes how many follow the point. Empty for none."""
    if value is None or value == "":
        return ""
    exact = Decimal(str(value))
    if decimals is None:
        exact = exact.normalize()
        places = max(0, -int(exact.as_tuple().exponent))
    else:
        places = int(decimals)
    return f"{exact:,.{places}f}"


def file_size(value: Any) -> str:
    """A number of bytes in the unit that reads best: "820 KB", "3.4 MB"."""
    size = float(value or 0)
    if size < 1000:
        return gettext("%(count)d bytes") % {"count": int(size)}
    for unit in ("KB", "MB", "GB"):
        size /= 1000
        if size < 999.5 or unit == "GB":
            break
    return f"{size:.0f} {unit}" if size >= 10 else f"{size:.1f} {unit}"


def working_days_left(value: Any) -> str:
    """How long until a deadline, in working days, in words; or how long it has passed. Empty for none."""
    deadline = as_date_or_moment(value)
    if deadline is None:
        return ""
    today, day = clock.today(), last_day(deadline)
    if is_past(deadline):
        late = abs(working_days_between(day, today))
        if not late:
            return gettext("the time is over")
        return ngettext("%(count)d working day overdue", "%(count)d working days overdue", late) % {"count": late}
    if day == today:
        return gettext("ends today")
    left = working_days_between(today, day)
    if not left:
        return gettext("no working day left")
    return ngettext("%(count)d working day left", "%(count)d working days left", left) % {"count": left}


def is_past(deadline: dt.date) -> bool:
    """Has it passed? A day has passed when the next has begun."""
    if isinstance(deadline, dt.datetime):
        return local(deadline) <= clock.now()
    return deadline < clock.today()


def urgency(deadline: dt.date) -> str:
    """How near a deadline is: past, soon (three working days or fewer) or calm."""
    if is_past(deadline):
        return "past"
    return "soon" if working_days_between(clock.today(), last_day(deadline)) <= 3 else "calm"


def moment(value: Any, style: str = "long") -> SafeString | str:
    """A <time> element with the machine's form beside the readable one."""
    at = as_date_or_moment(value)
    if at is None:
        return ""
    text = unbroken(thai_moment(at, style))
    machine = local(at).isoformat(timespec="minutes") if isinstance(at, dt.datetime) else at.isoformat()
    return format_html('<time datetime="{}">{}</time>', machine, text)


def unbroken(text: str) -> str:
    """The same with spaces that do not break before and after the time, so that no "น." stands alone on a line."""
    return text.replace(" น.", "\u00a0น.").replace("เวลา ", "เวลา\u00a0")
