"""Going through a reading: one letter beside its source, offices, actions, splitting and joining, and who may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saduak.circulars import commands, proposals
from saduak.circulars.asking import Asked
from saduak.circulars.queries import reading_bodies, reading_source, readings
from saduak.circulars.tests.test_readings import given
from saduak.journal.models import Entry
from saduak.kernel.refusals import NotComplete, NotPossible


def address(reading, number: int, more: str = "") -> str:
    return f"/circulars/readings/{reading.code}/letters/{number}/{more}"


def field(reading, place: int, name: str):
    return next(one for one in readings.fields(reading, place) if one.name == name)


def test_a_letter_stands_beside_its_source_and_both_lead_to_each_other(world, reading, sign_in):
    page = sign_in(world.users["officer"]).get(address(reading, 3))
    html = page.content.decode()
    number = field(reading, 2, "number")
    assert f'id="{number.span_ids}"' in html
    assert 'href="#id_2-number"' in html
    assert f'href="#{number.span_ids}"' in html
    # What concerns other letters only is not here; what concerns this one and another quotes both.
    shown = [row["finding"] for row in page.context["findings"]]
    assert shown
    assert all(3 in one.letters for one in shown)
    assert any({quote.letter for quote in one.quotes} == {1, 3} or len(one.letters) > 1 for one in shown)
    assert "".join(page.context["pages"][0].html).count("<mark") > 10


@pytest.mark.parametrize(
    ("text", "kept"),
    [("๑๑ มกราคม ๒๕๖๕", "2022-01-11"), ("12 ม.ค. 2565", "2022-01-12"), ("2022-01-13", "2022-01-13"), ("", "")],
)
def test_days_are_taken_as_letters_write_them(world, reading, text, kept):
    commands.correct(reading.code, {2: {"date": text}}, by=world.officer)
    reading.refresh_from_db()
    assert field(reading, 2, "date").value == kept


def test_a_text_taken_from_the_source_keeps_its_place_and_is_taken_back(world, reading, sign_in):
    browser, here = sign_in(world.users["officer"]), address(reading, 1)
    start = reading.text.index("ศาลากลางจังหวัดแพร่")
    taken = {"0-number": "พร 0017.2/ว 88", "0-number@": f"{start}-{start + 19}"}
    kept = browser.post(here, given(browser, here) | taken)
    assert kept.status_code == 302
    reading.refresh_from_db()
    assert field(reading, 0, "number").spans == ((start, start + 19),)
    line = Entry.objects.get(event="reading.corrected")
    assert line.details["changed"]["1 number"] == ["พร 0017.2/ว", "พร 0017.2/ว 88"]
    assert browser.post(here, given(browser, here) | {"undo": "number"}).status_code == 302
    reading.refresh_from_db()
    assert not field(reading, 0, "number").corrected
    assert reading.places == {}


def test_seen_says_who_and_when_and_what_is_not_named_stays(world, reading):
    commands.correct(reading.code, {}, by=world.officer, seen={0: "ดูแล้ว"})
    commands.correct(reading.code, {}, by=world.officer2, seen={1: ""})
    reading.refresh_from_db()
    first, second = readings.findings(reading)[:2]
    assert (first.seen_by, first.note) == (world.officer.name, "ดูแล้ว")
    assert (second.seen_by, second.seen_at is not None) == (world.officer2.name, True)


def test_a_reading_of_an_earlier_version_still_says_what_was_seen(reading):
    reading.seen = {"0": "ตรวจแล้ว"}
    assert (readings.findings(reading)[0].seen, readings.findings(reading)[0].note) == (True, "ตรวจแล้ว")


def test_saving_what_is_already_so_leaves_no_line_in_the_journal(world, reading):
    commands.correct(reading.code, {0: {}}, by=world.officer, seen={0: None})
    assert not Entry.objects.filter(event="reading.corrected").exists()


def test_offices_are_matched_chosen_and_asked_again_when_the_name_changes(world, reading):
    agency = next(one for one in reading_bodies.named(reading, 0) if one.key == "agency-0")
    assert agency.matched.best.code == world.province.code
    commands.correct(reading.code, {}, by=world.officer, bodies={0: {"agency-0": world.other_province.code}})
    reading.refresh_from_db()
    assert (
        next(one for one in reading_bodies.named(reading, 0) if one.key == "agency-0").code == world.other_province.code
    )
    commands.correct(reading.code, {0: {"agency": "ศาลากลางจังหวัดน่าน"}}, by=world.officer)
    reading.refresh_from_db()
    assert next(one for one in reading_bodies.named(reading, 0) if one.key == "agency-0").code is None
    with pytest.raises(NotComplete):
        commands.correct(reading.code, {}, by=world.officer, bodies={0: {"agency-0": "NOWHERE"}})


def test_actions_as_left_go_into_the_round(world, reading):
    proposed = readings.asked(reading, 0)
    assert {"APPLY", "ANSWER_SURVEY"} <= {one.kind for one in proposed}
    assert proposals.due_by_letters(reading) == {}
    left = [
        Asked(one.number, one.text, one.kind, "", "2022-02-20" if one.kind == "APPLY" else "", one.to)
        for one in proposed
    ]
    commands.correct(reading.code, {}, by=world.officer, asked={0: left})
    reading.refresh_from_db()
    assert {kind: due.isoformat() for kind, due in proposals.due_by_letters(reading).items()} == {
        "APPLY": "2022-02-21T00:00:00+07:00"
    }
    wrong = [Asked(1, "ก", "APPLY", "2022-03-01", "2022-02-01"), Asked(2, "ข", "DANCE")]
    with pytest.raises(NotComplete) as refused:
        commands.correct(reading.code, {}, by=world.officer, asked={0: wrong})
    assert len(refused.value.items) == 2


def test_a_letter_is_split_and_joined_again_and_the_others_keep_what_was_done(world, reading):
    original = reading.result
    commands.correct(reading.code, {0: {"subject": "แก้"}, 2: {"subject": "อีก"}}, by=world.officer, seen={0: "x"})
    at = reading_source.lines(reading, 1)[3][0]
    commands.split(reading.code, 1, at, by=world.officer, cuts=0)
    reading.refresh_from_db()
    assert (len(reading.letters), reading.cuts) == (4, 1)
    assert set(reading.corrections) == {"0", "3"}
    assert reading.letters[2]["span"][0] == at
    with pytest.raises(NotPossible):  # the page was shown before the cut
        commands.correct(reading.code, {1: {"subject": "x"}}, by=world.officer, cuts=0)
    commands.join(reading.code, 1, by=world.officer, cuts=1)
    reading.refresh_from_db()
    assert [one["span"] for one in reading.letters] == [one["span"] for one in original["letters"]]
    assert set(reading.corrections) == {"0", "2"}
    commands.restore(reading.code, by=world.officer, cuts=2)
    reading.refresh_from_db()
    assert (reading.result, reading.recut, set(reading.corrections)) == (original, None, {"0", "2"})
    assert readings.seen_of(reading, 0)["note"] == "x"
    events = Entry.objects.filter(event__startswith="reading.").order_by("number").values_list("event", flat=True)
    assert list(events)[-3:] == ["reading.split", "reading.joined", "reading.restored"]


@pytest.mark.parametrize("at", [-1, 0, 10**9])
def test_a_cut_that_leaves_nothing_is_refused(world, reading, at):
    with pytest.raises(NotPossible):
        commands.split(reading.code, 1, at, by=world.officer, cuts=0)
    with pytest.raises(NotPossible):
        commands.join(reading.code, 2, by=world.officer, cuts=0)
    with pytest.raises(NotPossible):
        commands.restore(reading.code, by=world.officer, cuts=0)
    reading.refresh_from_db()
    assert (reading.cuts, reading.recut) == (0, None)


def test_splitting_and_joining_by_the_pages(world, reading, sign_in):
    browser = sign_in(world.users["officer"])
    page = browser.get(address(reading, 2, "split/"))
    at = page.context["lines"][2][0]
    assert browser.post(address(reading, 2, "split/"), {"cuts": "0"}).status_code == 409
    assert browser.post(address(reading, 2, "split/"), {"cuts": "0", "at": at}).url == address(reading, 3)
    assert browser.get(address(reading, 4)).status_code == 200
    assert 'name="cuts"' in browser.get(address(reading, 2, "join/")).content.decode()
    assert browser.post(address(reading, 2, "join/"), {"cuts": "1"}).url == address(reading, 2)
    assert browser.get(address(reading, 4)).status_code == 404
    assert browser.post(f"/circulars/readings/{reading.code}/restore/", {"cuts": "2"}).status_code == 302


def test_what_does_not_fit_is_named_and_what_was_typed_stays(world, reading, sign_in):
    browser, here = sign_in(world.users["officer"]), address(reading, 1)
    answer = browser.post(here, given(browser, here) | {"0-date": "สิ้นเดือน", "0-subject": "เรื่องที่พิมพ์ไว้"})
    assert answer.status_code == 422
    assert "เรื่องที่พิมพ์ไว้" in answer.content.decode()
    reading.refresh_from_db()
    assert reading.corrections == {}


def test_every_new_page_is_closed_to_strangers_and_changes_nothing_for_the_auditor(world, reading, sign_in):
    for who, status in (("stranger", 404), ("auditor", 403)):
        browser = sign_in(world.users[who])
        for more in ("split/", "join/"):
            assert browser.get(address(reading, 1, more)).status_code == status
            assert browser.post(address(reading, 1, more), {"cuts": "0"}).status_code == status
        assert browser.post(f"/circulars/readings/{reading.code}/restore/", {"cuts": "0"}).status_code == status
    page = sign_in(world.users["auditor"]).get(address(reading, 1))
    assert page.status_code == 200
    assert "<button" not in page.content.decode().partition('id="review"')[2].partition("</form>")[0]


def test_a_bundle_of_a_hundred_letters_stays_one_letter_a_page(world, bundle, sign_in):
    counts = {}
    browser = sign_in(world.users["officer"])
    for name, text in (("small", bundle), ("large", bundle * 33)):
        made = commands.read(text, by=world.officer)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(address(made, 2))
        counts[name] = len(asked)
        assert page.content.decode().count("<textarea") < 40
    assert counts["small"] == counts["large"]
