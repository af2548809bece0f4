"""Posts and organisations in the browser: one acts in a post of one's own, and gives posts where one answers for them."""

import pytest
from django.core import mail

from saduak.kernel import clock
from saduak.outbox import jobs
from saduak.people import commands
from saduak.people.actor import system
from saduak.people.models import Membership, User
from saduak.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_post(world) -> Membership:
    """The coordinator is also registrar of the office."""
    return commands.record_post(
        world.body,
        by=system("tests"),
        email="coordinator@example.go.th",
        name_th="x",
        role=Role.REGISTRAR,
        starts_on=clock.today(),
    )


def post_of(world, name: str) -> Membership:
    return Membership.objects.get(user=world.users[name])


def test_one_acts_in_another_of_ones_own_posts(world, second_post, sign_in):
    browser = sign_in(world.users["coordinator"])
    page = browser.get("/posts/").content.decode()
    assert str(second_post.get_role_display()) in page
    assert browser.post("/posts/act/", {"post": second_post.pk}).status_code == 302
    assert browser.get("/posts/").wsgi_request.actor.role == Role.REGISTRAR


@pytest.mark.parametrize("given", ["stranger", "officer", "", "x", "-1", "999999999999999999999"])
def test_nobody_acts_in_the_post_of_somebody_else(world, second_post, sign_in, given):
    chosen = post_of(world, given).pk if given in world.users else given
    browser = sign_in(world.users["coordinator"])
    assert browser.post("/posts/act/", {"post": chosen}).status_code == 404
    assert browser.get("/posts/").wsgi_request.actor.role == Role.COORDINATOR


def test_a_post_that_ended_is_acted_in_no_more(world, second_post, sign_in):
    browser = sign_in(world.users["coordinator"])
    browser.post("/posts/act/", {"post": second_post.pk})
    Membership.objects.filter(pk=second_post.pk).delete()
    assert browser.get("/posts/").wsgi_request.actor.role == Role.COORDINATOR


def new_post(**more: str) -> dict[str, str]:
    return {
        "name_th": "นายใหม่ มาแล้ว",
        "email": "New@Example.go.th ",
        "role": "COORDINATOR",
        "starts_on": "2022-02-01",
    } | more


def test_the_head_gives_a_post_and_the_person_is_told(world, sign_in, in_application_window):
    browser = sign_in(world.users["head"])
    path = f"/organisations/{world.body.code}/posts/new/"
    assert browser.get(path).status_code == 200
    assert browser.post(path, new_post()).status_code == 302
    post = Membership.objects.get(user__email="new@example.go.th")
    assert (post.organisation, post.role) == (world.body, Role.COORDINATOR)
    assert "มาแล้ว" in browser.get(f"/organisations/{world.body.code}/").content.decode()
    jobs.send_ready()
    assert [one.to for one in mail.outbox] == [["new@example.go.th"]]


@pytest.mark.parametrize("name", ["stranger", "stranger_head", "coordinator", "registrar_body", "auditor", "assessor1"])
def test_who_does_not_answer_for_the_office_gives_no_posts(world, sign_in, name):
    browser, before = sign_in(world.users[name]), User.objects.count()
    path = f"/organisations/{world.body.code}/posts/new/"
    assert browser.get(path).status_code == 403
    assert browser.post(path, new_post()).status_code == 403
    assert User.objects.count() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "x"},
        {"name_th": ""},
        {"role": "OFFICER"},
        {"role": "x"},
        {"ends_on": "2022-01-01"},
        {"starts_on": "soon"},
        {"email": "a@b.th\nBcc: c@d.th"},
    ],
)
def test_a_mistake_is_shown_and_nobody_is_made_known(world, sign_in, wrong):
    browser, before = sign_in(world.users["head"]), User.objects.count()
    assert browser.post(f"/organisations/{world.body.code}/posts/new/", new_post(**wrong)).status_code == 422
    assert User.objects.count() == before


def test_the_head_does_not_make_officers(world, sign_in):
    """Roles of the programme are the officer's to give, also when the form is made by hand."""
    sign_in(world.users["head"]).post(f"/organisations/{world.secretariat.code}/posts/new/", new_post(role="OFFICER"))
    assert not Membership.objects.filter(role=Role.OFFICER, user__email="new@example.go.th").exists()


def test_a_post_is_ended_by_the_head_and_by_no_stranger(world, sign_in, client, in_application_window):
    post = post_of(world, "colleague")
    path = f"/posts/{post.code}/end/"
    for name in ("stranger_head", "stranger", "colleague"):
        assert sign_in(world.users[name]).get(path).status_code == 404
        assert client.post(path, {"on": "2022-02-10"}).status_code == 404
    sign_in(world.users["head"])
    assert client.get(path).status_code == 200
    assert client.post(path, {"on": "x"}).status_code == 422
    assert client.post(path, {"on": "1999-01-01"}).status_code == 422
    assert client.post(path, {"on": "2022-02-10"}).status_code == 302
    assert client.post(path, {"on": "2022-02-11"}).status_code == 422
    post.refresh_from_db()
    assert str(post.ends_on) == "2022-02-10"


def test_names_of_an_office_are_for_it_and_those_above(world, sign_in):
    for name, seen in {
        "colleague": True,
        "observer_province": True,
        "officer": True,
        "auditor": True,
        "stranger": False,
        "assessor1": False,
    }.items():
        page = sign_in(world.users[name]).get(f"/organisations/{world.body.code}/").content.decode()
        assert (world.users["head"].name_th in page) is seen, name
        assert ("head@example.go.th" in page) is seen, name


def test_organisations_are_found_by_words_and_kind(world, sign_in):
    browser = sign_in(world.users["stranger"])
    assert world.body.name_th in browser.get("/organisations/", {"q": "ทดสอบใต้"}).content.decode()
    assert world.body.name_th not in browser.get("/organisations/", {"kind": "MINISTRY"}).content.decode()
    assert browser.get("/organisations/", {"kind": "x", "page": "-1"}).status_code == 200
    assert browser.get("/organisations/NOTHING/").status_code == 404
