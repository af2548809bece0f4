"""What components render: safe with any text, wired for readers, honest about what one may do."""

import datetime as dt
import io

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation

from saduak.kernel import clock
from saduak.kernel.verdict import YES, no, not_now
from saduak.kernel.workflow import State
from saduak.web import phrases
from saduak.web.components import dates, figures, marks
from saduak.web.form_fields import ThaiDateField, ThaiMomentField
from saduak.web.specimens import SpecimenForm

NOON = clock.bangkok(2022, 1, 10, 12)  # a Monday


@pytest.fixture(autouse=True)
def _thai_monday():
    with clock.at(NOON), translation.override("th"):
        yield


def render(source: str, **context: object) -> str:
    request = RequestFactory().get("/list/?q=ลอง&state=DRAFT&page=2")
    return Template(source).render(Context({"request": request, **context}))


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.urls("saduak.web.tests.urls")
@pytest.mark.django_db
def test_the_page_of_components_shows_them_all(client: Client, language: str) -> None:
    client.cookies["saduak_language"] = language
    page = client.get("/components/").content.decode()
    assert page.count("<h1>") == 1
    assert "<b onclick" not in page


def test_a_status_has_words_and_a_shape_for_every_tone() -> None:
    shapes = {marks.TONE_ICONS[tone] for tone in ("neutral", "active", "waiting", "good", "bad")}
    assert len(shapes) == 5
    assert "ร่าง" in marks.status(State("DRAFT", "ร่าง"))
    assert "mark-neutral" in marks.status({"label": "x", "tone": "no such tone"})
    assert marks.status(None) == ""


def test_an_unknown_icon_is_a_mistake_and_not_a_path() -> None:
    for name in ("no-such-icon", "../package", "../../icons.json", ""):
        with pytest.raises(LookupError):
            marks.icon(name)


def test_a_field_wires_label_help_and_error() -> None:
    page = render("{% fields form %}", form=SpecimenForm({"name": ""}, files={}))
    assert '<label class="field-label" for="id_name">' in page
    assert 'aria-describedby="id_name_help id_name_error"' in page
    assert 'id="id_name_error"' in page
    assert '<legend class="field-label">' in page
    assert page.count("<fieldset") == page.count("</fieldset>") == 2
    assert "(ถ้ามี)" in page


def test_the_summary_leads_to_every_error() -> None:
    page = render("{% error_summary form %}", form=SpecimenForm({"name": ""}, files={}))
    assert 'role="alert"' in page
    assert '<a href="#id_name">' in page
    assert '<a href="#id_met_0">' in page
    assert render("{% error_summary form %}", form=SpecimenForm()).strip() == ""


def test_the_summary_takes_formsets_and_lists_of_forms() -> None:
    class Row(forms.Form):
        seats = forms.IntegerField()

    rows = forms.formset_factory(Row, min_num=1, validate_min=True)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-seats": "x"}
    page = render("{% error_summary both %}", both=[rows(data), Row({"seats": ""}), None])
    assert '<a href="#id_form-0-seats">' in page
    assert '<a href="#id_seats">' in page


def test_an_action_is_a_form_with_a_token_or_says_why_not() -> None:
    allowed = render("{% action may label '/submit/' tone='primary' %}", may=YES, label="<b>ยื่น</b>", csrf_token="t0k")
    assert 'method="post"' in allowed
    assert 'value="t0k"' in allowed
    assert "&lt;b&gt;" in allowed
    refused = render("{% action may 'Submit' '/submit/' %}", may=no(phrases.NOT_YOUR_OFFICE))
    assert "<form" not in refused
    assert "disabled" in refused
    assert "เรื่องนี้เป็นของหน่วยงานอื่น" in refused
    late = render("{% action may 'Submit' '/s/' %}", may=not_now(phrases.WINDOW_CLOSED, closed=dt.date(2022, 2, 28)))
    assert "28 กุมภาพันธ์ 2565" in late
    assert "<a " in render("{% action None 'Open' '/open/' method='get' %}")


