"""Thai first; English by choice; and the choice leads nowhere but back."""

import pytest
from django.test import Client

from saduak.web.language import COOKIE, chosen

pytestmark = [pytest.mark.urls("saduak.web.tests.urls"), pytest.mark.django_db]


def test_thai_whatever_the_browser_asks_for(client: Client) -> None:
    response = client.get("/components/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert response["Content-Language"] == "th"
    assert '<html lang="th">' in response.content.decode()
    assert "Cookie" in response["Vary"]


def test_the_choice_is_kept(client: Client) -> None:
    response = client.post("/language/", {"language": "en", "next": "/components/?page=2"})
    assert response.status_code == 302
    assert response["Location"] == "/components/?page=2"
    cookie = response.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert '<html lang="en">' in client.get("/components/").content.decode()
    client.post("/language/", {"language": "th", "next": "/components/"})
    assert '<html lang="th">' in client.get("/components/").content.decode()


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/%0d%0aSet-Cookie: a=b",
        "evil.example",
        "/\t/evil.example",
        " //evil.example",
        "http://testserver@evil.example/",
        "",
    ],
)
def test_it_never_leads_away(client: Client, target: str) -> None:
    location = client.post("/language/", {"language": "en", "next": target})["Location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert "\r" not in location
    assert "\n" not in location
    assert "evil.example" not in location.split("?")[0].split("/")[1]


def test_only_by_post_and_only_known_languages(client: Client) -> None:
    assert client.get("/language/").status_code == 405
    assert client.post("/language/", {"language": "xx", "next": "/"}).cookies[COOKIE].value == "th"
    assert chosen("../../etc") == "th"
    client.cookies[COOKIE] = "nonsense"
    assert '<html lang="th">' in client.get("/components/").content.decode()


def test_a_visitor_costs_no_query(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = client.get("/components/")
    assert "sessionid" not in response.cookies
