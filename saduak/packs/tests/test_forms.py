"""Forms and surveys as packs: what is refused, what extends what, and the three of the house."""

from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from saduak.packs import asking, commands, comparing, loader, queries
from saduak.packs.differences import differences
from saduak.packs.mistakes import PackMistakes
from saduak.people.actor import system

FORM = """
kind: form
id: x/forms/visit
version: 1
title: {th: แบบเยี่ยม, en: Visit}
provenance: {kind: drafted}
groups:
  - id: first
    title: {th: ก่อนเยี่ยม, en: Before}
    questions:
      - {id: came, type: yes_no, title: {th: มาแล้ว, en: Came}}
      - id: where
        type: place
        formerly: [lat, lon]
        title: {th: ที่ไหน, en: Where}
        applies_when: {question: came, one_of: ["yes"]}
  - id: second
    title: {th: หลังเยี่ยม, en: After}
    questions:
      - {id: words, type: text, title: {th: ความเห็น, en: Words}}
"""
SURVEY = FORM.replace("kind: form", "kind: survey\nanswered_by: organisation").replace("/forms/", "/surveys/")


def _write(root: Path, text: str, name: str = "") -> str:
    pack_id = name or text.partition("id: ")[2].partition("\n")[0]
    path = root / f"{pack_id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return pack_id


