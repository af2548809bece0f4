"""Every pack in packs/ loads and says what the public facts say."""

import json
import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from saduak.packs import loader, placeholders
from saduak.packs.question_types import NAMES
from saduak.packs.standard import Standard

HOUSE = Path(__file__).resolve().parents[3] / "packs"
GATE_TITLES = [
    "เวลาให้บริการ",
    "ระบบการขนส่งสาธารณะที่สามารถเข้าถึงสถานที่บริการ",
    "ป้าย/สัญลักษณ์ บอกทิศทาง",
    "การออกแบบผังงาน และระบบการให้บริการ",
    "การกำหนดผู้รับผิดชอบ ผู้ประสานงาน/เจ้าของงาน",
    "การออกแบบขนาดและพื้นที่ใช้งาน",
    "การออกแบบในจุดที่สำคัญหรืออันตราย",
    "การจัดให้มีแสงสว่างอย่างเพียงพอ",
    "การจัดสรรสิ่งอำนวยความสะดวก",
    "ห้องน้ำที่สะอาด และถูกสุขลักษณะ",
    "การจัดให้มีระบบคิวเพื่อให้บริการได้อย่างเป็นธรรม",
    "จุดแรกรับ",
    "จุดประเมินผลความพึงพอใจ",
    "การกำหนดพื้นที่เขตปลอดบุหรี่",
]


@pytest.mark.parametrize("pack_id", loader.pack_ids(HOUSE))
def test_every_pack_loads(pack_id):
    pack = loader.load(HOUSE, pack_id)
    assert pack.pack_id == pack_id
    assert pack.sha256 == loader.digest(json.loads(loader.canonical(pack.content)))


def test_the_list_of_packs_is_what_the_folder_holds():
    assert loader.pack_ids(HOUSE) == [
        "gecc/forms/profile",
        "gecc/letters/department",
        "gecc/letters/district",
        "gecc/letters/ministry",
        "gecc/letters/province",
        "gecc/letters/secretariat",
        "gecc/rounds/2562",
        "gecc/rounds/2565",
        "gecc/rounds/2565-extra",
        "gecc/rounds/2565-practice",
        "gecc/standards/2568",
        "gecc/surveys/incentives",
        "gecc/surveys/satisfaction",
        "valdora/forms/house",
        "valdora/rounds/2565",
        "valdora/standards/citizens-charter",
    ]


def test_the_frame_of_2568_is_that_of_the_public_documents(gecc: Standard):
    parts = {part.id: (len(gecc.criteria_of(part.id)), part.points) for part in gecc.parts}
    assert parts == {"physical": (14, 0), "basic": (8, 8), "advanced": (25, 62), "outcome": (3, 30)}
    advanced = sorted(one.points for one in gecc.criteria_of("advanced"))
    assert advanced == [2] * 22 + [6] * 3
    assert [side.title.th for side in gecc.sides] == ["สถานที่", "บริการ", "บุคลากร", "เทคโนโลยี"]
    bands = [(level.code, level.lower, level.below) for level in gecc.levels]
    assert bands == [("basic", 70, 80), ("advanced", 80, 90), ("excellent", 90, None)]
    quality = [*gecc.criteria_of("basic"), *gecc.criteria_of("advanced")]
    assert sum(one.points for one in quality) == 70
    assert all(one.number.split(".")[0] == gecc.side(one.side_id or "").number for one in quality)


def test_gate_titles_are_exactly_the_public_ones(gecc: Standard):
    assert [one.title.th for one in gecc.gate] == GATE_TITLES
    assert [one.id for one in gecc.gate] == [f"g-{number:02d}" for number in range(1, 15)]
    assert not any(one.origin("title").drafted for one in gecc.gate)


def test_known_basic_items_keep_their_numbers_and_no_other_item_has_them(gecc: Standard):
    basic = [one.number for one in gecc.criteria_of("basic")]
    assert basic == ["2.1", "2.2", "2.3", "2.4", "2.8", "2.12", "2.17", "3.1"]
    assert not set(basic) & {one.number for one in gecc.criteria_of("advanced")}


def test_what_is_not_public_is_marked_as_drafted(gecc: Standard):
    assert all(one.drafted for one in gecc.criteria_of("advanced"))
    assert all(one.origin("guidance").drafted for one in gecc.criteria)
    assert not any(one.drafted for one in gecc.criteria_of("basic"))
    assert all(sub.provenance.kind in {"public-summary", "drafted"} for one in gecc.criteria for sub in one.sub_items)


