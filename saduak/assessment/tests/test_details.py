"""Questions beside the marks, as whoever judges reads them."""

from pathlib import Path

import pytest
from django.utils import translation

from saduak.assessment.dossier import dossier
from saduak.packs import loader
from saduak.packs.standard import from_resolved

ASKING = Path(__file__).resolve().parents[2] / "packs" / "tests" / "asking"
CONTENT = {
    "centre": {"province_code": "54"},
    "answers": {
        "t-2": {"value": "4", "justification": "เพราะ"},
        "t-2-counters": {"value": "12", "justification": ""},
        "t-3": {"value": "0", "justification": ""},
        "t-3-plan": {"value": [{"topic": "<b>ป้าย"}], "justification": ""},
        "t-4": {"value": True, "justification": "เพราะ"},
        "t-4-where": {"value": {"latitude": "18.78", "longitude": "100.77"}, "justification": ""},
    },
    "evidence": [{"id": "e", "title": "แผนผัง", "items": ["t-4-map"], "link": ""}],
}


@pytest.fixture(scope="module")
def given():
    standard = from_resolved(loader.load(ASKING, "test/standards/asking").content)
    with translation.override("th"):
        return dossier(standard, CONTENT)


def test_figures_and_places_are_read_beside_the_claim(given):
    figures = {title: answer for title, answer, _needed in given["t-2"].details}
    assert "12 ช่อง" in figures["จำนวนช่องบริการ"]
    assert figures["ช่องทางจองคิว"] == ""
    place = {title: answer for title, answer, _needed in given["t-4"].details}
    assert "18.780000, 100.770000" in place["พิกัดทางเข้า"]
    assert "ไม่ใช่จังหวัดแพร่" in place["พิกัดทางเข้า"]
    assert "แผนผัง" in place["แผนผังที่ตั้ง"]
    assert [piece.title for piece in given["t-4"].evidence] == ["แผนผัง"]


def test_what_was_not_asked_is_not_shown(given):
    assert given["t-3"].details == ()  # nothing is claimed there
    assert given["t-1"].details == ()