def test_whose_turn_and_until_when() -> None:
    page = render("{% turn 'อำเภอลอง' until=end %}", end=clock.bangkok(2022, 1, 15))
    assert "อำเภอลอง" in page
    assert "14 มกราคม 2565" in page  # midnight of the 15th is the end of the 14th
    assert "24.00\u00a0น." in page
    assert "เหลืออีก 4 วันทำการ" in page
    assert "turn-past" in render("{% turn 'x' until=end %}", end=clock.bangkok(2022, 1, 5))
    assert "turn-soon" in render("{% turn 'x' until=end %}", end=dt.date(2022, 1, 11))
    assert "ไม่มีเรื่องค้าง" in render("{% turn None %}")


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (clock.bangkok(2022, 1, 10, 16, 30), "ครบกำหนดวันนี้"),
        (clock.bangkok(2022, 1, 10, 11, 59), "เลยกำหนดแล้ว"),
        (dt.date(2022, 1, 9), "เลยกำหนดมาแล้ว 1 วันทำการ"),
        (dt.date(2022, 1, 14), "เหลืออีก 4 วันทำการ"),
        (dt.date(2022, 1, 10), "ครบกำหนดวันนี้"),
        ("2022-01-14", "เหลืออีก 4 วันทำการ"),
        (None, ""),
        ("soon", ""),
    ],
)
def test_working_days_left(deadline: object, words: str) -> None:
    assert dates.working_days_left(deadline) == words


def test_dates_follow_the_language_of_the_page() -> None:
    assert dates.thai_date("2022-01-10") == "10 มกราคม 2565"
    assert dates.thai_moment(NOON, "short") == "10 ม.ค. 2565 12.00 น."
    assert dates.be_year(dt.date(2022, 1, 1)) == "2565"
    assert dates.be_year(2022) == "2565"
    assert dates.thai_digits("2565") == "๒๕๖๕"
    assert dates.file_size(0) == "0 ไบต์"
    with translation.override("en"):
        assert dates.thai_date("2022-01-10") == "10 January 2022"
        assert dates.thai_deadline(clock.bangkok(2022, 3, 1)) == "28 February 2022, 24:00"
        assert dates.be_year(2022) == "2022"
        assert dates.thai_digits("2565") == "2565"
        assert dates.fiscal_year_label(2565) == "2565 B.E. (2022)"
        assert dates.file_size(999) == "999 bytes"
    assert dates.file_size(20 * 1000 * 1000) == "20 MB"
    assert dates.file_size(3_400_000) == "3.4 MB"
    assert dates.number("1234.50") == "1,234.5"
    assert dates.number(100) == "100"
    assert dates.number(7, 2) == "7.00"
    assert dates.number(None) == ""
    assert dates.moment("nonsense") == ""
    assert '<time datetime="2022-01-10T12:00+07:00">' in dates.moment(NOON)


def test_thai_days_are_read_as_they_are_written() -> None:
    field = ThaiDateField()
    for text in ("10 ม.ค. 2565", "๑๐ มกราคม ๒๕๖๕", "10/01/2565", "2022-01-10", dt.date(2022, 1, 10), NOON):
        assert field.clean(text) == dt.date(2022, 1, 10)
    for text in ("31 ก.พ. 2565", "พรุ่งนี้", "1" * 500):
        with pytest.raises(forms.ValidationError):
            field.clean(text)
    assert ThaiDateField(required=False).clean("") is None
    assert 'value="10 มกราคม 2565"' in field.widget.render("day", dt.date(2022, 1, 10))


@pytest.mark.parametrize(
    ("typed", "begins", "ends"),
    [
        ("28 ก.พ. 2565 16.30", (28, 16, 30, 0), (28, 16, 30, 0)),
        ("๒๘ กุมภาพันธ์ ๒๕๖๕ เวลา ๑๖.๓๐ น.", (28, 16, 30, 0), (28, 16, 30, 0)),
        ("28/02/2565 08:05:59", (28, 8, 5, 59), (28, 8, 5, 59)),
        ("2022-02-28T00:00", (28, 0, 0, 0), (28, 0, 0, 0)),
        ("27 ก.พ. 2565", (27, 0, 0, 0), (28, 0, 0, 0)),
        ("27 ก.พ. 2565 24.00", (28, 0, 0, 0), (28, 0, 0, 0)),
    ],
)
def test_a_moment_is_read_as_people_write_it_and_shown_so_that_it_is_read_again(typed, begins, ends) -> None:
    for field, (day, hour, minute, second) in ((ThaiMomentField(), begins), (ThaiMomentField(ends=True), ends)):
        read = field.clean(typed)
        assert read == clock.bangkok(2022, 2, day, hour, minute, second)
        assert field.clean(field.prepare_value(read)) == read