# what is wrong: (text, old, new, what is said)
WRONG = {
    "question twice": (FORM, "id: words", "id: came", "the id “came” is already used"),
    "group twice": (FORM, "id: second", "id: first", "the id “first” is already used"),
    "no such type": (FORM, "type: text", "type: dice", "must be one of yes_no"),
    "no options": (FORM, "type: text", "type: one_of", "needs “options”"),
    "later question": (FORM, "question: came", "question: words", "must name an earlier question"),
    "no such answer": (FORM, '"yes"', "maybe", "there is no answer “maybe”"),
    "half a place": (FORM, "[lat, lon]", "[lat]", "formerly names two ids for a place"),
    "still asked": (FORM, "[lat, lon]", "[lat, words]", "“words” is still asked here"),
    "retired": (FORM, "version: 1", "version: 1\nretired_ids: [words]", "“words”: this id is retired"),
    "replaces itself": (FORM, "id: words", "id: words, replaces: [words]", "leads back to itself: words → words"),
    "purpose twice": (FORM, "{id: words", "{id: more, type: text, purpose: phone, title: {th: ก, en: a}}\n      - {purpose: phone, id: words", "is served already"),
    "purpose of another type": (FORM, "id: words", "id: words, purpose: place", "wants a question of type place"),
    "purpose of a survey": (SURVEY, "id: words", "id: words, purpose: address", "belongs to questions of forms only"),
    "no such purpose": (FORM, "id: words", "id: words, purpose: fun", "must be one of address"),
    "no groups": (FORM, "groups:", "groops:", "did you mean “groups”?"),
    "who answers": (SURVEY, "organisation", "nobody", "must be one of organisation, anybody"),
    "tells who": (SURVEY, "organisation", "anybody", "must not ask what tells who answers"),
    "means fall": (SURVEY, "version: 1", "version: 1\nmeans: [{from: 3, text: {th: ก, en: a}}, {from: 1, text: {th: ข, en: b}}]", "must rise"),
    "no source": (FORM, "{kind: drafted}", "{kind: letter, source: NOWHERE}", "is not listed in sources"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_does_not_fit_is_told_with_its_line(tmp_path: Path, case):
    text, old, new, said = WRONG[case]
    assert old in text
    pack_id = _write(tmp_path, text.replace(old, new, 1))
    with pytest.raises(PackMistakes) as refusal:
        loader.load(tmp_path, pack_id)
    mistake = next(one for one in refusal.value.mistakes if said in one.en)
    assert mistake.line > 1
    assert any("ก" <= sign <= "๙" for sign in mistake.th)


def test_a_form_extends_another_by_its_ids(tmp_path: Path):
    _write(tmp_path, FORM)
    over = """
kind: form
id: x/forms/more
version: 1
extends: x/forms/visit
groups:
  - id: second
    questions:
      - {id: words, remove: true}
      - {id: rating, type: number, title: {th: คะแนน, en: Rating}, minimum: 1, maximum: 5}
"""
    _write(tmp_path, over)
    made = asking.form_of(loader.load(tmp_path, "x/forms/more").content)
    assert [one.id for one in made.questions] == ["came", "where", "rating"]
    assert made.question("where").formerly == ("lat", "lon")
    assert made.title.en == "Visit"
    before = loader.load(tmp_path, "x/forms/visit").content
    changes = differences(before, loader.load(tmp_path, "x/forms/more").content)
    assert {"groups › second › questions › words", "groups › second › questions › rating"} <= {
        one.where for one in changes
    }
    _write(
        tmp_path,
        over.replace("x/forms/more", "x/forms/third").replace("extends: x/forms/visit", "extends: x/forms/more"),
    )
    with pytest.raises(PackMistakes, match="one step only"):
        loader.load(tmp_path, "x/forms/third")


@pytest.mark.django_db
def test_an_id_of_a_question_that_was_given_up_is_never_used_again(tmp_path: Path):
    by = system("test")
    commands.publish(tmp_path, _write(tmp_path, FORM), by=by)
    second = FORM.replace("version: 1", "version: 2").replace("id: words", "id: comment")
    with pytest.raises(PackMistakes, match="“words” is gone: name it under replaces"):
        commands.publish(tmp_path, _write(tmp_path, second), by=by)
    second = second.replace("id: comment", "id: comment, replaces: [words]")
    commands.publish(tmp_path, _write(tmp_path, second), by=by)
    with pytest.raises(PackMistakes, match="“words” belonged to a question that was given up"):
        commands.publish(tmp_path, _write(tmp_path, FORM.replace("version: 1", "version: 3")), by=by)
    old, new = (queries.published("x/forms/visit", version) for version in (1, 2))
    assert queries.mapping(old, new) == {"came": ("came",), "where": ("where",), "words": ("comment",)}
    told = StringIO()
    call_command("diff_pack", "x/forms/visit@1", "x/forms/visit@2", stdout=told)
    assert (
        "Old and new questions (1)\n  แทนด้วยข้อใหม่ / Replaced by another: words (ความเห็น) → comment (ความเห็น)"
        in told.getvalue()
    )
    assert [one.fate for _fate, one in comparing.compare(old, new).moves] == ["renamed"]
    form = queries.form(queries.published("x/forms/visit"))
    assert [one.id for one in form.questions] == ["came", "where", "comment"]
    assert queries.form(queries.published("x/forms/visit")) is form
    with pytest.raises(ValueError, match="no standard"):
        queries.standard(queries.published("x/forms/visit"))


def test_the_survey_of_a_centre_has_sixteen_items_from_one_to_five(root: Path):
    survey = asking.form_of(loader.load(root, "gecc/surveys/satisfaction").content)
    assert survey.answered_by == "anybody"
    items = [one for one in survey.questions if one.options and one.options[0].score is not None]
    assert len(items) == 16
    for one in items:
        assert [option.score for option in one.options] == [5, 4, 3, 2, 1, None]
    assert {group.id: len(group.questions) for group in survey.groups[1:5]} == {
        "steps": 4,
        "staff": 4,
        "facilities": 4,
        "quality": 4,
    }
    said = {
        mean: survey.mean_said(Decimal(mean)).th
        for mean in ("1.00", "1.49", "1.50", "2.50", "3.49", "3.50", "4.50", "5.00")
    }
    assert list(said.values()) == ["น้อยที่สุด", "น้อยที่สุด", "ค่อนข้างน้อย", "ปานกลาง", "ปานกลาง", "มาก", "มากที่สุด", "มากที่สุด"]
    assert survey.mean_said(Decimal("0.5")) is None


def test_the_profile_asks_one_place_where_two_numbers_were_kept(root: Path):
    form = asking.form_of(loader.load(root, "gecc/forms/profile").content)
    assert form.question("location").formerly == ("latitude", "longitude")
    assert form.question("location").within == "TH"
    assert form.provenance.drafted


@pytest.mark.parametrize("name", ["gecc/forms/profile", "gecc/surveys/incentives", "gecc/surveys/satisfaction"])
def test_what_we_wrote_ourselves_is_marked_as_a_draft(root: Path, name):
    form = asking.form_of(loader.load(root, name).content)
    assert all(group.provenance.drafted for group in form.groups)
