"""One act issues a certificate: number, paper, record, journal, message. Once, whoever presses, however often."""

import io
import threading
from datetime import date

import pytest
from django.db import connection
from pypdf import PdfReader

from saduak.applications.models import Application
from saduak.certificates import commands, credential, jobs, numbers, queries
from saduak.certificates.models import Certificate, Issuing, PublishedKey
from saduak.certificates.tests.conftest import ISSUED, RELEASED
from saduak.certificates.validity import last_day
from saduak.documents.signing import check_signature
from saduak.files.models import blobs
from saduak.journal import queries as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotPossible
from saduak.outbox.models import Message
from saduak.people.actor import system


def paper_of(certificate: Certificate) -> bytes:
    with blobs().open(certificate.pdf.path) as content:
        return content.read()


def test_issue_writes_number_paper_record_journal_and_message(world, issued):
    assert issued.number.startswith("GECC-2565-")
    assert issued.valid_from == date(2022, 8, 29)
    assert issued.valid_to == date(2025, 8, 28)
    assert issued.level_name_th == "เป็นเลิศ"
    assert issued.office_name_th == world.body.name_th
    assert issued.latest
    assert issued.demonstration
    line = journal.about("certificate", issued.number).get()
    assert line.event == "certificate.issued"
    assert line.details["sha256"] == issued.sha256
    assert line.actor == world.officer.name
    told = Message.objects.filter(kind="certificate.issued")
    assert {one.recipient_ref for one in told} == {world.coordinator.ref, world.colleague.ref, world.head.ref}
    assert all(issued.number in one.subject and "เป็นเลิศ" in one.body for one in told)


def test_the_paper_is_signed_archivable_and_says_that_it_is_a_demonstration(issued):
    paper = paper_of(issued)
    report = check_signature(paper, keys=credential.keys_that_count())
    assert report.valid
    assert report.demonstration
    assert report.key_id == issued.key_id
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    assert issued.number in text
    assert "DEMONSTRATION" in text
    assert b"<pdfaid:part>2</pdfaid:part>" in paper
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in paper


def test_issue_twice_is_refused_and_leaves_one(world, issued):
    with clock.at(ISSUED), pytest.raises(NotPossible):
        commands.issue(issued.application.number, by=world.officer)
    assert Certificate.objects.count() == 1
    assert Message.objects.filter(kind="certificate.issued").count() == 3


def test_a_certificate_of_the_same_centre_succeeds_the_earlier_one(world, earlier, issued):
    earlier.refresh_from_db()
    assert issued.succeeds == earlier
    assert not earlier.latest
    assert [one.number for one in queries.chain(issued)] == [issued.number, earlier.number]
    assert queries.check(earlier.number).code == "SUCCEEDED"
    assert queries.check(earlier.number).successor == issued.number


def test_only_what_was_certified_and_released_is_issued(world, gecc, certified):
    refused = certified()
    Application.objects.filter(pk=refused.pk).update(state="REFUSED", decided_level="")
    with pytest.raises(NotPossible):
        commands.issue(refused.number, by=world.officer)
    assert not Certificate.objects.exists()
    assert not PublishedKey.objects.exists()


@pytest.mark.parametrize("name", ["coordinator", "head", "observer_province", "auditor", "committee1", "officer"])
def test_only_an_officer_issues(world, certified, name):
    application = certified()
    if name == "officer":
        assert commands.issue(application.number, by=world.officer).number
        return
    with pytest.raises(NotAllowed):
        commands.issue(application.number, by=getattr(world, name))
    assert not Certificate.objects.exists()
    assert not Message.objects.filter(kind="certificate.issued").exists()


@pytest.mark.parametrize("name", ["stranger", "stranger_head", "assessor1", "operator"])
def test_a_stranger_does_not_learn_that_there_is_something_to_issue(world, certified, name):
    application = certified()
    with pytest.raises(Application.DoesNotExist):
        commands.issue(application.number, by=getattr(world, name))


def test_a_practice_round_certifies_nobody(world, gecc, certified):
    application = certified()
    gecc.is_practice = True
    gecc.save(update_fields=["is_practice"])
    with pytest.raises(NotPossible):
        commands.issue(application.number, by=world.officer)
    with pytest.raises(NotPossible):
        commands.issue_round(gecc.code, by=world.officer)


