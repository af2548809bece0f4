"""What each person sees, page by page."""

import pytest
from django.urls import reverse

from saduak.applications import queries, questionnaire

pytestmark = pytest.mark.django_db

OWN_PAGES = ("detail", "form", "evidence", "add_evidence", "check", "read", "withdraw")


def url(name, application, *more):
    return reverse(f"applications:{name}", args=[application.number, *more])


def sections(application):
    return ["profile", *(one["id"] for one in _pages(application))]


def _pages(application):
    return [{"id": one.id} for one in questionnaire.sections(queries.standard(application))]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", OWN_PAGES)
def test_every_page_of_a_draft_opens_for_its_coordinator(world, draft, sign_in, name, language):
    browser = sign_in(world.users["coordinator"])
    browser.cookies["saduak_language"] = language
    assert browser.get(url(name, draft)).status_code == 200


def test_every_section_opens_and_holds_at_most_fifteen_items(world, full, sign_in):
    browser = sign_in(world.users["coordinator"])
    seen = 0
    for section in sections(full):
        page = browser.get(url("section", full, section)).content.decode()
        assert page.count('class="sheet item"') <= 15
        seen += page.count('class="sheet item"')
    assert seen == 50
    assert browser.get(url("form", full)).content.decode().count('class="sheet item"') == 50
