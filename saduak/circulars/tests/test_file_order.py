"""The files of a reading in another order: pages follow, what was done by hand stays or is told."""

import itertools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saduak.circulars import commands, jobs
from saduak.circulars.models import Reading
from saduak.circulars.tests.conftest import SENDING, read_all
from saduak.files.models import blobs
from saduak.journal.models import Entry
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.saraban import reader


@pytest.fixture
def given(world, bundle):
    """Two whole letters, and a third cut in two; the files in the order 1, 2, 3b, 3a."""
    spans = [letter.span for letter in reader.read(bundle).letters]
    edges = [0, *(span.start for span in spans[1:]), len(bundle)]
    one, two, three = [bundle[start:end].strip() for start, end in itertools.pairwise(edges)]
    cut = three.index("\n", len(three) // 2)
    parts = [("1.txt", one), ("2.txt", two), ("3b.txt", three[cut:]), ("3a.txt", three[:cut])]
    files = [SimpleUploadedFile(name, text.encode(), "text/plain") for name, text in parts]
    return jobs.hand_in(files, by=world.officer)


RIGHT = [1, 2, 4, 3]


def names(reading: Reading) -> list[str]:
    return list(reading.files.order_by("order").values_list("name", flat=True))


def numbers(reading: Reading) -> list[str]:
    return [one["number"] for one in reading.letters]


def test_before_they_are_read_the_pages_are_put_together_in_the_new_order(world, given, bundle):
    jobs.order_files(given.code, RIGHT, by=world.officer)
    assert names(given) == ["1.txt", "2.txt", "3a.txt", "3b.txt"]
    read_all(given)
    assert numbers(given) == [one.number and one.number.value for one in reader.read(bundle).letters]


def test_after_reading_what_was_done_by_hand_goes_along_or_is_told(world, given):
    read_all(given)
    wrong = numbers(given)
    # The first letter stands whole in its file; the second one runs on into what is the end of the third.
    commands.correct(given.code, {0: {"subject": "แก้แล้ว"}}, by=world.officer, checked=0)
    commands.correct(given.code, {1: {"subject": "แก้อีก"}}, by=world.officer, checked=1)
    given.refresh_from_db()
    before = given.text
    done = commands.order_files(given.code, RIGHT, by=world.officer)
    given.refresh_from_db()
    assert names(given) == ["1.txt", "2.txt", "3a.txt", "3b.txt"]
    assert [one.first_page for one in given.files.order_by("order")] == [1, 2, 3, 4]
    assert sorted(given.text.split()) == sorted(before.split())
    assert len(given.letters) == 3
    for page, file in zip(given.result["pages"], given.files.order_by("order"), strict=True):
        with blobs().open(file.stored.path) as content:
            assert given.text[page["start"] : page["end"]].strip() == content.read().decode().strip()
    assert (done.lost, given.corrections, list(given.checked)) == ([2], {"0": {"subject": "แก้แล้ว"}}, ["0"])
    said = Entry.objects.get(event="reading.reordered").details
    assert (said["lost"], said["uncut"]) == (done.lost, False)
    # And back: the same letters as at first.
    commands.order_files(given.code, RIGHT, by=world.officer)
    given.refresh_from_db()
    assert (given.text, numbers(given)) == (before, wrong)


def test_what_is_no_order_is_refused_without_a_trace(world, given):
    read_all(given)
    for wrong in ([1, 2, 3], [1, 2, 3, 3], [1, 2, 3, 5], []):
        with pytest.raises(NotComplete):
            commands.order_files(given.code, wrong, by=world.officer)
    with pytest.raises((NotAllowed, Reading.DoesNotExist)):
        commands.order_files(given.code, RIGHT, by=world.stranger)
    commands.discard(given.code, by=world.officer)
    with pytest.raises(NotPossible):
        commands.order_files(given.code, RIGHT, by=world.officer)
    assert names(given) == ["1.txt", "2.txt", "3b.txt", "3a.txt"]


def test_a_worker_that_reads_meanwhile_keeps_nothing_in_the_old_order(world, given):
    assert commands.read_some(given.code, by=SENDING, seconds=0)  # one page, then it pauses
    jobs.order_files(given.code, RIGHT, by=world.officer)
    read_all(given)
    assert given.state == "READ"
    assert [one.first_page for one in given.files.order_by("order")] == [1, 2, 3, 4]


def test_the_officer_does_it_on_a_page(world, given, sign_in):
    read_all(given)
    browser, url = sign_in(world.users["officer"]), f"/circulars/readings/{given.code}/order/"
    assert url in browser.get(f"/circulars/readings/{given.code}/").content.decode()
    page = browser.get(url)
    assert [field.value() for _file, field in page.context["form"].rows] == [1, 2, 3, 4]
    twice = browser.post(url, {"place-1": "1", "place-2": "4", "place-3": "4", "place-4": "3"})
    assert twice.status_code == 422
    assert browser.post(url, {"place-1": "1", "place-2": "2", "place-3": "4", "place-4": "3"}).status_code == 302
    assert names(given) == ["1.txt", "2.txt", "3a.txt", "3b.txt"]
    assert sign_in(world.users["stranger"]).get(url).status_code == 404
