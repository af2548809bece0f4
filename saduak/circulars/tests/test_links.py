"""Short links: codes that survive typing, what the public page says, who keeps a link, and counting without tracking."""

import pytest
from django.core.cache import cache
from django.test import Client

from saduak.circulars import commands, guessing, shortcodes
from saduak.circulars.models import Circular, Link, LinkDay
from saduak.circulars.queries import links
from saduak.circulars.tests.conftest import send
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible

AT = clock.bangkok


@pytest.fixture(autouse=True)
def _nobody_has_guessed():
    cache.clear()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("K7Q53X8", "K7Q53X8"), ("k7q-53x8", "K7Q53X8"), (" k7q 53x8 ", "K7Q53X8"), ("K7QS3XB", "K7Q53X8"),
        ("Z7Q53X8", "27Q53X8"), ("๗7K-Q2MX", "77KQ2MX"), ("Ｋ７Ｑ５３Ｘ８", "K7Q53X8"),
        ("K7Q53X", ""), ("K7Q53X88", ""), ("K7Q53XO", ""), ("K7Q53X0", ""), ("K7Q53XI", ""), ("", ""), ("ก" * 7, ""),
        ("x" * 5000, ""), ("../../etc", ""), ("//evil.example", ""),
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_was_typed(typed, read):
    assert shortcodes.read_code(typed) == read


def test_new_codes_are_read_as_they_are_and_spelled_for_people():
    codes = {shortcodes.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(shortcodes.read_code(shortcodes.spelled(one).lower()) == one for one in codes)


def test_every_letter_of_a_cascade_has_a_link_of_its_own(world, cascade):
    assert Link.objects.count() == Circular.objects.exclude(state="DRAFT").count() == 5
    assert links.by_code(cascade.link.code.lower()) == cascade.link
    draft = commands.draft("GECC-2565", by=world.officer)
    assert not Link.objects.filter(circular=draft).exists()


def test_the_page_says_what_is_to_be_done_then_what_still_can_then_that_it_is_closed(world, root):
    url = f"/l/{root.link.code.lower()}/"
    with clock.at(AT(2021, 12, 23)):
        assert links.standing(root.link).state == "OPEN"
        page = Client().get(url)
    assert page.status_code == 200
    assert root.subject in page.content.decode()
    assert not page.cookies
    dated = [one.due_at for one in root.actions.all() if one.due_at]
    with clock.at(max(dated)):
        standing = links.standing(root.link)
        assert (standing.state, standing.since) == ("CLOSED", max(dated))
        assert [one.kind for one in standing.todo] == ["TAKE_NOTE"]
        page = Client().get(url).content.decode()
    assert "สิ่งที่ยังดำเนินการได้" in page


def test_openings_are_counted_by_branch_and_day_and_nothing_else_is_kept(world, cascade):
    child = Circular.objects.get(sender=world.province)
    with clock.at(AT(2022, 1, 12, 9)):
        for path, times in ((cascade.link.code.upper(), 2), (child.link.code.lower(), 3)):
            for _ in range(times):
                assert Client().get(f"/L/{path}/").status_code == 200
        Client().head(f"/l/{child.link.code}/")
        Client().get(f"/l/{child.link.code}/", headers={"Sec-Purpose": "prefetch;prerender"})
    with clock.at(AT(2022, 1, 13, 9)):
        Client().get(f"/l/{child.link.code}/")
        assert [opened for _day, opened in links.days(child.link)] == [1, 3]
        found = {one.circular.sender_id: one.opened for one in links.branches(cascade, world.officer)}
        below = {one.circular.sender_id for one in links.branches(child, world.registrar_province)}
    assert (found[world.secretariat.pk], found[world.province.pk], found[world.ministry.pk]) == (2, 4, 0)
    assert below == {world.province.pk, world.district.pk}
    assert {one.name for one in LinkDay._meta.fields} == {"id", "link", "day", "opened"}


def test_a_link_is_closed_and_moved_by_its_office_only(world, root, sign_in):
    with pytest.raises(NotAllowed):
        commands.close_link(root.code, by=world.registrar_ministry, why="x")
    with pytest.raises(NotComplete) as refused:
        commands.close_link(root.code, by=world.officer, why="  ")
    assert refused.value.field == "why"
    for wrong in ("NOWHERE", root.number, "https://evil.example/"):
        with pytest.raises(NotComplete) as refused:
            commands.close_link(root.code, by=world.officer, why="แก้ไข", moved_to=wrong)
        assert refused.value.field == "moved_to"
    newer = send(commands.draft("GECC-2565", by=world.officer), by=world.officer)
    browser = sign_in(world.users["officer"])
    assert browser.post(f"/circulars/{root.code}/link/close/", {"why": "", "moved_to": ""}).status_code == 422
    moved = browser.post(f"/circulars/{root.code}/link/close/", {"why": "<b>แก้ไข</b>", "moved_to": newer.number})
    assert moved.status_code == 302
    page = Client().get(f"/l/{root.link.code}/").content.decode()
    assert f"/l/{newer.link.code}/" in page
    assert "<b>แก้ไข</b>" not in page
    with pytest.raises(NotPossible):
        commands.close_link(root.code, by=world.officer, why="อีกครั้ง")
    with pytest.raises(NotComplete):  # no circle
        commands.close_link(newer.code, by=world.officer, why="วน", moved_to=root.code)
    commands.reopen_link(root.code, by=world.officer)
    with pytest.raises(NotPossible):
        commands.reopen_link(root.code, by=world.officer)
    events = Entry.objects.filter(event__startswith="circular.link_").order_by("number").values_list("event", flat=True)
    assert list(events) == ["circular.link_closed", "circular.link_reopened"]


def test_going_on_leads_each_person_to_a_page_of_ours(world, cascade, sign_in):
    url = f"/l/{cascade.link.code}/go/"
    assert Client().get(url).headers["Location"].startswith("/accounts/login/")
    for name, begins in (("registrar_body", "/circulars/hops/"), ("officer", f"/circulars/{cascade.code}/"),
                         ("stranger", "/rounds/GECC-2565/")):  # fmt: skip
        target = sign_in(world.users[name]).get(f"{url}?next=https://evil.example/").headers["Location"]
        assert target.startswith(begins), name


def test_guessing_is_slowed_and_an_unknown_code_is_told_what_to_do(world, root, monkeypatch):
    monkeypatch.setattr(guessing, "MISSES", 3)
    browser = Client()
    for _ in range(3):
        page = browser.get("/l/AAAAAAA/")
        assert page.status_code == 404
        assert "ไม่มีหนังสือที่ใช้รหัสนี้" in page.content.decode()
    assert browser.get(f"/l/{root.link.code}/").status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.9").get(f"/l/{root.link.code}/").status_code == 200


def test_the_code_is_fetched_as_picture_and_stands_on_the_letter(world, root, sign_in):
    browser = sign_in(world.users["officer"])
    page = browser.get(f"/circulars/{root.code}/link/").content.decode()
    assert shortcodes.spelled(root.link.code) in page
    assert browser.get(f"/circulars/{root.code}/link/qr.svg").content.startswith(b"<svg")
    assert browser.get(f"/circulars/{root.code}/link/qr.png").content.startswith(b"\x89PNG")
    stranger = sign_in(world.users["stranger"])
    for end in ("", "qr.svg", "qr.png"):
        assert stranger.get(f"/circulars/{root.code}/link/{end}").status_code == 404
