"""Days on which government offices are open."""

import datetime as dt
import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.thai import holiday_table
from saduak.thai.working_days import (
    add_working_days,
    holiday_name,
    is_working_day,
    working_days_between,
)

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))


def test_weekends_and_holidays_are_no_working_days():
    assert is_working_day(dt.date(2021, 12, 28))
    assert not is_working_day(dt.date(2022, 3, 5))
    assert not is_working_day(dt.date(2022, 4, 6))
    assert not is_working_day(dt.date(2022, 1, 3)), "in lieu of Saturday 1 January"


def test_royal_ploughing_day_is_one_of_government_offices():
    assert not is_working_day(dt.date(2022, 5, 13))


def test_labour_day_is_none_of_government_offices():
    assert is_working_day(dt.date(2023, 5, 1))
    assert is_working_day(dt.date(2022, 5, 2))


def test_holiday_name_in_both_languages():
    assert holiday_name(dt.date(2022, 4, 13), "th") == "วันสงกรานต์"
    assert holiday_name(dt.date(2022, 4, 13), "en") == "Songkran Festival"
    assert holiday_name(dt.date(2022, 3, 5)) is None


def test_add_working_days_steps_over_songkran():
    assert add_working_days(dt.date(2022, 4, 12), 1) == dt.date(2022, 4, 18)
    assert add_working_days(dt.date(2022, 4, 18), -1) == dt.date(2022, 4, 12)
    assert add_working_days(dt.date(2022, 4, 13), 0) == dt.date(2022, 4, 18)


def test_between_counts_the_last_day_and_not_the_first():
    assert working_days_between(dt.date(2021, 12, 27), dt.date(2021, 12, 28)) == 1
    assert working_days_between(dt.date(2021, 12, 28), dt.date(2021, 12, 28)) == 0
    assert working_days_between(dt.date(2021, 12, 30), dt.date(2022, 1, 4)) == 1


@settings(deadline=None)
@given(DAYS, st.integers(0, 400))
def test_between_agrees_with_counting_day_by_day(start, days):
    end = start + dt.timedelta(days=days)
    counted = sum(is_working_day(start + dt.timedelta(days=step)) for step in range(1, days + 1))
    assert working_days_between(start, end) == counted
    assert working_days_between(end, start) == -counted


@settings(deadline=None)
@given(DAYS, st.integers(1, 200))
def test_adding_and_counting_are_one(start, n):
    assert working_days_between(start, add_working_days(start, n)) == n


def test_the_table_is_what_the_package_says():
    table = json.loads((Path(holiday_table.__file__).parent / "holidays.json").read_text(encoding="utf-8"))
    assert set(table) == {str(year) for year in holiday_table.YEARS}
    for year in holiday_table.YEARS:
        assert table[str(year)] == holiday_table.of_year(year), (
            f"{year} changed in the holidays package: run python -m saduak.thai.holiday_table"
        )


def test_a_year_outside_the_table_is_asked_of_the_package():
    assert holiday_name(dt.date(2001, 12, 5), "en") is not None
    assert holiday_name(dt.date(2060, 1, 1), "th") == "วันขึ้นปีใหม่"
