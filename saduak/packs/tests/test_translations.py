"""Every text with its origin, and what is doubtful about its translation."""

import pytest

from saduak.packs import loader, translations
from saduak.packs.text import Text


@pytest.mark.parametrize(
    ("th", "en", "filled", "wanted"),
    [
        ("ชื่อข้อ", "Title", False, []),
        ("Title", "Title", False, ["same"]),
        ("GECC", "GECC centre", False, ["no_thai"]),
        ("ชื่อข้อ", "Title ชื่อ", False, ["thai_in_english"]),
        ("อย่างน้อย 30 วัน", "At least 20 days", False, ["numbers"]),
        ("ภายใน ๓๐ วัน", "Within 30 days", False, []),
        ("ตอบตลอด 24 ชั่วโมง", "Round the clock", False, ["numbers"]),
        ("พ.ศ. 2568 จำนวน 3 ข้อ", "In 2025, three items", False, []),  # eras and small numbers in words
        ("ก\n\nข", "a", False, ["lines"]),
        ("ก" * 100, "short", False, ["length"]),
        ("ถึง {recipient_name}", "To you", True, ["places"]),
        ("{round_year}", "{round_year}", True, []),
        ("3.00–3.49", "3.00–3.49", False, []),
    ],
)
def test_what_is_doubtful(th, en, filled, wanted):
    assert list(translations.doubts(Text(th, en), filled=filled)) == wanted


def test_every_text_has_its_place_and_its_origin(root):
    content = loader.load(root, "gecc/standards/2568").content
    found = {one.where: one for one in translations.texts(content)}
    assert found["criteria › g-01 › title"].origin.kind == "public-summary"
    assert found["criteria › g-01 › text"].origin.drafted
    assert found["criteria › g-01 › text"].named == Text("1 เวลาให้บริการ", "1 Service hours")
    assert found["criteria › o-1 › scoring › sub_items › o-1-1 › scoring › bands › 1 › text"].origin.drafted
    assert found["criteria › o-1 › scoring › sub_items › o-1-1 › title"].origin.source == "KTLTC"
    assert found["notice"].origin.drafted
    assert found["owner"].origin.kind == "public-summary"
    assert {one.key for one in found.values()} >= {"title", "text", "guidance", "notice"}


def test_the_texts_of_the_house_are_translated(root):
    doubtful = [
        f"{pack.pack_id}: {one.where} {one.doubts}"
        for pack in loader.load_all(root)
        for one in translations.texts(pack.content)
        if set(one.doubts) - {"numbers"}
    ]
    assert doubtful == []
