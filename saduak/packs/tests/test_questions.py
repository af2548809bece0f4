"""What each type of question accepts, and the sentence with which it refuses the rest."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.packs import posted, questions
from saduak.packs.criteria import Scoring
from saduak.packs.questions import Condition, Option, Place, Question, parse
from saduak.packs.text import Text

T = Text("หัวข้อ", "title")
OPTIONS = (Option("a", Text("ก", "A")), Option("b", Text("ข", "B")), Option("c", Text("ค", "C")))


def ask(kind: str, **limits) -> Question:
    return Question("q", kind, T, **limits)


NUMBER = ask("number", minimum=Decimal(0), maximum=Decimal(1000))
SCORE = ask("score", minimum=Decimal(0), maximum=Decimal(2), step=Decimal("0.5"))
BANDS = ask("score", scores=(Decimal(0), Decimal(2), Decimal(4)))
NONE = (*OPTIONS, Option("none", Text("ไม่มีเลย", "None of these"), alone=True))
PLAN = ask(
    "table",
    minimum=Decimal(2),
    maximum=Decimal(3),
    columns=(
        Question("topic", "text", Text("หัวข้อ", "Topic")),
        Question("due", "date", Text("กำหนด", "Due"), required=False),
        Question("people", "number", Text("คน", "People"), required=False, step=Decimal(1), unit=Text("คน", "persons")),
    ),
)
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
        (ask("place"), "18°08'40.5\"N 100°08'25.0\"E", Place(Decimal("18.144583"), Decimal("100.140278"))),
        (ask("place"), "๑๘.๑๔๔๕๙° N, 100.14028° E", Place(Decimal("18.144590"), Decimal("100.140280"))),
        (ask("place"), "S 33.5 W 70.25", Place(Decimal("-33.500000"), Decimal("-70.250000"))),
        (ask("number", unit=Text("ตร.ม.", "m²")), "๑,๒๐๐ ตร.ม.", Decimal(1200)),
        (ask("number", unit=Text("นาที", "minutes")), "−15 minutes", Decimal(-15)),
        (ask("text", format="email"), " a.b@example.go.th ", "a.b@example.go.th"),
        (ask("text", format="phone"), "๐ ๕๔๕๒ ๑๒๓๔ ต่อ ๑๒", "๐ ๕๔๕๒ ๑๒๓๔ ต่อ ๑๒"),
        (ask("text", format="url"), "https://example.go.th/x", "https://example.go.th/x"),
        (ask("some_of", options=NONE, minimum=Decimal(2)), ["none"], ["none"]),
        (
            PLAN,
            [{"topic": "คิว", "due": "1 ก.พ. 2565"}, {"topic": " "}, ["แสง", "", "๓ คน"]],
            [
                {"topic": "คิว", "due": date(2022, 2, 1), "people": None},
                {"topic": "แสง", "due": None, "people": Decimal(3)},
            ],
        ),
        (ask("table", required=False, columns=PLAN.columns), [{"topic": ""}, {}], None),
        (ask("text", required=False), "\u202e", None),
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
        (ask("date", earliest=date(2022, 1, 1)), "2021-12-31", "Write a day on or after 1 January 2022."),
        (ask("date", latest=date(2022, 1, 1)), "2022-01-02", "Write a day on or before 1 January 2022."),
        (
            ask("date", earliest=date(2022, 1, 1), latest=date(2022, 1, 31)),
            "2022-02-01",
            "Write a day from 1 January 2022 to 31 January 2022.",
        ),
        (ask("text", format="email"), "a@b", "Write an e-mail address such as name@example.go.th."),
        (ask("text", format="phone"), "call me", "Write a telephone number with its area code, such as 0 5452 1234."),
        (ask("text", format="url"), "javascript:alert(1)", "Write a web address that begins with https://."),
        (ask("text"), "\u202e", "Answer this question."),
        (ask("number", step=Decimal(1)), "1.5", "Write a whole number, such as 12."),
        (ask("some_of", options=NONE), ["none", "a"], "“None of these” cannot be chosen together with others."),
        (ask("file", minimum=Decimal(2)), ["abcd"], "Give at least 2 files."),
        (PLAN, "topic", "Answer with rows."),
        (PLAN, {"topic": "a"}, "Answer with rows."),
        (PLAN, [["a", "", "", "too much"]], "Answer with rows."),
        (PLAN, [{"topic": ""}], "Answer this question."),
        (PLAN, [{"topic": "a"}], "Give at least 2 rows."),
        (PLAN, [{"topic": "a"}] * 4, "Give at most 3 rows; there are 4."),
        (PLAN, [{"topic": "a"}, {"people": 3}], "Row 2, “Topic”: Answer this question."),
        (
            PLAN,
            [{"topic": "a"}, {}, {"topic": "b", "people": "x"}],
            "Row 3, “People”: Write a number, such as 12 or 0.5.",
        ),
        (ask("one_of", options=OPTIONS), "z", "Choose one of the answers."),
        (SOME, ["a", "b", "c"], "Choose from 1 to 2 answers."),
        (SOME, ["a", "z"], "Choose one of the answers."),
        (ask("file", maximum=Decimal(1)), ["abcd", "efgh"], "Give at most 1 files."),
        (ask("file"), "../../etc/passwd", "Upload the file again: it was not recognised."),
        (ask("place"), "here", "Give latitude and longitude, such as 18.1446, 100.1403."),
        (ask("place"), "100.1403, 18.1446", "Latitude comes first. Did you mean 18.1446, 100.1403?"),
        (ask("place"), "18°61'00\"N 100°08'00\"E", "Give latitude and longitude, such as 18.1446, 100.1403."),
        (ask("place"), "18°N 19°N", "Give latitude and longitude, such as 18.1446, 100.1403."),
        (ask("place"), "91, 181", "This place does not exist: latitude goes to 90 degrees, longitude to 180."),
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
        (PLAN, [["a", "2022-02-01", "1.0"], ["b"]]),
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
    raw=st.text()
    | st.integers()
    | st.floats()
    | st.lists(st.text())
    | st.lists(st.dictionaries(st.sampled_from(["topic", "due", "people"]), st.text() | st.none() | st.floats()))
    | st.dictionaries(st.sampled_from(["latitude", "longitude"]), st.text() | st.floats() | st.lists(st.text()))
    | st.none(),
)
def test_nothing_that_can_be_sent_breaks_a_question(kind, raw):
    columns = PLAN.columns if kind == "table" else ()
    answer = parse(Question("q", kind, T, options=OPTIONS, columns=columns), raw)
    assert answer.ok == (answer.refusal is None)


@pytest.mark.parametrize(
    ("question", "raw", "th", "en"),
    [
        (ask("yes_no"), "no", "ไม่ใช่", "No"),
        (ask("number", unit=Text("ตร.ม.", "m²")), "1200.50", "1,200.5 ตร.ม.", "1,200.5 m²"),
        (ask("date"), "2022-01-31", "31 มกราคม 2565", "31 January 2022"),
        (ask("one_of", options=OPTIONS), "b", "ข", "B"),
        (SOME, ["c", "a"], "ก, ค", "A, C"),
        (ask("file"), ["abcd", "efgh"], "2 ไฟล์", "2 files"),
        (ask("place"), "18.1, 100.2", "18.100000, 100.200000", "18.100000, 100.200000"),
        (PLAN, [["คิว", "2022-01-31", "3"], ["แสง"]], "คิว · 31 มกราคม 2565 · 3 คน\nแสง", "คิว · 31 January 2022 · 3 persons\nแสง"),
        (ask("text", required=False), "", "", ""),
    ],
)  # fmt: skip
def test_answers_are_said_in_both_languages(question, raw, th, en):
    value = parse(question, raw).value
    for language, said in (("th", th), ("en", en)):
        with translation.override(language):
            assert questions.display(question, value) == said


def test_what_hangs_on_a_question_that_is_not_asked_is_not_asked():
    asked = [
        ask("yes_no"),
        Question("why", "one_of", T, options=OPTIONS, applies_when=Condition("q", ("no",))),
        Question("more", "text", T, applies_when=Condition("why", ("a", "b"))),
    ]
    for values, ids in [
        ({}, ["q"]),
        ({"q": True, "why": "a"}, ["q"]),
        ({"q": False}, ["q", "why"]),
        ({"q": False, "why": "c"}, ["q", "why"]),
        ({"q": False, "why": "a"}, ["q", "why", "more"]),
    ]:
        assert [one.id for one in questions.applicable(asked, values)] == ids


@pytest.mark.parametrize(
    ("question", "query", "raw"),
    [
        (ask("text"), "q=a&q=b", "b"),
        (ask("text"), "p=a", None),
        (SOME, "q=a&q=&q=c", ["a", "c"]),
        (SOME, "asked=q", []),
        (ask("place"), "q-latitude=18.1&q-longitude=100", {"latitude": "18.1", "longitude": "100"}),
        (ask("place"), "q-latitude=&q-longitude=&q=18.1,100", "18.1,100"),
        (PLAN, "q-7-topic=b&q-0-topic=a&q-0-people=2&q-x-topic=c&q-1-other=d&q-99999-topic=e", [{"topic": "a", "people": "2"}, {"topic": "b"}]),
    ],
)  # fmt: skip
def test_what_was_posted_without_a_script_is_read(question, query, raw):
    assert posted.raw(question, "q", QueryDict(query)) == raw


def test_a_form_says_which_boxes_it_had():
    assert posted.was_asked(SOME, "q", QueryDict("asked=q"))
    assert posted.was_asked(PLAN, "q", QueryDict("q-0-topic="))
    assert not posted.was_asked(SOME, "q", QueryDict("quiet=1"))
