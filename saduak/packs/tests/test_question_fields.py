"""Questions as HTML, for any app: every control can be read back by `posted`, and nothing that is typed gets out of its place."""

from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from saduak.packs import loader, posted, question_fields, questions
from saduak.packs.mistakes import PackMistakes
from saduak.packs.question_fields import Piece, Setting
from saduak.packs.questions import Option, Question
from saduak.packs.standard import from_resolved
from saduak.packs.text import Text

ASKING = Path(__file__).resolve().parent / "asking"
T = Text("หัวข้อ <b>", "title <b>")
OPTIONS = (Option("a", Text("ก", "A")), Option("b", Text("ข", "B")))
COLUMNS = (
    Question("topic", "text", T),
    Question("due", "date", T, required=False),
    Question("state", "one_of", T, required=False, options=OPTIONS),
    Question("ok", "yes_no", T, required=False),
    Question("words", "long_text", T, required=False),
)
ROW = {"topic": "x\"'<script>", "due": "2022-03-31", "state": "b", "ok": False, "words": "หนึ่ง\nสอง"}
NASTY = "</textarea><script>alert(1)</script>\"'"
EVERY = [
    (Question("q", "yes_no", T), False),
    (Question("q", "one_of", T, options=OPTIONS, required=False), "b"),
    (Question("q", "some_of", T, options=OPTIONS), ["a", "b"]),
    (Question("q", "number", T, unit=Text("คน", "persons"), minimum=Decimal(0), maximum=Decimal(9)), "1.5"),
    (Question("q", "date", T), "2022-01-31"),
    (Question("q", "text", T, length=100), NASTY),
    (Question("q", "long_text", T), NASTY + "\n" + NASTY),
    (Question("q", "table", T, columns=COLUMNS, maximum=Decimal(8)), [ROW, {**ROW, "due": None}]),
    (Question("q", "place", T, within="TH"), {"latitude": "18.144590", "longitude": "100.140280"}),
]


