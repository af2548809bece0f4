"""Sheets and columns of the workbook of a standard. Each column has a key that stands in brackets behind its heading, so
that headings may be reworded and columns moved.
"""

from __future__ import annotations

from dataclasses import dataclass

from saduak.packs.text import Text

SCORING = ("yes_no", "score", "bands", "sub_items")
ORIGINS = ("public-summary", "letter", "drafted")
EVIDENCE = ("photo", "pdf", "link", "document", "spreadsheet")
YES_NO = ("yes", "no")
QUESTIONS = ("yes_no", "one_of", "some_of", "number", "date", "text", "long_text", "file", "table", "place")


@dataclass(frozen=True, slots=True)
class Column:
    """type: text (several lines), line, amount, yes_no, ids (several, apart by commas), or a choice of ``options``."""

    key: str
    title: Text
    type: str = "line"
    options: tuple[str, ...] = ()
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its key stands in brackets behind its title. ``needed``: keys of columns that must be there."""

    key: str
    title: Text
    about: Text
    columns: tuple[Column, ...]
    needed: tuple[str, ...] = ()

    def column(self, key: str) -> Column | None:
        return next((one for one in self.columns if one.key == key), None)

    @property
    def name(self) -> str:
        """As it stands on the tab; Excel allows 31 characters and no brackets there."""
        return f"{self.title.th} ({self.key})"


def _both(key: str, th: str, en: str, type: str = "line", width: int = 36) -> tuple[Column, Column]:
    thai = Column(f"{key}.th", Text(f"{th} (ไทย)", f"{en} (Thai)"), type, width=width)
    return thai, Column(f"{key}.en", Text(f"{th} (อังกฤษ)", f"{en} (English)"), type, width=width)


_ID = Column("id", Text("รหัส", "Id"))
_NUMBER = Column("number", Text("เลขข้อ", "Number"), width=8)
_TITLE = _both("title", "ชื่อ", "Title")
_TEXT = _both("text", "ข้อความ", "Text", "text")
_POINTS = Column("points", Text("คะแนนเต็ม", "Points"), "amount", width=10)
_SCORING = Column("scoring", Text("วิธีให้คะแนน", "Way of scoring"), "choice", SCORING)
_STEP = Column("step", Text("ขั้นคะแนน", "Step"), "amount", width=10)
_REPLACES = Column("replaces", Text("แทนเกณฑ์เดิม (รหัส)", "Replaces (ids)"), "ids")
_ORIGIN = (
    Column("origin", Text("ที่มาของข้อความ", "Where texts come from"), "choice", ORIGINS, 16),
    Column("source", Text("แหล่งที่มา", "Source")),
    *_both("note", "หมายเหตุที่มา", "Note on the origin", "text", 24),
)

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "standard",
        Text("มาตรฐาน", "Standard"),
        Text("หนึ่งแถวต่อหนึ่งเรื่อง ห้ามเปลี่ยนคอลัมน์แรก", "One row for each thing; leave the first column as it is"),
        (
            Column("key", Text("เรื่อง", "Thing"), width=18),
            Column("th", Text("ไทยหรือค่า", "Thai, or the value"), "text", width=60),
            Column("en", Text("อังกฤษ", "English"), "text", width=60),
        ),
        ("key", "th"),
    ),
    Sheet(
        "sources",
        Text("แหล่งที่มา", "Sources"),
        Text("แหล่งที่มาที่แถวอื่นอ้างถึง", "Sources that other rows name"),
        (Column("key", Text("รหัส", "Key")), *_TITLE, Column("url", Text("ที่อยู่เว็บ", "Web address"), width=40)),
    ),
    Sheet(
        "parts",
        Text("ส่วน", "Parts"),
        Text("จำนวนข้อและคะแนนต้องตรงกับเกณฑ์ในส่วนนั้น", "Items and points must fit the criteria of the part"),
        (
            _ID,
            _NUMBER,
            *_TITLE,
            *_TEXT,
            Column("gate", Text("เป็นเกณฑ์บังคับ", "Gate"), "yes_no", YES_NO),
            Column("items", Text("จำนวนข้อ", "Items"), "amount", width=10),
            _POINTS,
            Column("weight", Text("น้ำหนัก", "Weight"), "amount", width=10),
            Column("numbering", Text("ชุดเลขข้อ", "Numbering")),
        ),
        ("id", "number", "title.th", "title.en"),
    ),
    Sheet(
        "sides",
        Text("ด้าน", "Sides"),
        Text("ด้านของเกณฑ์ ถ้ามี", "Views across the parts, if there are any"),
        (_ID, _NUMBER, *_TITLE, *_TEXT),
    ),
    Sheet(
        "levels",
        Text("ระดับ", "Levels"),
        Text("จากต่ำไปสูง ระดับสูงสุดไม่มีเพดาน", "From the lowest up; the highest has no upper end"),
        (
            _ID,
            *_TITLE,
            *_TEXT,
            Column("from", Text("ตั้งแต่คะแนน", "From"), "amount", width=10),
            Column("below", Text("ต่ำกว่าคะแนน", "Below"), "amount", width=10),
            Column("colour", Text("สี", "Colour"), "choice", ("gold", "silver", "blue", "green", "bronze")),
        ),
        ("id", "title.th", "title.en", "from"),
    ),
    Sheet(
        "criteria",
        Text("เกณฑ์", "Criteria"),
        Text("หนึ่งแถวต่อหนึ่งข้อ รหัสที่เลิกใช้แล้วห้ามนำกลับมาใช้", "One row for each; an id that was given up is never used again"),
        (
            _ID,
            _NUMBER,
            Column("part", Text("ส่วน", "Part")),
            Column("side", Text("ด้าน", "Side")),
            *_TITLE,
            *_both("text", "สิ่งที่ต้องดำเนินการ", "What is asked", "text", 50),
            *_both("guidance", "คำอธิบาย", "Explanation", "text", 50),
            _POINTS,
            _SCORING,
            _STEP,
            Column("rubric", Text("คำอธิบายคะแนน", "Rubric")),
            _REPLACES,
            Column(
                "evidence_age_months",
                Text("อายุหลักฐานไม่เกิน (เดือน)", "Evidence at most so old (months)"),
                "amount",
                width=10,
            ),
            *_ORIGIN,
        ),
        ("id", "number", "part", "title.th", "title.en", "points", "scoring"),
    ),
    Sheet(
        "sub_items",
        Text("ข้อย่อย", "Sub-items"),
        Text("เฉพาะเกณฑ์ที่ให้คะแนนแบบ sub_items", "Only of criteria scored as sub_items"),
        (
            Column("criterion", Text("รหัสเกณฑ์", "Criterion")),
            _ID,
            _NUMBER,
            *_TITLE,
            *_TEXT,
            _POINTS,
            _SCORING,
            _STEP,
            _REPLACES,
            *_ORIGIN,
        ),
    ),
    Sheet(
        "bands",
        Text("ขั้นคะแนน", "Bands"),
        Text("คะแนนของเกณฑ์หรือข้อย่อยที่ให้คะแนนแบบ bands", "Scores of criteria or sub-items scored as bands"),
        (
            Column("of", Text("ของรหัส", "Of")),
            Column("score", Text("คะแนน", "Score"), "amount", width=10),
            *_both("text", "ความหมาย", "What it stands for", "text"),
        ),
    ),
    Sheet(
        "rubrics",
        Text("คำอธิบายคะแนน", "Rubrics"),
        Text(
            "ใช้ร่วมกันได้หลายข้อ ที่มาเขียนที่แถวแรกของแต่ละชุด", "Shared by criteria; the origin stands in the first row of each"
        ),
        (
            _ID,
            Column("score", Text("คะแนน", "Score"), "amount", width=10),
            *_both("text", "ความหมาย", "What it stands for", "text"),
            *_ORIGIN,
        ),
    ),
    Sheet(
        "evidence",
        Text("หลักฐาน", "Evidence"),
        Text("จำนวนขั้นต่ำ 0 หมายถึงไม่บังคับ", "A minimum of 0 makes it optional"),
        (
            Column("criterion", Text("รหัสเกณฑ์", "Criterion")),
            _ID,
            Column("kind", Text("ประเภท", "Kind"), "choice", EVIDENCE),
            Column("minimum", Text("จำนวนขั้นต่ำ", "Minimum"), "amount", width=10),
            *_TITLE,
        ),
    ),
    Sheet(
        "questions",
        Text("คำถามเพิ่มเติม", "Questions"),
        Text(
            "ถามควบคู่กับเกณฑ์ คอลัมน์ของตารางเขียนเป็นแถวที่มี “ของรหัส” เป็นรหัสของคำถามชนิด table",
            "Asked beside a criterion; a column of a table is a row whose “Of” is the id of the table",
        ),
        (
            Column("of", Text("ของรหัส", "Of")),
            _ID,
            Column("type", Text("ชนิด", "Type"), "choice", QUESTIONS),
            *_TITLE,
            *_both("hint", "คำแนะนำ", "Hint", "text"),
            Column("required", Text("ต้องตอบ", "Required"), "yes_no", YES_NO),
            *_both("unit", "หน่วย", "Unit", width=14),
            Column("minimum", Text("ต่ำสุด", "Minimum"), "amount", width=10),
            Column("maximum", Text("สูงสุด", "Maximum"), "amount", width=10),
            _STEP,
            Column("length", Text("จำนวนอักษร", "Length"), "amount", width=10),
            Column("format", Text("รูปแบบ", "Format"), "choice", ("email", "phone", "url")),
            Column("earliest", Text("ไม่ก่อนวันที่", "Earliest")),
            Column("latest", Text("ไม่หลังวันที่", "Latest")),
            Column("accepts", Text("ชนิดไฟล์", "Accepts"), "ids"),
            Column("within", Text("ภายในประเทศ", "Within")),
            Column("formerly", Text("รหัสเดิม", "Formerly"), "ids"),
            Column("replaces", Text("แทนคำถามเดิม (รหัส)", "Replaces (ids)"), "ids"),
            Column("applies_when.question", Text("ถามเมื่อคำถาม", "Asked when question")),
            Column("applies_when.one_of", Text("ตอบเป็นอย่างใดอย่างหนึ่ง", "is answered with one of"), "ids"),
        ),
    ),
    Sheet(
        "options",
        Text("ตัวเลือกคำตอบ", "Options"),
        Text("ของคำถาม หรือของคอลัมน์ในรูป คำถาม/คอลัมน์", "Of a question, or of a column written as question/column"),
        (
            Column("of", Text("ของรหัส", "Of")),
            _ID,
            *_TITLE,
            Column("score", Text("คะแนน", "Score"), "amount", width=10),
            Column("alone", Text("เลือกร่วมกับข้ออื่นไม่ได้", "Excludes all others"), "yes_no", YES_NO),
        ),
    ),
    Sheet(
        "origins",
        Text("ที่มารายช่อง", "Origins of fields"),
        Text(
            "เฉพาะช่องที่มีที่มาต่างจากที่ระบุไว้ในแถวของเกณฑ์ เว้น “ของรหัส” ว่างหมายถึงทั้งมาตรฐาน",
            "Only fields whose origin differs from that of their row; an empty “Of” means the whole standard",
        ),
        (Column("of", Text("ของรหัส", "Of")), Column("field", Text("ช่อง", "Field")), *_ORIGIN),
    ),
)
BY_KEY = {one.key: one for one in SHEETS}

#: Rows of the sheet ``standard``: key → (title, type). "both": a text in both languages, "origin": see columns of origins.
THINGS: dict[str, tuple[Text, str]] = {
    "id": (Text("รหัสชุดข้อมูล", "Id of the pack"), "line"),
    "version": (Text("รุ่น", "Version"), "amount"),
    "follows": (Text("ต่อเนื่องจาก (รหัส@รุ่น)", "Follows (id@version)"), "reference"),
    "title": (Text("ชื่อมาตรฐาน", "Title"), "both"),
    "summary": (Text("สรุป", "Summary"), "both"),
    "owner": (Text("หน่วยงานเจ้าของ", "Owner"), "both"),
    "notice": (Text("ข้อควรทราบ", "Notice"), "both"),
    "total": (Text("คะแนนเต็มทั้งหมด", "Highest total"), "amount"),
    "fractions": (
        Text("เศษคะแนน (exact หรือ round_half_up_to_integer)", "Fractions (exact or round_half_up_to_integer)"),
        "line",
    ),
    "fractions_note": (Text("หมายเหตุเรื่องเศษคะแนน", "Note on fractions"), "both"),
    "below_levels": (Text("ชื่อเมื่อต่ำกว่าระดับต่ำสุด", "Name below the lowest level"), "both"),
    "evidence_age_months": (Text("อายุหลักฐานไม่เกิน (เดือน)", "Evidence at most so old (months)"), "amount"),
    "retired_ids": (Text("รหัสที่เลิกใช้", "Ids no longer used"), "ids"),
    "origin": (Text("ที่มาของข้อความ", "Where texts come from"), "line"),
    "source": (Text("แหล่งที่มา", "Source"), "line"),
    "note": (Text("หมายเหตุที่มา", "Note on the origin"), "both"),
}
GUIDE = "อ่านก่อน (read me)"
RUBRIC = "rubric:"  # before the id of a rubric, where ids of criteria may stand as well
