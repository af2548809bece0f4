"""The chain of 2565 with its real dates: the ledger says on 27 December what nobody could see then."""

from datetime import timedelta

import pytest
from django.conf import settings

from saduak.circulars.models import Circular
from saduak.circulars.queries import ledger
from saduak.config.demo import replay_2565
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.people.actor import system
from saduak.rounds import commands as rounds

AT = clock.bangkok
NAMES = "A1"


@pytest.fixture
def replay(world):
    packs.publish(settings.PACKS, "gecc/rounds/2565", by=system("set-up"))
    with clock.at(AT(2021, 12, 20, 9)):
        round = rounds.open_round("gecc/rounds/2565", by=world.officer)
    played = replay_2565.Replay(round.code, world.officer)
    played.play()
    return played


def names_at(replay, officer, moment):
    found = ledger.prospects(ledger.standing(replay.root, officer, moment))
    return next(one for one in found if one.action.code == NAMES)


def test_the_chain_has_its_real_dates(world, replay):
    left = {one.sender.code: one.issued_at for one in Circular.objects.select_related("sender")}
    days = {code: at.astimezone(clock.BANGKOK).date().isoformat() for code, at in left.items()}
    assert days == {"OPM": "2021-12-22", "MOI": "2021-12-23", "DLA": "2021-12-29", "TH-54": "2022-01-10"}
    assert replay.hop("DLA").received_at == AT(2021, 12, 27, 15, 37)


def test_on_27_december_nobody_below_the_department_can_meet_the_date_for_names(world, replay, sign_in):
    seen = AT(2021, 12, 27, 15, 37, 59)
    names = names_at(replay, world.officer, seen)
    below = [one for one in names.levels if one.level.kind in {"PROVINCE", "DISTRICT", "LOCAL_BODY"}]
    assert [one.level.kind for one in below] == ["PROVINCE", "DISTRICT", "LOCAL_BODY"]
    assert all(one.nobody and one.in_time == 0 and one.without > 0 for one in below)
    # The provinces were lost at midnight after the date; whoever is further down was lost before the letter left.
    assert [(one.since, one.from_start) for one in below] == [
        (replay_2565.NAMES_DUE, False),
        (replay.root.issued_at, True),
        (replay.root.issued_at, True),
    ]
    department = next(one for one in names.levels if one.level.kind == "DEPARTMENT")
    assert (department.in_time, department.late) == (0, 1)
    browser = sign_in(world.users["officer"])
    hop = replay.hop("DLA")
    with clock.at(AT(2022, 1, 11, 9)):  # looked at later, as it stood then
        page = browser.get(f"/circulars/{replay.root.code}/ledger/?at=2021-12-27T15:37")
        branch = browser.get(f"/circulars/{replay.root.code}/branch/?hop={hop.code}&at=2021-12-27T15:37")
    assert "ต่ำกว่าระดับ" in page.content.decode()
    text = branch.content.decode()
    assert f"ไม่มีหน่วยงานใดต่ำกว่า{world.department.name_th}" in " ".join(text.split())
    assert world.province.name_th not in text  # it had not been sent to the provinces yet


def test_the_map_shows_it_province_by_province_and_as_a_table(world, replay, sign_in):
    browser = sign_in(world.users["officer"])
    address = f"/circulars/{replay.root.code}/map"
    with clock.at(AT(2022, 1, 11, 9)):
        country = browser.get(f"{address}/?action=A1&at=2021-12-27T15:37").content.decode()
        before = browser.get(f"{address}/?action=A1&at=2021-12-23T15:00").content.decode()
        inside = browser.get(f"{address}/?action=A1&at=2021-12-27T15:37&province=54").content.decode()
        way = browser.get(f"{address}/?action=way&province=54").content.decode()
        table = b"".join(browser.get(f"{address}.csv?action=A1&at=2021-12-27T15:37").streaming_content).decode()
        nowhere = browser.get(f"{address}/?province=99")
    # Every province of the chain is drawn as one that cannot meet the date; the department had it too late.
    provinces = [row for row in table.splitlines() if "PROVINCE_AND_BELOW" in row]
    assert provinces
    assert all(",A1,NEVER," in row for row in provinces)
    assert country.count("url(#map-never)") >= 2 * len(provinces)
    assert f"{world.department.name_th}: ได้รับเมื่อเลยกำหนด" in country
    assert "ต่ำกว่าระดับ" in country
    assert 'aria-labelledby="map-title map-text"' in country
    assert f"{world.province.name_th}: ไม่ทันกำหนดแล้ว" in inside or "ไม่ทันกำหนดแล้ว" in inside
    assert "url(#map-received)" in way or "url(#map-passed)" in way
    # On the day the memo left, provinces still could.
    assert "map-title" in before
    assert ",A1,NEVER," in table
    assert nowhere.status_code == 404


def test_the_same_was_not_so_on_the_day_the_memo_left(world, replay):
    names = names_at(replay, world.officer, AT(2021, 12, 23, 15))
    by_kind = {one.level.kind: one for one in names.levels}
    assert not by_kind["PROVINCE"].nobody  # had the department passed it on at once
    assert by_kind["PROVINCE"].passing[0].until.isoformat() == "2021-12-24"
    assert by_kind["DISTRICT"].nobody  # four levels of four days each were never there


def test_a_look_back_shows_nothing_that_came_later(world, replay):
    for moment, expected in (
        (AT(2021, 12, 22, 9), 0),
        (AT(2021, 12, 22, 12), 1),
        (AT(2021, 12, 27, 15, 36), 2),
        (AT(2021, 12, 30), 4),
        (AT(2022, 1, 11), 5),
    ):
        assert ledger.hops(replay.root, world.officer, moment).count() == expected, moment
    before = {row.key: row for row in ledger.by_level(replay.root, world.officer, AT(2021, 12, 27, 15, 36))}
    after = {row.key: row for row in ledger.by_level(replay.root, world.officer, AT(2021, 12, 27, 15, 38))}
    assert (before["DEPARTMENT"].received, after["DEPARTMENT"].received) == (0, 1)
    assert (after["DEPARTMENT"].forwarded, after["PROVINCE"].addressed) == (0, 0)


def test_a_replay_stops_where_it_is_told_to(world):
    packs.publish(settings.PACKS, "gecc/rounds/2565", by=system("set-up"))
    with clock.at(AT(2021, 12, 20, 9)):
        round = rounds.open_round("gecc/rounds/2565", by=world.officer)
    root = replay_2565.Replay(round.code, world.officer).play(until=replay_2565.STAMPED)
    said = replay_2565.what_the_ledger_says(root, world.officer, replay_2565.STAMPED)
    assert said[0] == "A1: below the level MINISTRY nobody can meet it any more, certain since 2021-12-25 00:00"
    assert Circular.objects.latest("issued_at").issued_at < replay_2565.STAMPED + timedelta(0)