def test_a_whole_round_is_issued_by_one_press_and_a_second_press_adds_nothing(world, gecc, certified):
    certified()
    certified(world.other_centre, "basic")
    with clock.at(ISSUED):
        run = jobs.issue_round(gecc.code, by=world.officer)
        assert queries.progress(gecc.pk).waiting == 2
        assert queries.progress(gecc.pk).running
        assert jobs.issue_round(gecc.code, by=world.officer2) == run
        assert commands.carry_on(run.pk) == 2
        assert commands.carry_on(run.pk) == 0
        with pytest.raises(NotPossible):
            jobs.issue_round(gecc.code, by=world.officer)
    found = queries.progress(gecc.pk)
    assert (found.done, found.total, found.running) == (2, 2, False)
    assert Issuing.objects.get().failures == {}
    assert {line.actor for line in journal.entries().filter(event="certificate.issued")} == {"Saduak (certificates)"}
    assert journal.verify().whole


def test_one_that_fails_is_named_and_holds_up_no_other(world, gecc, certified):
    bad, good = certified(), certified(world.other_centre)
    Application.objects.filter(pk=bad.pk).update(decided_at=None)
    with clock.at(ISSUED):
        run = commands.issue_round(gecc.code, by=world.officer)
        assert commands.carry_on(run.pk) == 1
    run.refresh_from_db()
    assert list(run.failures) == [bad.number]
    assert Certificate.objects.get().application == good
    assert run.finished_at is not None


def test_a_run_that_was_stopped_goes_on(world, gecc, certified):
    first, second = certified(), certified(world.other_centre)
    with clock.at(ISSUED):
        run = commands.issue_round(gecc.code, by=world.officer)
        commands.issue(first.number, by=system("certificates"))  # … and here the worker was killed
        assert queries.progress(gecc.pk).running
    with clock.at(clock.bangkok(2022, 8, 30, 14, 5)):
        assert queries.progress(gecc.pk).stalled
        assert jobs.issue_round(gecc.code, by=world.officer) == run
        assert commands.carry_on(run.pk) == 1
    assert set(Certificate.objects.values_list("application__number", flat=True)) == {first.number, second.number}


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_issue_one_certificate(world, certified):
    application = certified()
    outcomes: list[str] = []

    def press() -> None:
        try:
            with clock.at(ISSUED):
                commands.issue(application.number, by=world.officer)
            outcomes.append("issued")
        except NotPossible:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["issued"] + ["refused"] * 7
    assert Certificate.objects.count() == 1
    assert Message.objects.filter(kind="certificate.issued").count() == 3
    assert journal.verify().whole


def test_the_term_ends_on_the_day_before_the_same_day(world):
    assert last_day(date(2022, 8, 29), 3) == date(2025, 8, 28)
    assert last_day(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert last_day(date(2024, 2, 29), 4) == date(2028, 2, 28)
    assert last_day(date(2023, 1, 1), 1) == date(2023, 12, 31)


def test_numbers_are_unlike_each_other_and_found_however_they_are_typed():
    made = {numbers.new_number("GECC-2565") for _ in range(2000)}
    assert len(made) == 2000
    assert all(not set(one.rpartition("-")[2]) & set("IO01") for one in made)
    for typed in (
        "gecc 2565 7kq2mx",
        "GECC-๒๕๖๕-7KQ2MX",
        " GECC–2565–7KQ2MX\n",
        "gecc25657kq2mx",
        "ＧＥＣＣ２５６５７ＫＱ２ＭＸ",
    ):
        assert numbers.key(typed) == numbers.key("GECC-2565-7KQ2MX")
    assert numbers.key("ใบรับรอง") == ""
    assert numbers.key("x" * 10_000) == ""


def test_released_is_the_first_day_even_when_issued_later(world, certified):
    application = certified()
    with clock.at(clock.bangkok(2022, 12, 1)):
        assert commands.issue(application.number, by=world.officer).valid_from == RELEASED.date()
