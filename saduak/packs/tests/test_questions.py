"""What each type of question accepts, and the sentence with which it refuses the rest."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.packs import questions
from saduak.packs.criteria import Scoring
from saduak.packs.questions import Option, Place, Question, parse
from saduak.packs.text import Text

T = Text("หัวข้อ", "title")
OPTIONS = (Option("a", Text("ก", "A")), Option("b", Text("ข", "B")), Option("c", Text("ค", "C")))


def ask(kind: str, **limits) -> Question:
    return Question("q", kind, T, **limits)


NUMBER = ask("number", minimum=Decimal(0), maximum=Decimal(1000))
SCORE = ask("score", minimum=Decimal(0), maximum=Decimal(2), step=Decimal("0.5"))
BANDS = ask("score", scores=(Decimal(0), Decimal(2), Decimal(4)))
SOME = ask("some_of", options=OPTIONS, minimum=Decimal(1), maximum=Decimal(2))


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        (ask("yes_no"), "yes", True),
        (ask("yes_no"), "ไม่ใช่", False),
        (ask("yes_no"), False, False),
        (ask("yes_no"), "๑", True),
        (SCORE, "๑.๕", Decimal("1.5")),
        (SCORE, 1.5, Decimal("1.5")),
        (SCORE, 2, Decimal(2)),
        (SCORE, "0", Decimal(0)),
        (BANDS, "4", Decimal(4)),
        (NUMBER, "1,000", Decimal(1000)),
        (NUMBER, " 12 ", Decimal(12)),
        (ask("text"), "  สอง\n คำ ", "สอง คำ"),
        (ask("long_text"), "หนึ่ง\r\nสอง", "หนึ่ง\nสอง"),
        (ask("text"), "<script>{{ 7*7 }}</script>", "<script>{{ 7*7 }}</script>"),
        (ask("text"), "a\u202eb\x00c", "abc"),
        (ask("date"), "๓๑ มกราคม ๒๕๖๕", date(2022, 1, 31)),
        (ask("date"), "2022-01-31", date(2022, 1, 31)),
        (ask("one_of", options=OPTIONS), "b", "b"),
        (SOME, ["c", "a", "a"], ["a", "c"]),
        (SOME, "b", ["b"]),
        (ask("file"), "8f14e45f-ceea-467f", ["8f14e45f-ceea-467f"]),
        (ask("file"), ["abcd", "abcd", "efgh"], ["abcd", "efgh"]),
        (ask("place"), "18.144612345678, 100.1403", Place(Decimal("18.144612"), Decimal("100.140300"))),
        (ask("place"), {"latitude": "-8", "longitude": 115}, Place(Decimal("-8.000000"), Decimal("115.000000"))),
        (ask("text", required=False), "   ", None),
        (ask("some_of", options=OPTIONS, required=False), [], None),
    ],
)
def test_what_is_accepted(question, raw, value):
    answer = parse(question, raw)
    assert answer.ok, answer.refusal
    assert answer.value == value
    assert type(answer.value) is type(value)


@pytest.mark.parametrize(
    ("question", "raw", "sentence"),
    [
        (ask("text"), "", "Answer this question."),
        (ask("place"), {}, "Answer this question."),
        (ask("yes_no"), "maybe", "Choose yes or no."),
        (SCORE, "0.3", "Write a number in steps of 0.5."),
        (SCORE, "2.5", "Write a number from 0 to 2."),
        (SCORE, "-1", "Write a number from 0 to 2."),
        (SCORE, True, "Answer with text."),
        (BANDS, "3", "Choose one of these scores: 0, 2, 4."),
        (NUMBER, "twelve", "Write a number, such as 12 or 0.5."),
        (NUMBER, "1e3", "Write a number, such as 12 or 0.5."),
        (NUMBER, "NaN", "Write a number, such as 12 or 0.5."),
        (NUMBER, float("inf"), "Write a number, such as 12 or 0.5."),
        (NUMBER, Decimal("NaN"), "Write a number, such as 12 or 0.5."),
        (NUMBER, "9" * 500, "Write a number, such as 12 or 0.5."),
        (ask("number", minimum=Decimal(5)), "4", "Write a number of at least 5."),
        (ask("number", maximum=Decimal(5)), "6", "Write a number of at most 5."),
        (ask("text"), "ก" * 301, "Shorten this to 300 characters; it has 301."),
        (ask("text"), ["a"], "Answer with text."),
        (ask("date"), "31 กุมภาพันธ์ 2565", "Write a day, such as 31 มกราคม 2565 or 2022-01-31."),
        (ask("one_of", options=OPTIONS), "z", "Choose one of the answers."),
        (SOME, ["a", "b", "c"], "Choose from 1 to 2 answers."),
        (SOME, ["a", "z"], "Choose one of the answers."),
        (ask("file", maximum=Decimal(1)), ["abcd", "efgh"], "Give at most 1 files."),
        (ask("file"), "../../etc/passwd", "Upload the file again: it was not recognised."),
        (ask("place"), "here", "Give latitude and longitude, such as 18.1446, 100.1403."),
        (ask("place"), "91, 0", "This place does not exist: latitude goes to 90 degrees, longitude to 180."),
    ],
)
def test_what_is_refused_says_what_to_do(question, raw, sentence):
    with translation.override("en"):
        answer = parse(question, raw)
        assert not answer.ok
        assert answer.value is None
        assert str(answer.refusal) == sentence
    with translation.override("th"):
        assert any("ก" <= sign <= "๙" for sign in str(answer.refusal)), str(answer.refusal)


def test_a_question_of_an_unknown_type_does_not_exist():
    with pytest.raises(ValueError, match="unknown type"):
        ask("eval")


def test_marks_of_a_standard_are_questions(gecc):
    for key, rule in gecc.marks_wanted.items():
        question = questions.mark_question(key, rule, T)
        full = parse(question, "yes" if rule.type == "yes_no" else str(rule.maximum))
        assert full.ok, key
        assert questions.as_mark(full.value, rule) == (True if rule.type == "yes_no" else rule.maximum)
        assert not parse(question, "0.3").ok
    with pytest.raises(ValueError, match="no mark"):
        questions.as_mark(True, Scoring("score", Decimal(2), Decimal(1)))


def test_answers_come_back_from_json_as_they_were():
    for question, raw in [
        (SCORE, "1.5"),
        (ask("yes_no"), "no"),
        (ask("date"), "2022-01-31"),
        (SOME, ["a"]),
        (ask("place"), "18.1, 100.2"),
        (ask("long_text"), "ก\nข"),
    ]:
        value = parse(question, raw).value
        assert questions.from_json(question, questions.to_json(value)) == value
    assert questions.from_json(SCORE, None) is None
    with pytest.raises(ValueError, match="q: "):
        questions.from_json(SCORE, "7")


def test_a_question_is_read_from_a_pack():
    content = {
        "id": "size",
        "type": "number",
        "title": {"th": "ขนาด", "en": "Size"},
        "minimum": "0.5",
        "unit": {"th": "ตร.ม.", "en": "m²"},
    }
    question = questions.from_resolved(content)
    assert (question.minimum, question.unit.en, question.required) == (Decimal("0.5"), "m²", True)


@settings(deadline=None)  # the machine may be busy
@given(
    kind=st.sampled_from(sorted(questions.TYPES)),
    raw=st.text() | st.integers() | st.floats() | st.lists(st.text()) | st.none(),
)
def test_nothing_that_can_be_sent_breaks_a_question(kind, raw):
    answer = parse(Question("q", kind, T, options=OPTIONS, step=Decimal(1) if kind == "score" else None), raw)
    assert answer.ok == (answer.refusal is None)