@pytest.mark.parametrize(
    "typed", ["พรุ่งนี้", "28 ก.พ. 2565 24.01", "28 ก.พ. 2565 12.60", "16.30", "30 ก.พ. 2565 10.00", "9" * 500]
)
def test_what_is_no_moment_is_refused_with_an_example(typed) -> None:
    with pytest.raises(forms.ValidationError, match="28 ก"):
        ThaiMomentField().clean(typed)


def test_paging_keeps_the_question() -> None:
    page = render("{% paging page_obj %}", page_obj=Paginator(range(500), 50).page(2))
    assert "?q=%E0%B8%A5%E0%B8%AD%E0%B8%87&amp;state=DRAFT&amp;page=3" in page
    assert 'aria-current="page"' in page
    assert "51–100 จาก 500" in page
    assert render("{% paging page_obj %}", page_obj=Paginator(range(5), 50).page(1)).strip() == ""


def test_bars_come_with_their_table_and_bear_nothing() -> None:
    page = render("{% bars rows label='Sides' %}", rows=[{"label": "<i>", "value": 2}, {"label": "b", "value": "0.5"}])
    assert "<table" in page
    assert 'width="100.00"' in page
    assert 'width="25.00"' in page
    assert "&lt;i&gt;" in page
    assert "ยังไม่มีข้อมูลตัวเลข" in render("{% bars rows label='Sides' %}", rows=[])
    assert 'width="0"' in render("{% bars rows label='Sides' %}", rows=[{"label": "a", "value": 0}])


def test_places_in_a_text_may_overlap_and_stay_text() -> None:
    text = "เรื่อง <script>การรับสมัคร</script> จบ"
    page = figures.marked_text(text, [(7, 15, "a", "A"), (10, 25, "b", '"B"'), (0, 900, "c"), (5, 5, "d")])
    assert "<script>" not in page
    assert page.count('id="a"') == page.count('id="b"') == 1
    assert 'data-span="a b"' in page
    assert 'id="c"' not in page
    assert 'id="d"' not in page


def test_a_qr_code_is_an_svg_of_ours() -> None:
    assert "<svg" in render("{% qr svg url='https://gecc.example.go.th/v/1' %}", svg="<?xml version='1.0'?><svg></svg>")
    with pytest.raises(ValueError, match="SVG"):
        render("{% qr svg %}", svg="<b>no</b>")


def test_progress_and_people_in_words() -> None:
    assert "12 จาก 50" in figures.progress(12, 50)
    assert 'max="1"' in figures.progress(0, 0)
    assert "ระบบ" in marks.person(None)
    assert "&lt;b&gt;" in marks.person({"name": "<b>", "role_label": "x"})


def test_lists_of_tasks_answers_and_trees_take_plain_dicts() -> None:
    tasks = [{"label": "A", "url": "/a/"}, {"title": "Second", "items": [{"label": "B", "blocked": "why"}]}]
    page = render("{% task_list tasks %}", tasks=tasks)
    assert 'href="/a/"' in page
    assert "why" in page
    assert '<h3 class="tasks-title">Second</h3>' in page
    assert '<h2 class="tasks-title">Second</h2>' in render("{% task_list tasks level=2 %}", tasks=tasks)
    answers = [
        {"label": "A", "value": 0, "action_url": "/a/"},
        {"label": "B", "missing": True},
        {"label": "C", "value": ""},
    ]
    page = render("{% summary_list rows %}", rows=answers)
    assert ">0<" in page
    assert "ยังไม่ได้ตอบ" in page
    assert "ไม่ได้ระบุ" in page
    nodes = [{"label": "A", "children": [{"label": "B", "url": "/b/", "children": [{"label": "C"}], "open": True}]}]
    page = render("{% tree nodes %}", nodes=nodes)
    assert page.count("<details") == 2
    assert "ส่วนที่อยู่ใต้ B" in page


def test_a_file_field_of_a_bound_form_keeps_its_place() -> None:
    upload = SimpleUploadedFile("ภาพ.jpg", io.BytesIO(b"x").getvalue())
    page = render("{% field form.photo %}", form=SpecimenForm({}, {"photo": upload}))
    assert 'type="file"' in page
    assert "data-dropzone" in page