def test_the_outcomes_have_the_sub_items_that_are_known(gecc: Standard):
    found = {one.title.th: [sub.title.th for sub in one.sub_items] for one in gecc.criteria_of("outcome")}
    assert list(found) == [
        "ความพึงพอใจของประชาชนในการรับบริการ",
        "ความสะดวกในการติดต่อราชการ",
        "การนำเทคโนโลยีมาช่วยในการให้บริการ",
    ]
    satisfaction, convenience, technology = found.values()
    assert satisfaction == ["วิธีการจัดเก็บข้อมูล", "ความครอบคลุมและขนาดของกลุ่มตัวอย่าง", "ผลความพึงพอใจ"]
    assert len(convenience) >= 2
    assert len(technology) >= 3


@pytest.mark.parametrize("standard", ["gecc", "charter"])
def test_every_type_of_question_is_asked_and_few_must_be_answered(standard, request):
    asked = [(one, question) for one in request.getfixturevalue(standard).criteria for question in one.questions]
    assert {question.type for _one, question in asked} == NAMES - {"score"}
    assert any(question.applies_when for _one, question in asked)
    assert all(one.origin("questions").drafted for one, _question in asked)
    required = sum(question.required for _one, question in asked)
    assert 0 < required <= len(asked) / 2


def test_the_plan_of_2_12_has_the_columns_of_the_public_documents(gecc: Standard):
    (plan,) = gecc.criterion("q-2-12").questions  # type: ignore[union-attr]
    wanted = ["หัวข้อ", "วัตถุประสงค์", "ผู้รับผิดชอบ", "ระยะเวลา", "ผลการติดตาม", "ข้อเสนอเพื่อปรับปรุง"]
    assert [column.title.th for column in plan.columns] == wanted


def test_every_criterion_wants_evidence_and_speaks_both_languages(gecc: Standard, charter: Standard):
    thai = re.compile(r"[ก-๙]")
    for one in [*gecc.criteria, *charter.criteria]:
        assert one.evidence, one.id
        for text in (one.title, one.text, one.guidance, *[wanted.title for wanted in one.evidence]):
            assert thai.search(text.th), (one.id, text.th)
            assert not thai.search(text.en), (one.id, text.en)


def test_the_round_of_2565_has_exact_windows(root: Path):
    content = loader.load(root, "gecc/rounds/2565").content
    windows = {
        one["id"]: (datetime.fromisoformat(one["opens"]), datetime.fromisoformat(one["closes"]))
        for one in content["windows"]
    }
    assert windows["briefing"] == (_at("2021-12-28T13:00"), _at("2021-12-28T16:30"))
    assert windows["application"] == (_at("2022-01-01T00:00"), _at("2022-03-01T00:00"))
    assert windows["appeal"] == (_at("2022-09-01T09:00"), _at("2022-10-02T00:00"))  # 30 whole days after 1 September
    assert [(one["number"], one["kind"]) for one in content["actions"]] == [
        (1, "NOMINATE"),
        (2, "APPLY"),
        (3, "TAKE_NOTE"),
        (4, "ANSWER_SURVEY"),
    ]
    assert datetime.fromisoformat(content["actions"][0]["due"]) == _at("2021-12-25T00:00")
    assert datetime.fromisoformat(content["actions"][3]["due"]) == _at("2022-02-01T00:00")
    assert content["provenance"]["fields"]["standard"]["kind"] == "drafted"


def test_the_practice_round_differs_only_in_what_it_says(root: Path):
    real, practice = (loader.load(root, f"gecc/rounds/{name}").content for name in ("2565", "2565-practice"))
    assert practice["practice"] is True
    assert "extends" not in practice
    together = {(one["opens"], one["closes"]) for one in practice["windows"] if one["id"] not in ("briefing", "appeal")}
    assert len(together) == 1, "all windows of a practice round stand open together"
    differing = {key for key in real if real[key] != practice[key]}
    assert differing == {"id", "title", "summary", "practice", "provenance", "windows"}


def test_letters_fill_their_places_once_and_as_text(root: Path):
    content = loader.load(root, "gecc/letters/province").content
    subject = content["subject"]["th"]
    assert placeholders.names_in(subject) == ["round_year"]
    hostile = "{round_year} {0.__class__} %s <b>"
    filled = placeholders.fill(
        "เรียน {recipient_name} ปี {round_year}", {"recipient_name": hostile, "round_year": "2565"}
    )
    assert filled == f"เรียน {hostile} ปี 2565"
    with pytest.raises(KeyError):
        placeholders.fill(subject, {})


def test_amounts_are_exact_decimals(gecc: Standard):
    assert gecc.criterion("q-2-01").scoring.step == Decimal("0.5")  # type: ignore[union-attr]
    assert all(isinstance(scoring.maximum, Decimal) for scoring in gecc.marks_wanted.values())


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+07:00")
