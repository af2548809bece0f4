"""Calendars: what concerns a person's posts, under an address that nobody can guess and that can be taken away."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from saduak.applications import commands as applications
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.people.actor import system
from saduak.rounds import commands as rounds
from saduak.rounds import queries as round_queries
from saduak.rounds.models import CalendarAddress

BANGKOK = clock.bangkok
DURING = BANGKOK(2022, 2, 10, 9)


@pytest.fixture
def gecc(world):
    packs.publish(settings.PACKS, "gecc/rounds/2565", by=system("set-up"))
    with clock.at(BANGKOK(2021, 12, 20, 9)):
        return rounds.open_round("gecc/rounds/2565", by=world.officer)


def events(answer):
    return {str(one["uid"]).partition("@")[0]: one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def feed(client, secret, **headers):
    return client.get(f"/calendar/{secret}.ics", headers=headers)


def test_each_role_has_its_own_dates(world, gecc, client):
    names = {}
    with clock.at(DURING):
        for who in ("coordinator", "officer", "assessor1", "committee1", "registrar_district", "observer_province"):
            secret = rounds.renew_calendar_address(by=getattr(world, who))
            names[who] = {one.partition("gecc-")[2] or one for one in map(str.lower, events(feed(client, secret)))}
    periods = {
        who: {one.removeprefix("2565-") for one in found if one.endswith("-last")} for who, found in names.items()
    }
    assert periods["coordinator"] == {
        f"{one}-last" for one in ("application", "screening", "visits", "announcement", "appeal")
    }
    assert periods["assessor1"] == {"visits-last", "decision-last"}
    assert periods["committee1"] == {"decision-last", "announcement-last", "appeal-last"}
    assert periods["registrar_district"] == {"application-last"}
    assert periods["observer_province"] == {"application-last", "announcement-last"}
    assert len(periods["officer"]) == 6
    assert "2565-a4" in names["coordinator"]  # the survey is asked of her kind of office
    assert "2565-a1" not in names["coordinator"]  # naming a delegate is not
    assert "2565-a2" not in names["coordinator"]  # applying ends with its period, which stands there already
    assert all("2565-milestone-ceremony" in found for found in names.values())


def test_days_are_days_and_moments_are_utc(world, gecc, client):
    with clock.at(DURING):
        found = events(feed(client, rounds.renew_calendar_address(by=world.officer)))
    applying, last = found["GECC-2565-application"], found["GECC-2565-application-last"]
    assert (applying["dtstart"].dt, applying["dtend"].dt) == (date(2022, 1, 1), date(2022, 3, 1))
    assert last["dtstart"].dt == date(2022, 2, 28)
    assert str(last["summary"]) == "วันสุดท้าย: เปิดรับสมัคร (ถึง 24.00 น.) · GECC-2565"
    assert len(last.walk("VALARM")) == 1
    briefing = found["GECC-2565-briefing"]
    assert briefing.to_ical().count(b"DTSTART:20211228T060000Z") == 1  # 13.00 in Bangkok
    assert "GECC-2565-briefing-last" not in found  # it begins and ends on one day
    assert str(last["url"]) == f"{settings.BASE_URL}/rounds/GECC-2565/"


def test_a_period_that_is_moved_moves_in_calendars_and_says_why(world, gecc, client):
    with clock.at(DURING):
        secret = rounds.renew_calendar_address(by=world.coordinator)
        first = feed(client, secret)
        same = feed(client, secret, if_none_match=first["ETag"])
        assert (same.status_code, same.content) == (304, b"")
        rounds.move_window(
            gecc.code, "APPLICATION", by=world.officer, opens_at=BANGKOK(2022, 1, 1),
            closes_at=BANGKOK(2022, 3, 7, 16, 30), reason="ระบบเครือข่ายขัดข้องหลายจังหวัด",
        )  # fmt: skip
        after = feed(client, secret, if_none_match=first["ETag"])
    assert after.status_code == 200
    last = events(after)["GECC-2565-application-last"]
    assert (last["dtstart"].dt, int(last["sequence"])) == (date(2022, 3, 7), 1)
    assert "16.30 น." in str(last["summary"])
    assert "ระบบเครือข่ายขัดข้อง" in str(last["description"])
    assert "28 กุมภาพันธ์ 2565" in str(last["description"])


def test_what_waits_stands_there_until_it_is_done(world, gecc, client):
    with clock.at(DURING):
        number = applications.start(gecc.code, world.centre.code, by=world.coordinator).number
        mine = rounds.renew_calendar_address(by=world.coordinator)
        theirs = rounds.renew_calendar_address(by=world.stranger)
        waiting = [one for key, one in events(feed(client, mine)).items() if key.startswith("waiting-")]
        assert number in "".join(str(one["url"]) for one in waiting)
        assert number not in feed(client, theirs).content.decode()
        applications.withdraw(number, by=world.coordinator)
        assert number not in feed(client, mine).content.decode()


def test_only_the_address_of_today_leads_anywhere(world, gecc, client, sign_in):
    with clock.at(DURING):
        browser = sign_in(world.users["coordinator"])
        assert "/calendar/revoke/" not in browser.get("/calendar/").content.decode()
        browser.post("/calendar/renew/")
        old = round_queries.calendar_address(world.coordinator.user_id)[0]
        page = browser.get("/calendar/").content.decode()
        assert f"/calendar/{old}.ics" in page
        assert "webcal:" in page
        assert "วันสุดท้าย: เปิดรับสมัคร" in page
        assert (feed(client, old).status_code, feed(client, old.upper()).status_code) == (200, 200)
        browser.post("/calendar/renew/")
        new = round_queries.calendar_address(world.coordinator.user_id)[0]
        assert CalendarAddress.objects.count() == 1
        assert old not in str(CalendarAddress.objects.values())
        assert (feed(client, old).status_code, feed(client, new).status_code) == (404, 200)
        for guess in ("a" * 26, new[:-1], new + "a", "me"):
            assert feed(client, guess).status_code == 404
        browser.post("/calendar/revoke/")
        assert feed(client, new).status_code == 404
        assert [one.event for one in Entry.objects.order_by("-number")[:3]] == [
            "calendar.address_revoked", "calendar.address_renewed", "calendar.address_made",
        ]  # fmt: skip
        assert new not in str(list(Entry.objects.values_list("details", flat=True)))
        secret = rounds.renew_calendar_address(by=world.coordinator)
        world.users["coordinator"].memberships.update(ends_on=date(2022, 2, 9))
        assert feed(client, secret).status_code == 404  # the post has ended


def test_one_round_is_public_as_a_file(world, gecc, client):
    answer = client.get("/rounds/GECC-2565/calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert {"GECC-2565-visits", "GECC-2565-appeal-last", "GECC-2565-milestone-ceremony"} <= set(events(answer))
    assert client.get("/rounds/GECC-2565/calendar.ics", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.get("/rounds/GECC-2999/calendar.ics").status_code == 404


def test_more_rounds_ask_no_more_of_the_database(world, gecc, client):
    with clock.at(DURING):
        secret = rounds.renew_calendar_address(by=world.coordinator)
        feed(client, secret)
        with CaptureQueriesContext(connection) as one:
            feed(client, secret)
        packs.publish(settings.PACKS, "gecc/rounds/2565-extra", by=system("set-up"))
        rounds.open_round("gecc/rounds/2565-extra", by=world.officer)
        with CaptureQueriesContext(connection) as two:
            feed(client, secret)
    assert len(two) == len(one)
