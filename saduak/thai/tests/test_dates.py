"""Dates as Thai offices print them, read and written."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.thai import dates

DAY = dt.date(2022, 1, 10)
ANY_DAY = st.dates(dt.date(1958, 1, 1), dt.date(2300, 12, 31))


@pytest.mark.parametrize(
    ("style", "digits", "language", "text"),
    [
        ("long", "arabic", "th", "10 มกราคม 2565"),
        ("long", "thai", "th", "๑๐ มกราคม ๒๕๖๕"),
        ("short", "arabic", "th", "10 ม.ค. 2565"),
        ("numeric", "arabic", "th", "10/01/2565"),
        ("weekday", "thai", "th", "วันจันทร์ที่ ๑๐ มกราคม ๒๕๖๕"),
        ("long", "arabic", "en", "10 January 2022"),
        ("short", "arabic", "en", "10 Jan 2022"),
        ("numeric", "arabic", "en", "10/01/2022"),
        ("weekday", "arabic", "en", "Monday 10 January 2022"),
    ],
)
def test_format_date(style, digits, language, text):
    assert dates.format_date(DAY, style, digits, language) == text


def test_format_datetime_is_bangkok_time():
    moment = dt.datetime(2022, 1, 10, 17, 30, tzinfo=dt.UTC)
    assert dates.format_datetime(moment) == "11 มกราคม 2565 เวลา 00.30 น."
    assert dates.format_datetime(moment, "short", "thai") == "๑๑ ม.ค. ๒๕๖๕ ๐๐.๓๐ น."
    assert dates.format_datetime(moment, language="en") == "11 January 2022, 00:30"
    assert dates.format_date(moment) == "11 มกราคม 2565"


def test_format_datetime_without_zone_is_taken_as_bangkok():
    assert dates.format_datetime(dt.datetime(2021, 12, 27, 16, 19), "numeric") == "27/12/2564 16.19 น."  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (dt.date(2021, 9, 30), 2564),
        (dt.date(2021, 10, 1), 2565),
        (dt.date(2021, 12, 31), 2565),
        (dt.date(2022, 9, 30), 2565),
    ],
)
def test_fiscal_year(day, year):
    assert dates.fiscal_year(day) == year


@given(ANY_DAY)
def test_fiscal_year_bounds_hold_the_day(day):
    first, last = dates.fiscal_year_bounds(dates.fiscal_year(day))
    assert first <= day <= last
    assert dates.from_buddhist_year(dates.buddhist_year(day)) == day.year


@given(
    ANY_DAY,
    st.sampled_from(["long", "short", "numeric", "weekday"]),
    st.sampled_from(["arabic", "thai"]),
    st.sampled_from(["th", "en"]),
)
def test_what_is_written_is_read_again(day, style, digits, language):
    assert dates.parse_date(dates.format_date(day, style, digits, language)) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("๒๙ ธันวาคม ๒๕๖๔", "2021-12-29"),
        ("05 มี.ค. 2565", "2022-03-05"),
        ("วันที่ - 1 ก.ย. 2565", "2022-09-01"),
        ("7  ก.ย. 65", "2022-09-07"),
        ("5 มค 65", "2022-01-05"),
        ("11  เดือน  ก.ย.  พ.ศ.  65", "2022-09-11"),
        ("12 /11 /58", "2015-11-12"),
        ("21/05/2567", "2024-05-21"),
        ("1 1  พ.ย.  2558", "2015-11-11"),
        ("- 5  พ.ย   2558", "2015-11-05"),
        ("๒ ๐  ส.ค.  ๒ ๕ ๕ ๘", "2015-08-20"),
        ("7 เมษายน ๒๕๖9", "2026-04-07"),
        ("วันศุกร์ที่ 6 พฤศจิกายน พ.ศ. 2563", "2020-11-06"),
        ("ลงวันที่\n22 มกราคม 2567", "2024-01-22"),
        ("๑๕ มกราคม พุทธศักราช ๒๕๖๕", "2022-01-15"),
        ("15 January 2022", "2022-01-15"),
        ("15 Jan 22", "2022-01-15"),
        ("2022-01-15", "2022-01-15"),
        ("29 กุมภาพันธ์ 2567", "2024-02-29"),
    ],
)
def test_parse_date(text, day):
    assert dates.parse_date(text) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    ["", "วันที่", "กุมภาพันธ์ 2567", "31 กุมภาพันธ์ 2565", "29 กุมภาพันธ์ 2565", "0 มกราคม 2565", "45/13/2565",
     "๖๖ พ.ค.", "5 กระทรวง 2565", "๐๘๑๐.๗/ว ๓๑๕๓", "1 มกราคม 0000", "2022-13-01", "9" * 10_000, "1 ม" * 5_000],
)  # fmt: skip
def test_parse_date_says_none_rather_than_guess(text):
    assert dates.parse_date(text) is None


@given(st.text(max_size=60))
def test_parse_date_takes_any_text(text):
    assert dates.parse_date(text) is None or isinstance(dates.parse_date(text), dt.date)
