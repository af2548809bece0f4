"""The clock of screening: working days with the secretariat and with the unit, standing still while the unit corrects."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from saduak.applications import commands, queries, turnaround
from saduak.kernel import clock
from saduak.thai.working_days import working_days_between


def day(text):
    return date.fromisoformat(f"2022-{text}")


@pytest.mark.parametrize(
    ("handed_in", "returned", "ended", "today", "expected"),
    [
        ((), (), None, "03-10", None),
        (("03-01",), (), None, "03-01", (0, 0, "secretariat")),
        (("03-01",), (), None, "03-10", (7, 0, "secretariat")),
        (("03-01",), ("03-04",), None, "03-10", (3, 4, "unit")),
        (("03-01", "03-09"), ("03-04",), None, "03-10", (4, 3, "secretariat")),
        (("03-09", "03-01"), ("03-04",), "03-11", "05-01", (5, 3, None)),
        (("03-01", "03-01"), ("03-01",), None, "03-02", (1, 0, "secretariat")),  # all on one day
        (("04-12",), (), None, "04-18", (1, 0, "secretariat")),  # Songkran and a weekend lie between
        (("03-01",), ("03-04",), "03-08", "05-01", (3, 2, None)),  # withdrawn while it lay with the unit
    ],
)
def test_days(handed_in, returned, ended, today, expected):
    found = turnaround.of(map(day, handed_in), map(day, returned), day(ended) if ended else None, day(today))
    assert (found and (found.secretariat, found.unit, found.holder)) == expected


@given(st.lists(st.integers(0, 60), min_size=2, max_size=8))
def test_the_two_add_up_to_all_working_days(steps):
    days = [date(2022, 3, 1)]
    for step in steps:
        days.append(days[-1] + timedelta(days=step))
    found = turnaround.of(days[:-1:2], days[1:-1:2], None, days[-1])
    assert found.secretariat + found.unit == working_days_between(days[0], days[-1])


@pytest.mark.django_db
def test_the_pages_show_it_through_correction_and_to_the_end(world, submitted, sign_in):
    number = submitted.number
    remark = {"item": "g-01", "kind": "OUTDATED", "text": "ขอใหม่", "due_on": clock.bangkok(2022, 3, 20).date()}

    def shown():
        submitted.refresh_from_db()
        found = queries.turnaround_of(submitted)
        pages = [
            sign_in(world.users[name]).get(reverse(address, args=[number])).content.decode()
            for name, address in (
                ("coordinator", "applications:detail"),
                ("officer", "assessment:screening_sheet"),
            )
        ]
        for page in pages:
            assert f"อยู่ที่ฝ่ายเลขานุการ {found.secretariat} วัน อยู่ที่หน่วยงาน {found.unit} วัน" in page
            assert ("หยุดนับเวลา" in page) == found.with_unit
        return found.secretariat, found.unit

    with clock.at(clock.bangkok(2022, 2, 4, 9)):
        assert shown() == (3, 0)
        commands.return_for_correction(number, [remark], by=world.officer)
    with clock.at(clock.bangkok(2022, 2, 9, 9)):
        assert shown() == (3, 3)
        commands.reply_to_remark(number, queries.remarks(submitted)[0].public_id, "แก้แล้ว", by=world.coordinator)
        commands.resubmit(number, by=world.head)
    with clock.at(clock.bangkok(2022, 2, 10, 9)):
        assert shown() == (4, 3)
        commands.record_readiness(number, True, by=world.officer)
    with clock.at(clock.bangkok(2022, 6, 1, 9)):
        assert shown() == (4, 3)
        commands.record_decision(number, "basic", by=world.officer)
        submitted.refresh_from_db()
        found = queries.turnaround_of(submitted)
        assert (found.secretariat, found.unit, found.holder) == (4, 3, None)


@pytest.mark.django_db
def test_before_it_is_handed_in_no_clock_runs(draft):
    assert queries.turnaround_of(draft) is None
