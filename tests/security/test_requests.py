"""Whatever is asked, however large or odd, is answered or refused, and never a fault of ours (T5, T13, T19, T22)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.security.addresses import address, names
from tests.security.answers import OF_OTHERS, PEOPLE, READS
from tests.security.test_object_access import enter

PARAMETERS = ["q", "page", "state", "province", "tab", "kind", "year", "office", "direction", "event", "subject", "person", "level", "fiscal_year",
              "standing", "status", "view", "district", "ministry", "department", "due", "next"]  # fmt: skip
NAMING = ["round", "code", "number"]  # what they name is not found, and then nothing else is looked at
ODD = {
    "negative": "-1",
    "huge": "1000000000",
    "beyond": "9" * 40,
    "sql": """last' OR '1'='1"); DROP TABLE people_user;--"><script>alert(1)</script>""",
    "long": "ก" * 3000,
    "signs": "%_\\ \u202e\u2066 %s %(x)s {0} \ufffd ๒๕๖๕",
}
LISTS = [
    name
    for name, pattern in names()
    if not name.startswith(OF_OTHERS) and "m" not in READS[name][1:2] and not pattern.pattern.converters
]
DEEPER = ["circulars:ledger", "circulars:branch", "circulars:circular", "people:organisation", "rounds:detail", "certificates:round", "assessment:team", "assessment:meeting", "assessment:case", "directory:centre", "certificates:check", "applications:detail"]  # fmt: skip


@pytest.mark.parametrize("person", ["visitor", "officer", "colleague", "assessor1"])
def test_any_question_is_answered(house: Any, client: Client, person: str) -> None:
    enter(client, house, person)
    column = PEOPLE.index(person)
    for name in LISTS + DEEPER:
        if READS[name][column] != "o":
            continue
        path = address(name, house)
        for what, value in ODD.items():
            for given in (dict.fromkeys(PARAMETERS, value), dict.fromkeys(NAMING, value)):
                answer = client.get(path, given)
                assert answer.status_code in (200, 302, 400, 404), (name, what, answer.status_code)
                if not answer.streaming:
                    assert b"<script>alert(1)" not in answer.content, (name, what)


def test_a_nul_is_refused_everywhere(house: Any, client: Client) -> None:
    enter(client, house, "officer")
    for path in (
        "/search/?q=a%00b",
        "/organisations/?q=%00",
        "/applications/?page=%00",
        "/organisations/a%00b/",
        "/v/%00/",
        "/register/?q=%00",
    ):
        assert client.get(path).status_code == 400, path
    assert client.post("/circulars/readings/new/", {"text": "a\0b"}).status_code == 400
    assert Client().post("/accounts/login/", {"login": "a\0@b.th", "password": "x"}).status_code == 400


@pytest.mark.parametrize("path", ["/accounts/login/", "/circulars/readings/new/", "/v/check/"])
def test_too_much_is_refused_in_words(house: Any, client: Client, path: str) -> None:
    if path != "/accounts/login/":
        enter(client, house, "officer")
    many = "&".join(f"f{number}=x" for number in range(3000))
    for body in (many, "text=" + "x" * (5 * 1024 * 1024)):
        answer = client.post(path, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (400, 413)
        assert "คำขอไม่ถูกต้อง" in answer.content.decode()


@pytest.mark.parametrize(
    "state", ["[" * 100_000, '{"a":' * 50_000, "9" * 100_000, '{"c01": [1e999, 1, 1]}', "nonsense", "[]", "NaN"]
)
def test_a_deep_or_odd_record_of_the_page_is_taken_for_none(house: Any, client: Client, state: str) -> None:
    enter(client, house, "colleague")
    answer = client.post(reverse("applications:save", kwargs={"number": house.draft}), {"state": state, "c01": "x"})
    assert answer.status_code in (200, 302, 422)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace", "head"])
def test_other_methods_change_nothing(house: Any, client: Client, method: str) -> None:
    enter(client, house, "officer")
    for name in ("desk:home", "applications:detail", "circulars:drop", "people:give_post"):
        answer = getattr(client, method)(address(name, house))
        assert answer.status_code in (200, 403, 404, 405), name


@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/register/", "/v/", "/nothing-here/", "/applications/", "/posts/"]
)
@pytest.mark.parametrize("person", ["visitor", "colleague"])
def test_every_page_says_what_a_browser_must_not_do(house: Any, client: Client, path: str, person: str) -> None:
    headers = enter(client, house, person).get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {
        "default-src 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    } <= {part.strip() for part in policy.split(";")}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_over_https_the_browser_is_told_to_stay_there(house: Any, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 31536000, True
    answer = Client().get("/register/")
    assert answer.status_code == 301
    assert answer.headers["Location"].startswith("https://")
    assert "max-age=31536000" in Client().get("/register/", secure=True).headers["Strict-Transport-Security"]


def test_an_unknown_certificate_is_told_the_same_whatever_its_number(house: Any, client: Client) -> None:
    """A number that was never given, one of the right form, and an application's: the same page but for what was typed."""
    pages = {}
    for number in ("GECC-2565-ZZZZZZ", "GECC-2562-AAAAAA", house.draft, house.numbers["case_marked"]):
        answer = client.get(f"/v/{number}/")
        page = answer.content.decode().replace("\u2011", "-")
        pages[number] = (answer.status_code, page.replace(number, "N"))
    assert len(set(pages.values())) == 1
