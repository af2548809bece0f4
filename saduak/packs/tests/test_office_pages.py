"""The pages on which officers read, check and compare packs."""

from pathlib import Path

import pytest
from django.urls import reverse

from saduak.packs import commands, comparing
from saduak.people.actor import system
from saduak.web import language

pytestmark = pytest.mark.django_db
GECC = "gecc/standards/2568"


@pytest.fixture
def two(folder: Path):
    """Everything published in its first version, and a second version of 2568 with a word changed and g-02 replaced by g-20."""
    commands.publish_all(folder, by=system("test"))
    main, criteria = folder / GECC / "standard.yaml", folder / GECC / "criteria"
    main.write_text(main.read_text(encoding="utf-8").replace("version: 1", "version: 2", 1), encoding="utf-8")
    hours, way = criteria / "g-01.yaml", criteria / "g-02.yaml"
    changed = hours.read_text(encoding="utf-8").replace("ประกาศไว้ในจุด", "<b>ติด</b>ไว้ในจุด", 1)
    hours.write_text(changed, encoding="utf-8")
    text = way.read_text(encoding="utf-8").replace("id: g-02", "id: g-20\nreplaces: [g-02]", 1)
    way.with_name("g-20.yaml").write_text(text, encoding="utf-8")
    way.unlink()
    commands.publish(folder, GECC, by=system("test"))


PAGES = [
    reverse("packs:office"),
    reverse("packs:versions", args=["standard", "gecc-2568"]),
    reverse("packs:preview", args=["standard", "gecc-2568", 2]),
    reverse("packs:compare", args=["standard"]),
]


def test_who_looks_after_packs(world, sign_in, two, client):
    assert [client.get(page).status_code for page in PAGES] == [302] * len(PAGES)
    for person, wanted in (("officer", 200), ("auditor", 200), ("head", 403), ("assessor1", 403), ("stranger", 403)):
        browser = sign_in(world.users[person])
        assert [browser.get(page).status_code for page in PAGES] == [wanted] * len(PAGES), person


def test_what_the_pages_show(world, sign_in, two, gecc):
    browser = sign_in(world.users["officer"])

    def page(url, **query):
        return browser.get(url, query).content.decode()

    listed = page(PAGES[0])
    assert "(2 รุ่น)" in listed
    assert listed.count("gecc/standards/2568") == 1
    assert "กฎบัตรประชาชนแห่งวัลดอรา" not in page(PAGES[0], kind="letter")
    assert "กฎบัตรประชาชนแห่งวัลดอรา" in page(PAGES[0], kind="no-such-kind")
    assert reverse("packs:preview", args=["standard", "gecc-2568", 1]) in page(PAGES[1])
    applicants, assessors = page(PAGES[2]), page(PAGES[2], **{"as": "assessors"})
    for one in gecc.criteria_of("advanced"):
        assert one.title.th in applicants
        assert one.title.th in assessors
    assert "ไม่ได้ดำเนินการ หรือไม่มีหลักฐาน" in assessors  # the rubric is the assessor's
    assert "ไม่ได้ดำเนินการ หรือไม่มีหลักฐาน" not in applicants
    assert "ร่าง ไม่ใช่ข้อความทางการ" in applicants
    texts = page(PAGES[2], **{"as": "texts", "all": "1"})
    assert gecc.criterion("q-4-03").title.en in texts
    assert gecc.criterion("q-4-03").title.th in texts
    assert gecc.criterion("g-05").title.en in page(PAGES[2], **{"as": "texts", "all": "1", "origin": "public-summary"})
    assert gecc.criterion("q-4-03").title.en not in page(
        PAGES[2], **{"as": "texts", "all": "1", "origin": "public-summary"}
    )
    report = page(PAGES[2], **{"as": "translations"})
    assert "ตัวเลขสองภาษาไม่ตรงกัน" in report
    assert "ตอบในระบบได้ตลอด 24 ชั่วโมง" in report
    letter = page(reverse("packs:preview", args=["letter", "gecc-province", 1]))
    assert "{round_year}" in letter
    survey = page(reverse("packs:preview", args=["survey", "gecc-incentives", 1]))
    assert "ถามเมื่อ “หน่วยงานของท่านมีแผนจะสมัครในรอบนี้หรือไม่” ตอบว่า ยังไม่ตัดสินใจ, ไม่สมัครในรอบนี้" in survey
    assert "หน่วยงานละหนึ่งคำตอบ" in survey
    assert "<form" not in survey.partition("<main")[2].partition("</main>")[0]  # nothing to send
    browser.cookies[language.COOKIE] = "en"
    assert "As assessors see it" in page(PAGES[2])


def test_two_versions_are_compared_word_by_word(world, sign_in, two, monkeypatch):
    browser = sign_in(world.users["officer"])
    page = browser.get(PAGES[3], {"after": "gecc-2568@2"}).content.decode()
    assert "แทนด้วยข้อใหม่" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "<ins>" in page
    assert "ไม่มีข้อแตกต่าง" not in page
    for query in (
        {"before": "gecc-2568@2", "after": "gecc-2568@2"},
        {"before": "x", "after": "valdora-citizens-charter@1"},
    ):
        assert "ยังไม่มีสิ่งที่จะเปรียบเทียบ" in browser.get(PAGES[3], query).content.decode()
    monkeypatch.setattr(comparing, "SHOWN_AT_MOST", 40)
    strangers = browser.get(PAGES[3], {"before": "valdora-citizens-charter@1", "after": "gecc-2568@2"}).content.decode()
    assert "ยังมีข้อแตกต่างอีก" in strangers  # more than anybody reads is counted
    for path in ("standard/nothing-1/", "wrong/gecc-2568/", "standard/gecc-2568/9/", "wrong/compare/"):
        assert browser.get(PAGES[0] + path).status_code == 404


def test_pages_take_the_same_few_queries_however_many_packs(world, sign_in, two, django_assert_max_num_queries):
    browser = sign_in(world.users["officer"])
    browser.get(PAGES[0])
    for page in PAGES:
        with django_assert_max_num_queries(16):
            browser.get(page)
