"""Working days with days that a programme adds and takes out."""

from datetime import date

import pytest

from saduak.thai.office_days import OfficeDays

ADDED, OPENED = date(2022, 7, 15), date(2022, 4, 14)  # a Friday; Songkran Day
DAYS = OfficeDays(closed={ADDED: {"th": "วันหยุดพิเศษ", "en": "Special holiday"}}, opened=frozenset({OPENED}))
PLAIN = OfficeDays()


@pytest.mark.parametrize(
    ("days", "day", "works", "th", "en"),
    [
        (PLAIN, date(2022, 2, 26), False, "วันเสาร์", "Saturday"),
        (PLAIN, date(2022, 2, 28), True, None, None),
        (PLAIN, OPENED, False, "วันสงกรานต์", "Songkran Festival"),
        (DAYS, OPENED, True, None, None),
        (DAYS, ADDED, False, "วันหยุดพิเศษ", "Special holiday"),
    ],
)
def test_a_day(days, day, works, th, en):
    assert days.is_working_day(day) is works
    assert (days.name(day), days.name(day, "en")) == (th, en)


def test_holidays_are_told_from_week_ends():
    assert DAYS.is_holiday(ADDED)
    assert not DAYS.is_holiday(OPENED)
    assert PLAIN.is_holiday(OPENED)
    assert not DAYS.is_holiday(date(2022, 2, 26))


@pytest.mark.parametrize(
    ("start", "n"), [(date(2022, 4, 11), 5), (date(2022, 7, 11), 7), (date(2022, 7, 20), -6), (ADDED, 0)]
)
def test_adding_and_counting_are_one_another_s_opposite(start, n):
    there = DAYS.add(start, n)
    assert DAYS.is_working_day(there)
    if n:
        assert DAYS.between(start, there) == n
    counted = sum(
        DAYS.is_working_day(date.fromordinal(day)) for day in range(start.toordinal() + 1, there.toordinal() + 1)
    )
    assert DAYS.between(start, max(start, there)) == counted


def test_the_added_days_count():
    assert DAYS.between(date(2022, 7, 11), date(2022, 7, 18)) == 2  # two of them official holidays, one ours
    assert DAYS.between(date(2022, 4, 12), date(2022, 4, 18)) == 2  # one of them works all the same
