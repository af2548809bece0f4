"""A bundle is read, corrected beside what was read, and confirmed; only officers see it."""

import io

import pytest
from django.conf import settings
from pypdf import PdfWriter

from saduak.circulars import commands
from saduak.circulars.models import Reading
from saduak.circulars.queries import boxes, readings
from saduak.circulars.workflow import READING
from saduak.documents.typesetting import typeset
from saduak.journal.models import Entry
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.packs import commands as packs
from saduak.people.actor import system
from saduak.rounds.models import Round
from saduak.saraban.sources import Unreadable, open_source

HOSTILE = "<script>alert(1)</script>{{7*7}}{% now %}\u202e' OR 1=1 --"


def given(browser, address: str) -> dict[str, object]:
    """What a browser would send that changes nothing on the page of a letter."""
    sent: dict[str, object] = {}
    for bound in browser.get(address).context["form"]:
        value = bound.value()
        value = bound.field.widget.format_value(value) if hasattr(bound.field, "strptime") else value
        if value is not None and value is not False:
            sent[bound.html_name] = value
    return sent


def all_seen(reading) -> dict[int, str]:
    return dict.fromkeys(range(len(reading.result["findings"])), "")


def test_read_keeps_letters_findings_and_places(reading, bundle):
    assert len(reading.result["letters"]) == 3
    codes = {one.code for one in readings.findings(reading)}
    assert {"cited-number-differs", "link-spelling", "number-blank", "receipt-after-deadline"} <= codes
    for place in range(3):
        for field in readings.fields(reading, place):
            assert all(0 <= start < end <= len(bundle) for start, end in field.spans), field.name
    number = next(one for one in readings.fields(reading, 2) if one.name == "number")
    start, end = number.spans[0]
    assert "๕๕๑๒" in bundle[start:end]
    assert number.value == "มท 0201/ว 5512"


def test_a_correction_stands_beside_what_was_read(world, reading):
    commands.correct(reading.code, {0: {"number": "พร 0017.2/ว 88"}}, by=world.officer, seen={2: "เติมเลขแล้ว"})
    reading.refresh_from_db()
    field = next(one for one in readings.fields(reading, 0) if one.name == "number")
    assert (field.read, field.value, field.corrected) == ("พร 0017.2/ว", "พร 0017.2/ว 88", True)
    assert readings.findings(reading)[2].note == "เติมเลขแล้ว"
    # Written as it was read, it is no correction any more.
    commands.correct(reading.code, {0: {"number": "พร 0017.2/ว"}}, by=world.officer, seen={2: None})
    reading.refresh_from_db()
    assert reading.corrections == {}
    assert reading.seen == {}


def test_every_field_that_does_not_fit_is_named_and_nothing_is_kept(world, reading):
    wrong = {0: {"date": "11 มกราคม", "kind": "poem"}, 1: {"dates_in_body": "สิ้นเดือน", "subject": "ก" * 9000}}
    with pytest.raises(NotComplete) as refused:
        commands.correct(reading.code, wrong, by=world.officer, seen={})
    assert {item.where for item in refused.value.items} == {
        "#id_0-date",
        "#id_0-kind",
        "#id_1-dates_in_body",
        "#id_1-subject",
    }
    assert Reading.objects.get().corrections == {}


def test_confirm_wants_contradictions_to_be_seen(world, reading):
    with pytest.raises(NotComplete) as refused:
        commands.confirm(reading.code, by=world.officer)
    errors = [one for one in readings.findings(reading) if one.severity == "error"]
    assert len(refused.value.items) == len(errors) > 0
    commands.correct(reading.code, {}, by=world.officer, seen=all_seen(reading))
    commands.confirm(reading.code, by=world.officer)
    reading.refresh_from_db()
    assert (reading.state, reading.settled_by) == ("CONFIRMED", world.officer.name)
    assert Entry.objects.latest("number").event == "reading.confirmed"
    with pytest.raises(NotPossible):
        commands.correct(reading.code, {0: {"number": "x"}}, by=world.officer, seen={})


def test_hostile_text_in_every_field_stays_text(world, reading, sign_in):
    given = {name: HOSTILE for name in readings.FIELDS if name not in {"kind", "date", "dates_in_body"}}
    commands.correct(reading.code, {0: given}, by=world.officer, seen={0: HOSTILE})
    browser = sign_in(world.users["officer"])
    for path in ("", "letters/1/", "letters/2/"):
        page = browser.get(f"/circulars/readings/{reading.code}/{path}").content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page or path == "letters/2/"


@pytest.mark.parametrize("text", ["", "   \n\t", "a\x00b", "ก" * 2_000_001])
def test_what_is_no_text_is_refused(world, text):
    with pytest.raises(NotComplete):
        commands.read(text, by=world.officer)
    assert not Reading.objects.exists()


