"""Sign-in, sessions and passwords: a session cannot be planted, shared or kept; nobody learns who is known (T5, T17, T18, T20)."""

import re
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from saduak.people import commands as people
from saduak.people.actor import system
from saduak.people.roles import Role
from tests.security.addresses import names
from tests.security.answers import OF_OTHERS

PASSWORD = "correct-horse-battery"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _own_counters() -> Any:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, email: str = "colleague@example.go.th", password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/posts/").status_code == 200


def test_signing_in_makes_a_new_session(house: Any, client: Client) -> None:
    client.get(LOGIN)
    session = client.session
    session["planted"] = "by a thief"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    assert sign_in(client).status_code == 302
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert is_in(client)
    assert not is_in(thief)


def test_signing_out_ends_the_session_and_only_by_post(house: Any, client: Client) -> None:
    sign_in(client)
    kept = client.cookies["sessionid"].value
    client.get("/accounts/logout/")
    assert is_in(client)
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert not is_in(thief)


def test_the_cookie_is_of_no_use_to_scripts_and_other_sites(house: Any, client: Client) -> None:
    sign_in(client)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_new_password_ends_the_sessions_elsewhere(house: Any, client: Client) -> None:
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    new = "another-horse-battery-9"
    answer = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert not is_in(elsewhere)
    assert is_in(client)
    assert sign_in(Client()).status_code != 302


def test_a_foreign_page_cannot_sign_somebody_in(house: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client).status_code == 403
    assert not is_in(client)


def test_an_unknown_address_and_a_wrong_password_are_told_the_same(house: Any) -> None:
    known, unknown = (
        sign_in(Client(), password="wrong-horse-battery"),
        sign_in(Client(), email="nobodyyy@example.go.th"),
    )
    assert known.status_code == unknown.status_code == 200
    shown = [TOKEN.sub(b"", answer.content) for answer in (known, unknown)]
    assert shown[0].replace(b"colleague@", b"") == shown[1].replace(b"nobodyyy@", b"")


def test_asking_for_a_new_password_tells_nobody_who_is_known(house: Any) -> None:
    answers = [
        Client().post("/accounts/password/reset/", {"email": email})
        for email in ("colleague@example.go.th", "nobody@example.go.th")
    ]
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [
        (302, "/accounts/password/reset/done/")
    ] * 2


def test_the_link_of_the_mail_leads_to_this_instance_only(house: Any, settings: Any) -> None:
    settings.BASE_URL = "https://gecc.example.go.th"
    Client().post(
        "/accounts/password/reset/",
        {"email": "colleague@example.go.th"},
        headers={"host": "localhost", "x-forwarded-host": "evil.example"},
    )
    (message,) = mail.outbox
    text = message.subject + message.body
    assert "https://gecc.example.go.th/accounts/password/reset/key/" in text
    assert set(re.findall(r"https?://([^/\s]+)", text)) == {"gecc.example.go.th"}
    assert not re.search(r"localhost|evil|testserver", text)


def test_a_reset_link_works_once(house: Any, client: Client) -> None:
    Client().post("/accounts/password/reset/", {"email": "colleague@example.go.th"})
    (path,) = re.findall(r"(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
    new = {"password1": "another-horse-battery-9", "password2": "another-horse-battery-9"}
    form = client.get(path).headers["Location"]
    assert client.post(form, new).status_code == 302
    assert sign_in(Client(), password=new["password1"]).status_code == 302
    assert client.get(path).status_code == 200  # says that the link was used
    again = Client()
    answer = again.get(path)
    assert "Location" not in answer.headers


def test_a_wrong_host_is_refused(house: Any, client: Client) -> None:
    for path in ("/", LOGIN, "/register/"):
        assert client.get(path, headers={"host": "evil.example"}).status_code == 400
        assert b"evil" not in client.get(path, headers={"x-forwarded-host": "evil.example"}).content


def test_guessing_passwords_is_slowed_down(house: Any, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    for _ in range(3):
        assert sign_in(Client(), password="wrong-horse-battery").status_code == 200
    stopped = sign_in(Client())  # the right one, too late
    assert stopped.status_code in (200, 429)
    client = Client()
    assert sign_in(client, email="head@example.go.th").status_code == 302  # others are not held up
    assert sign_in(Client(), headers={"x-forwarded-for": "10.9.8.7"}).status_code != 302


def test_nobody_signs_up_by_themselves(house: Any, client: Client) -> None:
    given = {"email": "new@example.go.th", "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post("/accounts/signup/", given)
    assert not is_in(client)
    assert answer.status_code in (200, 403)
    assert sign_in(client, email="new@example.go.th").status_code == 200


@pytest.mark.parametrize("demo", [True, False])
def test_invented_persons_enter_a_demonstration_only(house: Any, client: Client, settings: Any, demo: bool) -> None:
    settings.DEMO = demo
    people.record_post(
        house.world.body, by=system("demo"), email="invented@demo.example.go.th", name_th="สมมติ สมมติ", role=Role.COORDINATOR,
        starts_on=date(2019, 1, 1), password=PASSWORD, is_invented=True,
    )  # fmt: skip
    sign_in(client, email="invented@demo.example.go.th")
    assert is_in(client) is demo
    assert (b"invented@demo" in Client().get(LOGIN).content) is demo


AWAY = ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "javascript:alert(1)", "///evil.example",
        "/%0d%0aLocation:https://evil.example", "http://testserver@evil.example/", "\thttps://evil.example", "data:text/html,x"]  # fmt: skip


@pytest.mark.parametrize("target", AWAY)
def test_no_way_leads_to_another_site(house: Any, client: Client, target: str) -> None:
    places = [
        sign_in(client, next=target),
        client.post("/language/", {"language": "en", "next": target}),
        client.post("/accounts/logout/", {"next": target}),
    ]
    for answer in places:
        assert answer.status_code == 302
        assert re.match(r"/(?![/\\])", answer.headers["Location"])
        assert "evil" not in answer.headers["Location"] or answer.headers["Location"].startswith("/%")


def test_what_was_seen_signed_in_is_kept_nowhere(house: Any, client: Client) -> None:
    sign_in(client)
    for path in ("/", "/applications/", "/posts/", "/v/", "/register/", "/nothing-here/", "/accounts/password/change/"):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "private, no-store", path
        assert "Cookie" in answer.headers["Vary"], path


def test_pages_of_the_account_are_closed_to_visitors_or_tell_them_nothing(house: Any, client: Client) -> None:
    """Everything under /accounts/, found in the resolver: an answer, a redirect or a refusal, and no fault."""
    filled = {"key": "abc", "uidb36": "1", "pk": 1}
    found = {name: pattern for name, pattern in names() if name.startswith(OF_OTHERS)}
    assert found
    for name, pattern in found.items():
        arguments = {key: filled[key] for key in pattern.pattern.converters or pattern.pattern.regex.groupindex}
        path = reverse(name, kwargs=arguments)
        assert client.get(path).status_code in (200, 302, 403, 404, 405), name