class Inputs(HTMLParser):
    """What a browser would post of the HTML; notes scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.given, self.scripts, self.area, self.select, self.pattern = QueryDict(mutable=True), 0, None, None, 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        one = dict(attributes)
        self.scripts += tag == "script"
        self.pattern += tag == "template"
        if self.pattern:
            return
        if tag == "input" and (one["type"] not in ("radio", "checkbox") or "checked" in one):
            self.given.appendlist(one["name"], one["value"])
        elif tag == "textarea":
            self.area, self.words = one["name"], ""
        elif tag == "select":
            self.select = one["name"]
        elif tag == "option" and "selected" in one:
            self.given.appendlist(self.select, one["value"])

    def handle_data(self, data):
        if self.area:
            self.words += data

    def handle_endtag(self, tag):
        self.pattern -= tag == "template"
        if tag == "textarea" and self.area:
            self.given.appendlist(self.area, self.words.removeprefix("\n"))
            self.area = None


@pytest.mark.parametrize(("question", "value"), EVERY, ids=[one.type for one, _value in EVERY])
@pytest.mark.parametrize("language", ["th", "en"])
def test_what_a_control_shows_is_what_it_posts(question, value, language):
    with translation.override(language):
        html = question_fields.control(question, Setting("v:x.q", of="1 <i>", province="54", condition="<u>"), value)
    seen = Inputs(html)
    assert seen.scripts == 0
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<u>" not in html
    assert posted.was_asked(question, "v:x.q", seen.given)
    answer = questions.parse(question, posted.raw(question, "v:x.q", seen.given))
    assert questions.to_json(answer.value) == value


@pytest.mark.parametrize(("question", "value"), EVERY, ids=[one.type for one, _value in EVERY])
def test_answers_for_reading_are_harmless_and_empty_when_there_is_none(question, value):
    html = question_fields.answered(question, value, province="55")
    assert html
    assert "<script" not in html
    assert not question_fields.answered(question, None)
    assert question_fields.control(question, Setting("v:x.q", only_look=True))


@pytest.mark.parametrize(("question", "value"), EVERY, ids=[one.type for one, _value in EVERY])
def test_what_was_refused_is_shown_again_beside_its_reason(question, value):
    wrong = {"table": [{"topic": NASTY}], "place": {"latitude": NASTY}, "some_of": [NASTY]}.get(question.type, NASTY)
    html = question_fields.control(question, Setting("v:q"), value, typed=wrong, error="เพราะ <b>")
    assert "เพราะ &lt;b&gt;" in html
    assert "field-wrong" in html
    assert Inputs(html).scripts == 0


def test_files_are_sent_with_the_form_or_given_elsewhere():
    asked = Question("q", "file", T, accepts=("photo", "pdf"), maximum=Decimal(1))
    html = question_fields.control(asked, Setting("v:q"))
    assert 'accept=".jpg,.jpeg,.png,.webp,.heic,.pdf,.pdf"' in html
    assert "multiple" not in html
    away = question_fields.control(asked, Setting("v:q", pieces=[Piece("<b>", "/x/")], add_url="/add/?item=q&next=/"))
    assert "&lt;b&gt;" in away
    assert 'href="/add/?item=q&amp;next=/"' in away
    assert 'type="file"' not in away
    assert 'href="/x/"' in question_fields.answered(asked, None, pieces=[Piece("ภาพ", "/x/")])


def test_a_place_in_the_wrong_province_is_told():
    with translation.override("en"):
        here = question_fields.picture("18.78", "100.77", "54")["warning"]
        assert here == "This point lies in Nan, not in Phrae. Is it right?"
        assert question_fields.picture("18.07", "99.83", "54")["warning"] == ""
        assert question_fields.picture("48.85", "2.35")["warning"] == "This point does not lie in Thailand."
        assert question_fields.picture("x", None)["point"] is None
        abroad = Question("q", "place", T)  # asks for no place in Thailand: no picture of it, and nothing to doubt
        assert question_fields.picture("48.85", "2.35", "54", abroad)["warning"] == ""
        assert "place-map" not in question_fields.control(
            abroad, Setting("v:q"), {"latitude": "48.85", "longitude": "2.35"}
        )
        assert question_fields.picture("1e400", "nan")["point"] is None


def test_the_preview_shows_each_question_as_it_will_be_asked_with_nothing_to_change():
    standard = from_resolved(loader.load(ASKING, "test/standards/asking").content)
    for criterion in standard.criteria:
        context = {"criterion": criterion, "shown": "applicants", "level": 3, "gate": False}
        html = render_to_string("packs/_seen.html", context)
        for question in criterion.questions:
            assert f'id="seen-{question.id}"' in html
        assert html.count("<fieldset") + html.count("<input") + html.count("<textarea") > 0
        assert "disabled" in html
        assert "data-my-place" not in html
        assert 'type="file"' not in html


BAD = [
    ("type: number}", "type: number, options: [{id: a, title: {th: ก, en: A}}, {id: b, title: {th: ข, en: B}}]}", "no use for “options”"),
    ("type: number}", "type: one_of}", "needs “options”"),
    ("type: number}", "type: number, minimum: 5, maximum: 2}", "minimum is more than maximum"),
    ("type: number}", "type: date, earliest: 2022-02-31}", "no such day"),
    ("type: number}", "type: date, earliest: 2022-02-01, latest: 2021-01-01}", "earliest is after latest"),
    ("type: number}", "type: one_of, options: [{id: a, title: {th: ก, en: A}}, {id: a, title: {th: ข, en: B}}]}", "used twice"),
    ("type: number}", "type: table, columns: [{id: c, type: place, title: {th: ก, en: A}}]}", "a column may be of type"),
    ("type: number}", "type: number, applies_when: {question: nowhere, one_of: [a]}}", "must name an earlier question"),
    ("id: n-1,", "id: t-2,", "already used"),
    ("type: number}", "type: score}", "must be one of"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "reason"), BAD)
def test_questions_that_make_no_sense_are_refused_with_their_line(tmp_path, asking_folder, old, new, reason):
    where = asking_folder / "test" / "standards" / "asking" / "criteria" / "t-3.yaml"
    line = "  - {id: n-1, title: {th: ก, en: A}, type: number}\n".replace(old, new)
    where.write_text(where.read_text(encoding="utf-8") + line, encoding="utf-8")
    with pytest.raises(PackMistakes) as refused:
        loader.load(asking_folder, "test/standards/asking")
    assert any(reason in one.en and "t-3.yaml" in one.file for one in refused.value.mistakes), refused.value.mistakes


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_is_kept_of_a_control_is_never_another_answer(language):
    """Controls are kept without their answer: whatever was asked before, each shows what belongs to it."""
    setting = Setting("q", province="54", add_url="/somewhere/")
    words = ["", "แรก", NASTY, question_fields.ANSWER, "\nสอง", "&amp;", "แรก"]
    answers = [(one, value) for one, _first in EVERY if one.type in ("text", "long_text") for value in words]
    answers += [*EVERY, *((one, None) for one, _value in EVERY), *EVERY]
    with translation.override(language):
        for question, value in answers:
            for place in (setting, Setting("other", id="there", only_look=True)):
                raw = question_fields.as_typed(question, value)
                assert question_fields.control(question, place, value) == question_fields._control(
                    question, place, raw, ""
                )
