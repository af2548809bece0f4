"""The pages of standards: what everybody sees, in both languages, and that texts of packs stay texts."""

from pathlib import Path

import pytest
from django.urls import reverse

from saduak.packs import commands, markdown_text
from saduak.people.actor import system
from saduak.web import language

pytestmark = pytest.mark.django_db
BY = system("test")


@pytest.fixture
def published(root: Path):
    return commands.publish_all(root, by=BY)


def test_anybody_sees_the_list_without_signing_in(client, published):
    page = client.get(reverse("packs:index")).content.decode()
    assert "มาตรฐานการให้บริการของศูนย์ราชการสะดวก (GECC) พ.ศ. 2568" in page
    assert reverse("packs:standard", args=["gecc-2568"]) in page
    assert "กฎบัตรประชาชนแห่งวัลดอรา" in page


def test_the_list_says_when_it_is_empty(client):
    assert "ยังไม่มีมาตรฐานที่เผยแพร่" in client.get(reverse("packs:index")).content.decode()


def test_the_page_shows_every_criterion_and_marks_every_draft(client, published, gecc):
    page = client.get(reverse("packs:standard", args=["gecc-2568"])).content.decode()
    for one in gecc.criteria:
        assert f'id="{one.id}"' in page
        assert one.title.th in page
    drafted = sum(one.drafted + (one.questions_drafted and not one.drafted) for one in gecc.criteria)
    assert page.count("ร่าง ไม่ใช่ข้อความทางการ</span>") == drafted
    assert "ตั้งแต่ 70 แต่ไม่ถึง 80 คะแนน" in page
    assert "ต้องผ่านครบทุกข้อ" in page
    assert "จึงใช้คะแนนจริงเทียบกับช่วงคะแนนไปก่อน" in page


def test_the_page_is_complete_in_english(client, published, gecc):
    client.cookies[language.COOKIE] = "en"
    page = client.get(reverse("packs:standard", args=["gecc-2568"])).content.decode()
    assert "How it is scored" in page
    assert "from 70 but under 80 points" in page
    assert "Drafted, not official" in page
    assert gecc.criterion("q-2-16").title.en in page


def test_a_standard_without_gate_and_sides_has_the_same_page(client, published):
    page = client.get(reverse("packs:standard", args=["valdora-citizens-charter"])).content.decode()
    assert "แต่ละคะแนนของส่วนนี้คิดเป็น 3 เท่า" in page
    assert "ด้านที่" not in page


def test_an_older_version_stays_at_its_address(client, folder: Path):
    charter = folder / "valdora/standards/citizens-charter"
    commands.publish(folder, "valdora/standards/citizens-charter", by=BY)
    main = charter / "standard.yaml"
    main.write_text(main.read_text(encoding="utf-8").replace("version: 1", "version: 2"), encoding="utf-8")
    commands.publish(folder, "valdora/standards/citizens-charter", by=BY)
    newest = reverse("packs:standard", args=["valdora-citizens-charter"])
    oldest = reverse("packs:version", args=["valdora-citizens-charter", 1])
    assert oldest in client.get(newest).content.decode()
    assert client.get(oldest).status_code == 200


@pytest.mark.parametrize("path", ["nothing/", "gecc-2568/9/", "province/"])
def test_what_is_not_there_is_not_found(client, published, path):
    assert client.get(reverse("packs:index") + path).status_code == 404


def test_pages_take_the_same_few_queries_however_long_the_standard_is(client, published, django_assert_max_num_queries):
    client.get(reverse("packs:standard", args=["gecc-2568"]))
    with django_assert_max_num_queries(2):
        client.get(reverse("packs:standard", args=["gecc-2568"]))


def test_hostile_texts_of_a_pack_stay_text(client, folder: Path):
    payload = "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) {{ 7*7 }}"
    for name, key in (("p-1.yaml", "en: Promises people can check"), ("p-2.yaml", "th: ทุกเรื่องได้รับคำตอบภายในเจ็ดวัน")):
        path = folder / "valdora/standards/citizens-charter/criteria" / name
        text = path.read_text(encoding="utf-8")
        tongue = key[:2]
        assert key in text
        path.write_text(text.replace(key, f'{tongue}: "{payload}"', 1), encoding="utf-8")
    commands.publish(folder, "valdora/standards/citizens-charter", by=BY)
    for code in ("th", "en"):
        client.cookies[language.COOKIE] = code
        page = client.get(reverse("packs:standard", args=["valdora-citizens-charter"])).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "{{ 7*7 }}" in page
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[a](javascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/x.png)",
        "<svg onload=alert(1)>",
        "**a** <b onclick=x>b</b>",
        '<https://example.org/"onmouseover="x>',
        "# <h1>",
    ],
)
def test_markdown_makes_nothing_that_acts(text):
    html = markdown_text.render(text)
    lowered = html.lower()
    assert not any(f"<{tag}" in lowered for tag in ("script", "img", "svg", "b ", "h1", "iframe"))
    assert 'href="javascript' not in lowered
    assert 'href="data' not in lowered


def test_markdown_makes_lists_and_links_that_lead_away_safely():
    html = markdown_text.render("1. หนึ่ง\n2. สอง **สาม**\n\n[x](https://example.go.th)")
    assert "<ol>" in html
    assert "<strong>สาม</strong>" in html
    assert 'rel="noopener noreferrer"' in html
