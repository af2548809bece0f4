"""From which day to which day a certificate holds."""

from datetime import date, timedelta


def last_day(first: date, years: int) -> date:
    """The last day of a period of `years` years that begins with `first`.

    Civil and Commercial Code, section 193/5: a period counted by years ends on the day before the one that corresponds
    to its first; where there is none (29 February) it ends on the last day of that month.
    """
    try:
        return first.replace(year=first.year + years) - timedelta(days=1)
    except ValueError:
        return date(first.year + years, 2, 28)
