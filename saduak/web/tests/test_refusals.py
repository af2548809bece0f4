"""A refusal becomes an answer: page, fragment or JSON, in the reader's language, and tells a stranger nothing."""

import pytest
from django.test import Client
from django.utils import translation

from saduak.kernel import clock
from saduak.kernel.refusals import Item, NotComplete, NotPossible
from saduak.kernel.verdict import YES, no, not_now
from saduak.kernel.workflow import IMPOSSIBLE
from saduak.web import phrases, refusals
from saduak.web.language import COOKIE

pytestmark = [pytest.mark.urls("saduak.web.tests.urls"), pytest.mark.django_db]


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies[COOKIE] = "en"
    return client


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("status", [403, 409, 422])
def test_a_page_says_it_with_its_own_status(client: Client, status: int, method: str) -> None:
    response = getattr(client, method)(f"/{status}/")
    assert response.status_code == status
    page = response.content.decode()
    assert "<h1>" in page
    assert "ย้อนกลับ" in page  # how to get back what was typed
    assert "data-back" in page


def test_the_sentence_is_thai_first_and_english_on_request(client: Client) -> None:
    assert "เรื่องนี้เป็นของหน่วยงานอื่น" in client.get("/403/").content.decode()
    client.cookies[COOKIE] = "en"
    assert "This belongs to another office." in client.get("/403/").content.decode()


def test_values_are_filled_in_and_stay_text(english: Client) -> None:
    page = english.get("/409/").content.decode()
    assert "“ยื่น” is not possible now: the state is “&lt;b&gt;ร่าง&lt;/b&gt;”." in page
    assert "<b>ร่าง</b>" not in page


def test_items_are_links_to_our_own_pages_only(english: Client) -> None:
    page = english.get("/422/").content.decode()
    assert '<a href="#id_province">Province</a>' in page
    assert '<a href="/elsewhere/">&lt;i&gt;Seats&lt;/i&gt;</a>' in page
    assert "evil.example" not in page
    assert "<li>Reason</li>" in page


def test_htmx_gets_a_fragment_for_the_alert_region(english: Client) -> None:
    response = english.post("/422/", headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert response["HX-Retarget"] == "#alerts"
    page = response.content.decode()
    assert "<html" not in page
    assert 'role="alert"' in page
    assert "Something is still missing." in page


def test_who_accepts_only_json_gets_json(english: Client) -> None:
    response = english.post("/422/", headers={"Accept": "application/json"})
    assert response.status_code == 422
    body = response.json()
    assert body["field"] == "province"
    assert body["items"][0] == {"label": "Province", "where": "#id_province"}


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/form/?a=1", 'href="/form/?a=1"'),
        ("https://evil.example/form/", 'href="/"'),
        ("http://testserver//evil.example/", 'href="/"'),
        ("javascript:alert(1)", 'href="/"'),
        ("", 'href="/"'),
    ],
)
def test_the_way_back_is_the_page_before_if_it_is_ours(client: Client, referer: str, back: str) -> None:
    page = client.get("/409/", headers={"Referer": referer}).content.decode()
    assert f'<a class="button" {back} data-back>' in page


def test_what_does_not_exist_for_somebody_is_answered_as_what_does_not_exist(client: Client) -> None:
    """`queries.lock` raises ObjectDoesNotExist for a stranger: same page, byte by byte, as any address that is not there."""
    hidden, absent = client.get("/not-for-you/"), client.get("/404/")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content.replace(b"/not-for-you/", b"/404/") == absent.content
    assert b"secret" not in hidden.content
    assert client.post("/not-for-you/").status_code == 404


def test_a_stranger_gets_no_hint_from_404_and_403(client: Client) -> None:
    for path, status in (("/404/", 404), ("/forbidden/", 403)):
        response = client.get(path)
        assert response.status_code == status
        page = response.content.decode()
        assert "secret" not in page
        assert "inner reason" not in page
        assert "<h1>" in page


def test_a_fault_of_ours_is_told_in_both_languages_without_the_database(
    client: Client, django_assert_num_queries
) -> None:
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        response = client.get("/500/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "ระบบขัดข้อง" in page
    assert "Something went wrong on our side" in page


def test_a_lost_form_token_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@example.go.th"})
    assert response.status_code == 403
    assert "หน้านี้เปิดทิ้งไว้นานเกินไป" in response.content.decode()


def test_reasons_of_verdicts_write_days_as_the_reader_does(client: Client) -> None:
    closed = clock.bangkok(2022, 3, 1)
    with translation.override("th"):
        assert "1 มีนาคม 2565 เวลา 00.00 น." in refusals.reason(not_now(phrases.WINDOW_CLOSED, closed=closed))
    with translation.override("en"):
        assert "1 March 2022, 00:00" in refusals.reason(not_now(phrases.WINDOW_CLOSED, closed=closed))
        assert refusals.reason(no(phrases.NOT_YOUR_ROLE, role="observer")).startswith("Your present role (observer)")
        assert refusals.reason(YES) == ""
        assert refusals.sentence(NotPossible("")) == ""
        assert refusals.items(NotComplete("x", items=[Item("Province")])) == [{"label": "Province", "where": ""}]


def test_the_kernel_says_the_sentence_that_is_in_the_catalogue() -> None:
    assert phrases.IMPOSSIBLE == IMPOSSIBLE
