"""What is kept between requests: never another's, never in another language, never unescaped."""

import pytest
from django.utils import translation

from saduak.web.components import kept


def entry(label: str, url: str = "/a/", **more: object) -> dict[str, object]:
    return {"label": label, "url": url, "icon": "home", "current": False, **more}


def test_the_menu_of_one_role_is_not_shown_to_another() -> None:
    officer = kept.rail([entry("หน้าแรก"), entry("สมุดบันทึก", "/journal/")])
    visitor = kept.rail([entry("หน้าแรก")])
    assert "/journal/" in officer
    assert "/journal/" not in visitor
    assert kept.rail([entry("หน้าแรก"), entry("สมุดบันทึก", "/journal/")]) == officer
    assert kept.rail([]) == kept.rail(None) == ""


def test_the_menu_marks_where_one_is_and_how_much_waits() -> None:
    text = kept.rail([entry("ก", current=True), entry("ข", "/b/", count=3)])
    assert '<a href="/a/" aria-current="page">' in text
    assert '<span class="count">3</span>' in text
    assert text.count("aria-current") == 1
    assert "&lt;b&gt;" in kept.rail([entry("<b>")])


def test_each_language_has_its_own_menu_and_its_own_pieces() -> None:
    with translation.override("th"):
        thai = kept.rail([entry("x")])
    with translation.override("en"):
        english = kept.rail([entry("x")])
        assert kept.fixed("web/_wordmark.html") == kept.fixed("web/_wordmark.html")
    assert 'aria-label="Main menu"' in english
    assert thai != english


@pytest.mark.parametrize("chosen", [2565, "2565"])
def test_an_option_is_selected_once_whatever_was_selected_before(chosen: object) -> None:
    pairs = [("", "ทั้งหมด"), (2564, "2564"), (2565, "2565")]
    assert kept.options(pairs, 2564).count(" selected") == 1
    assert '<option value="2565" selected>2565</option>' in kept.options(pairs, chosen)
    assert '<option value="" selected>' in kept.options(pairs, None)
    assert " selected" not in kept.options(pairs, "nothing of these")


def test_options_are_escaped_and_nothing_that_was_asked_for_gets_in() -> None:
    pairs = [('"><script>', "<b>ก</b>"), ("a", 'value="x">')]
    text = kept.options(pairs, '"><script>')
    assert "<script>" not in text
    assert "<b>" not in text
    assert text.count(" selected") == 1
    assert kept.options(pairs, 'x">') == kept.options(pairs, "nothing")
