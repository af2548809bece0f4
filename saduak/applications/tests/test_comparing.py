"""Two submissions side by side: marked word by word, and shown to nobody who may not read them."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saduak.applications import commands, comparing, queries
from saduak.kernel import clock
from saduak.thai.wording import marked, pieces

DUE = clock.bangkok(2022, 3, 20).date()


def said(runs):
    """Runs as text, what is changed in square brackets."""
    return "".join(f"[{one.text}]" if one.changed else one.text for one in runs)


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("", "", "", ""),
        ("เหมือนเดิม", "เหมือนเดิม", "เหมือนเดิม", "เหมือนเดิม"),
        ("", "ใหม่", "", "[ใหม่]"),
        ("เปิด 08.30 น.", "เปิด 08.00 น.", "เปิด [08.30] น.", "เปิด [08.00] น."),
        ("เปิด ๘.๓๐ น.", "เปิด ๙.๐๐ น.", "เปิด [๘.๓๐] น.", "เปิด [๙.๐๐] น."),
        ("ที่จอดรถ", "ที่จอดเรือ", "ที่จอด[รถ]", "ที่จอด[เรือ]"),
        ("มีป้าย มีที่นั่ง", "มีป้าย ใหม่ มีที่นั่ง", "มีป้าย มีที่นั่ง", "มีป้าย [ใหม่ ]มีที่นั่ง"),
        ("six staff", "seven staff", "[six] staff", "[seven] staff"),
        ("ก\nข", "ก\nค", "ก\n[ข]", "ก\n[ค]"),
        ("น้ำ", "น้า", "[น้ำ]", "[น้า]"),
    ],
)
def test_words_are_marked(before, after, old, new):
    found = marked(before, after)
    assert (said(found[0]), said(found[1])) == (old, new)
    assert ["".join(run.text for run in runs) for runs in found] == [before, after]


def test_no_vowel_or_tone_mark_ever_begins_a_piece():
    text = "ผู้ที่เกี่ยวข้องได้รับการชี้แจงเรื่องค่าธรรมเนียมใหม่แล้ว น้ำดื่ม ๕ ที่ ศูนย์ฯ"
    assert "".join(pieces(text)) == text
    assert not [one for one in pieces(text) if "\u0e30" <= one[0] <= "\u0e3a" or "\u0e47" <= one[0] <= "\u0e4e"]


@pytest.mark.parametrize("sizes", [(40_000, 40_000), (1, 60_000)])
def test_the_longest_texts_are_compared_in_a_moment_and_nothing_is_lost(sizes):
    before, after = "กข" * (sizes[0] // 2), "ขค" * (sizes[1] // 2)
    began = time.monotonic()
    found = marked(before, after)
    assert time.monotonic() - began < 2
    assert ["".join(run.text for run in runs) for runs in found] == [before, after]


@pytest.fixture
def corrected(submitted, world, photo):
    """Handed in, returned with three remarks, and handed in again: one answer written anew, one piece added."""
    number = submitted.number
    items = ("g-01", "g-02", "profile.hours")
    commands.return_for_correction(
        number,
        [{"item": one, "kind": "OUTDATED", "text": f"ขอแก้ {one}", "due_on": DUE} for one in items],
        by=world.officer,
    )
    commands.save_answers(number, {"g-01": {"justification": "มีหลักฐานใหม่และดำเนินการต่อเนื่อง"}}, by=world.coordinator)
    commands.save_profile(number, {"hours": "จันทร์–ศุกร์ 08.00–16.30 น. <b>พัก</b>"}, by=world.coordinator)
    everything = [one.id for one in queries.standard(submitted).criteria]
    commands.add_evidence(
        number, by=world.coordinator, upload=photo("new.png"), title="ภาพใหม่", items=[one for one in everything if one != "g-02"]
    )  # fmt: skip
    for one in queries.remarks(submitted):
        commands.reply_to_remark(number, one.public_id, "ชี้แจงแล้ว", by=world.coordinator)
    commands.resubmit(number, by=world.head)
    submitted.refresh_from_db()
    return submitted


def address(application):
    return reverse("applications:compare", args=[application.number])


@pytest.mark.django_db
def test_what_differs_and_what_was_remarked_on_in_vain(corrected):
    contents = queries.contents(corrected, (1, 2))
    found = comparing.compare(
        queries.standard(corrected),
        queries.form(corrected),
        contents[1],
        contents[2],
        queries.remarks_between(corrected, 1, 2),
    )
    assert [one.item for one in found.items] == ["profile.hours", "g-01"]
    assert said(found.items[1].pairs[0].after) == "มีหลักฐาน[ใหม่]และดำเนินการต่อเนื่อง"
    assert [one.text for one in found.items[1].remarks] == ["ขอแก้ g-01"]
    assert [one.item for one in found.untouched] == ["g-02"]
    assert [(one.title, one.pairs[0].before) for one in found.evidence] == [
        ("ภาพใหม่", [])
    ]  # once, not once a criterion
    assert found.many == 3


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_page_for_the_unit_and_the_officer_and_the_ways_to_it(world, corrected, sign_in, language):
    for name in ("coordinator", "head", "officer", "auditor", "observer_province"):
        browser = sign_in(world.users[name])
        browser.cookies["saduak_language"] = language
        page = browser.get(address(corrected)).content.decode()
        assert "<ins>ใหม่</ins>" in page
        assert "<del>08.30–16.30</del>" in page or "<del>08.30</del>" in page
        assert "&lt;b&gt;" in page
        assert "<b>พัก" not in page
        assert "ชี้แจงแล้ว" in page
        assert (
            address(corrected) in browser.get(reverse("applications:detail", args=[corrected.number])).content.decode()
        )
    sheet = reverse("assessment:screening_sheet", args=[corrected.number])
    assert address(corrected) in sign_in(world.users["officer"]).get(sheet).content.decode()


@pytest.mark.django_db
def test_a_stranger_finds_nothing_and_what_is_being_changed_stays_with_the_unit(world, corrected, sign_in):
    for name in ("stranger", "stranger_head", "assessor1", "committee1", "operator"):
        assert sign_in(world.users[name]).get(address(corrected)).status_code == 404
    again = [{"item": "g-01", "kind": "OUTDATED", "text": "อีกครั้ง", "due_on": DUE}]
    commands.return_for_correction(corrected.number, again, by=world.officer)
    commands.save_answers(corrected.number, {"g-01": {"justification": "ความลับระหว่างแก้"}}, by=world.coordinator)
    page = sign_in(world.users["officer"]).get(address(corrected)).content.decode()
    assert "ความลับ" not in page


@pytest.mark.django_db
def test_handed_in_once_says_so_and_never_is_not_there(world, full, sign_in):
    browser = sign_in(world.users["coordinator"])
    assert browser.get(address(full)).status_code == 404
    commands.submit(full.number, by=world.head)
    page = browser.get(address(full))
    assert page.status_code == 200
    assert page.context["comparison"] is None
    assert address(full) not in browser.get(reverse("applications:detail", args=[full.number])).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", (2, 3)),
        ("?before=1&after=3", (1, 3)),
        ("?before=3&after=1", (1, 3)),
        ("?before=1&after=2", (1, 2)),
        ("?before=2&after=2", (1, 2)),
        ("?after=1", (1, 3)),
        ("?before=x&after=99", (2, 3)),
    ],
)
def test_any_two_can_be_chosen_and_nonsense_shows_the_last_two(world, corrected, sign_in, asked, shown):
    commands.return_for_correction(
        corrected.number, [{"item": "g-02", "kind": "OUTDATED", "text": "อีกครั้ง", "due_on": DUE}], by=world.officer
    )
    commands.reply_to_remark(corrected.number, queries.remarks(corrected)[0].public_id, "ชี้แจงแล้ว", by=world.coordinator)
    commands.resubmit(corrected.number, by=world.head)
    context = sign_in(world.users["officer"]).get(address(corrected) + asked).context
    assert (context["before"].sequence, context["after"].sequence) == shown
    assert bool(context["comparison"].many) == (shown != (2, 3))


@pytest.mark.django_db
def test_the_page_takes_as_many_queries_for_many_changes_as_for_few(world, corrected, sign_in):
    browser = sign_in(world.users["officer"])
    browser.get(address(corrected))

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address(corrected)).status_code == 200
        return len(seen)

    few = count()
    every = [one.id for one in queries.standard(corrected).criteria]
    commands.return_for_correction(
        corrected.number,
        [{"item": one, "kind": "OUTDATED", "text": "ขอใหม่", "due_on": DUE} for one in every],
        by=world.officer,
    )
    commands.save_answers(
        corrected.number, {one: {"justification": f"เขียนใหม่ {one}"} for one in every}, by=world.coordinator
    )
    for one in queries.remarks(corrected):
        commands.reply_to_remark(corrected.number, one.public_id, "แก้แล้ว", by=world.coordinator)
    commands.resubmit(corrected.number, by=world.head)
    assert count() == few
