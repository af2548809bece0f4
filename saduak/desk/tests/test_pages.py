"""Messages, search, case file and journal: each person their own, and a stranger nothing."""

import pytest

from saduak.desk import policy
from saduak.journal.models import Entry
from saduak.outbox import commands as outbox
from saduak.outbox.models import Message
from saduak.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(world) -> Message:
    """A message to the coordinator, and a draft that waits."""
    given = {"to": [world.users["coordinator"]], "params": {}, "about": ("application", "A-1")}
    outbox.notify("x.y", subject="ยังไม่เปิดเผย", body="ร่าง", hold=True, **given)
    return outbox.notify("x.y", subject="เรื่อง <b>สำคัญ</b>", body="ข้อความ <script>x</script>", url="/posts/", **given)[0]


def test_whoever_has_nothing_to_do_is_told_so(world, sign_in):
    page = sign_in(world.users["auditor"]).get("/")
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().replace("<script src", "")


def test_opening_a_message_marks_it_as_read_for_its_recipient_only(world, told, sign_in, client):
    for name in ("colleague", "stranger", "officer", "auditor"):
        sign_in(world.users[name])
        assert client.get(f"/messages/{told.code}/").status_code == 404
        assert client.post(f"/messages/{told.code}/").status_code == 404
        assert "สำคัญ" not in client.get("/messages/").content.decode()
    told.refresh_from_db()
    assert told.read_at is None
    sign_in(world.users["coordinator"])
    page = client.get(f"/messages/{told.code}/").content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>x" not in page
    told.refresh_from_db()
    assert told.read_at is not None


def test_a_draft_is_read_by_nobody_before_its_release(world, told, sign_in):
    draft = Message.objects.get(state="DRAFT")
    browser = sign_in(world.users["coordinator"])
    assert browser.get(f"/messages/{draft.code}/").status_code == 404
    assert "ยังไม่เปิดเผย" not in browser.get("/messages/").content.decode() + browser.get("/").content.decode()


def test_the_list_of_messages_costs_the_same_for_one_and_for_fifty(world, told, sign_in, django_assert_num_queries):
    browser = sign_in(world.users["coordinator"])
    browser.get("/messages/")
    with django_assert_num_queries(6, exact=False):
        browser.get("/messages/")
    for _ in range(50):
        outbox.notify("x.y", to=[world.users["coordinator"]], subject="s", body="b", params={}, about=("x", "1"))
    with django_assert_num_queries(6, exact=False):
        browser.get("/messages/")


@pytest.mark.parametrize("asked", ["", "ก", " ", "<script>", "%", "' OR 1=1"])
def test_search_survives_any_text(world, sign_in, asked):
    page = sign_in(world.users["stranger"]).get("/search/", {"q": asked})
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().replace("<script src", "")


def test_search_finds_offices(world, sign_in):
    page = sign_in(world.users["stranger"]).get("/search/", {"q": "ทดสอบใต้"}).content.decode()
    assert f"/organisations/{world.body.code}/" in page


@pytest.mark.parametrize("role", Role)
def test_who_reads_the_journal(role, world):
    actor = next((one for one in world.actors.values() if one.role == role), None)
    if actor is None:
        pytest.skip(f"nobody in the world is {role}")
    assert bool(policy.may_read_journal(actor)) is (role in (Role.AUDITOR, Role.OFFICER))


def test_the_journal_is_searched_and_proved(world, sign_in):
    browser = sign_in(world.users["auditor"])
    assert (
        world.users["head"].name_th
        not in browser.get("/journal/", {"event": "organisations.imported"}).content.decode()
    )
    assert browser.get("/journal/", {"subject": world.body.code}).status_code == 200
    assert browser.get("/journal/", {"person": "set-up", "page": "2"}).status_code == 200
    proof = browser.post("/journal/prove/")
    assert proof.status_code == 200
    assert str(Entry.objects.count()) in proof.content.decode()
    assert sign_in(world.users["stranger"]).get("/journal/").status_code == 403


def test_a_case_of_nobody_is_not_found(world, sign_in):
    browser = sign_in(world.users["officer"])
    assert browser.get("/cases/A-ZZZZZZ/").status_code == 404
    assert browser.get("/cases/A-ZZZZZZ/export/").status_code == 404