def test_a_pdf_with_text_is_read(bundle):
    data = {"subject": "เรื่องทดสอบ", "addressee": "ผู้ว่าราชการจังหวัด", "date": "๑ มกราคม ๒๕๖๕",
            "signatory": {"name": "ก", "position": []}, "paragraphs": ["ด้วยทดสอบการอ่าน"]}  # fmt: skip
    assert "ทดสอบ" in open_source(typeset("letter", data)).text
    assert open_source(bundle.encode("cp874", "ignore")).text.startswith(bundle[:4])


def _locked_pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    writer.write(out)
    return out.getvalue()


def _empty_pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 broken",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        _locked_pdf(),
        _empty_pdf(),
        b"PK\x03\x04zip",
        b"a" * (21 << 20),
    ],
    ids=["empty", "broken", "picture", "locked", "blank", "zip", "large"],
)
def test_files_that_cannot_be_read_are_refused_with_a_reason(content):
    with pytest.raises(Unreadable) as refused:
        open_source(content)
    assert refused.value.thai
    assert refused.value.english


def test_the_stranger_and_every_other_role_see_no_reading(world, reading, sign_in):
    for name, actor in world.actors.items():
        sees = actor.role in {"OFFICER", "AUDITOR"}
        assert boxes.reading_list(actor).exists() == sees, name
        if actor.role != "OFFICER":
            with pytest.raises((NotAllowed, Reading.DoesNotExist)):
                commands.correct(reading.code, {}, by=actor, seen={})
            with pytest.raises(NotAllowed):
                commands.read("ที่ มท 1", by=actor)
    browser = sign_in(world.users["stranger"])
    assert browser.get(f"/circulars/readings/{reading.code}/").status_code == 404
    assert browser.get("/circulars/readings/").status_code == 403


def test_every_command_in_every_state_by_every_role(world, reading):
    """The whole table: who may confirm and discard, and from which state."""
    for command in ("confirm", "discard"):
        for state in READING.states:
            for name, actor in world.actors.items():
                Reading.objects.filter(pk=reading.pk).update(
                    state=state, seen={str(place): "" for place in range(len(reading.result["findings"]))}
                )
                try:
                    outcome = getattr(commands, command)(reading.code, by=actor).state
                except (NotAllowed, NotPossible) as refused:
                    outcome = refused.status
                except Reading.DoesNotExist:
                    outcome = 404
                if actor.role == "OFFICER":
                    expected = READING.moves[command].target if state in READING.moves[command].sources else 409
                else:
                    expected = 403 if actor.role == "AUDITOR" else 404
                assert outcome == expected, (command, state, name)


def test_the_walk_from_bundle_to_round_in_the_browser(world, bundle, sign_in):
    packs.publish(settings.PACKS, "gecc/rounds/2565", by=system("set-up"))
    browser = sign_in(world.users["officer"])
    assert "gecc65s" in browser.get("/circulars/readings/new/?sample=1").content.decode()
    empty = browser.post("/circulars/readings/new/", {"text": ""})
    assert empty.status_code == 422
    answer = browser.post("/circulars/readings/new/", {"text": bundle})
    reading = Reading.objects.get()
    assert answer.url == f"/circulars/readings/{reading.code}/"
    refused = browser.post(answer.url, {"cuts": "0", "confirm": "1", "note-0": "ดูแล้ว"})
    assert refused.status_code == 422
    assert "ดูแล้ว" in refused.content.decode()
    kept = browser.post(
        f"{answer.url}letters/1/", given(browser, f"{answer.url}letters/1/") | {"0-subject": "แก้เรื่อง", "next": "1"}
    )
    assert kept.url == f"{answer.url}letters/2/"
    assert browser.get(answer.url).context["letters"][0]["checked"]["by"] == world.officer.name
    seen = {f"seen-{place}": "on" for place in range(len(reading.findings))}
    assert browser.post(answer.url, seen | {"cuts": "0", "confirm": "1"}).status_code == 302
    page = browser.get(f"/circulars/readings/{reading.code}/round/")
    rows = page.context["rows"]
    application = next(row for row in rows["windows"] if row.fields[0].html_name == "APPLICATION_opens")
    assert [one.letters for one in application.said] == [[1, 2, 3]]
    assert not application.differs
    dates = {bound.html_name: bound.field.widget.format_value(bound.value()) or "" for bound in page.context["form"]}
    dates["APPLICATION_closes"] = "2022-03-08T00:00"
    done = browser.post(f"/circulars/readings/{reading.code}/round/?pack=gecc/rounds/2565", dates)
    round = Round.objects.get()
    assert done.url == f"/rounds/{round.code}/"
    assert round.source["reading"] == reading.code
    assert Entry.objects.get(event="round.opened").details["changed_windows"] == ["APPLICATION"]


def test_the_auditor_looks_at_readings_and_reads_none_in(world, sign_in):
    browser = sign_in(world.users["auditor"])
    page = browser.get("/circulars/readings/")
    assert page.status_code == 200
    assert "/circulars/readings/new/" not in page.content.decode()
    assert browser.get("/circulars/readings/new/").status_code == 403
