"""A standard as a workbook and back, what is wrong told by its cell, and its way to publishing."""

import io
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from saduak.journal.models import Entry
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.packs import commands, loader, queries, schema, workbooks
from saduak.packs.models import PackDraft, PublishedPack
from saduak.packs.workbooks.layout import BY_KEY, THINGS
from saduak.people.actor import system

CHARTER = "valdora/standards/citizens-charter"
ASKING = "test/standards/asking"  # asks a question of every type
STANDARDS = ["gecc/standards/2568", CHARTER, ASKING]


@pytest.fixture(scope="module")
def contents(root: Path):
    asking = Path(__file__).resolve().parent / "asking"
    return {name: loader.load(asking if name == ASKING else root, name).content for name in STANDARDS}


@pytest.fixture(scope="module")
def charter_book(contents) -> bytes:
    return workbooks.write(contents[CHARTER])


def _changed(data: bytes, *changes) -> bytes:
    """The workbook with cells changed: (key of the sheet, column key, row, value); the row may be found by its id."""
    book = load_workbook(io.BytesIO(data))
    for sheet_key, column, row, value in changes:
        sheet = next(one for one in book.worksheets if one.title.endswith(f"({sheet_key})"))
        headings = {str(cell.value).rpartition("[")[2].rstrip("]"): cell.column for cell in sheet[1]}
        if isinstance(row, str):
            first = headings.get("id", 1)
            row = next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, first).value == row)
        sheet.cell(row, headings[column]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", STANDARDS)
def test_out_and_back_there_is_no_difference(contents, name):
    brought = workbooks.read(workbooks.write(contents[name]))
    assert brought.mistakes == ()
    assert brought.pack.content == contents[name]
    assert brought.pack.sha256 == loader.digest(contents[name])


def test_what_people_do_to_a_workbook_does_no_harm(contents, charter_book):
    """Numbers as text and in Thai digits, columns moved, an empty row, blanks and invisible signs around a text."""
    changed = _changed(
        charter_book, ("criteria", "points", "p-1", " ๔ "), ("criteria", "title.th", "p-2", "\u200b ชื่อใหม่ \u202e")
    )
    book = load_workbook(io.BytesIO(changed))
    sheet = next(one for one in book.worksheets if one.title.endswith("(levels)"))
    sheet.move_range(f"A1:B{sheet.max_row}", cols=20)
    sheet.insert_rows(2)
    out = io.BytesIO()
    book.save(out)
    brought = workbooks.read(out.getvalue())
    assert brought.mistakes == ()
    assert [one["points"] for one in brought.pack.content["criteria"]] == [
        one["points"] for one in contents[CHARTER]["criteria"]
    ]
    assert brought.pack.content["levels"] == contents[CHARTER]["levels"]
    assert next(one for one in brought.pack.content["criteria"] if one["id"] == "p-2")["title"]["th"] == "ชื่อใหม่"


# what is wrong: (changes, column of the place, what is said)
WRONG = {
    "no number": ([("criteria", "points", "p-1", "สี่")], "K", "must be a number"),
    "unknown way": ([("criteria", "scoring", "p-1", "dice")], "L", "must be one of"),
    "unknown part": ([("criteria", "part", "p-1", "nowhere")], "C", "there is no part “nowhere”"),
    "no English": ([("criteria", "title.en", "p-1", None)], "E", "lacks the key “en”"),
    "id twice": ([("criteria", "id", "p-2", "p-1")], "A", "is already used"),
    "sum": ([("standard", "th", "total", "99")], "B", "but total says 99"),
    "no such owner": ([("evidence", "criterion", 2, "zz")], "A", "nothing with the id “zz”"),
    "unknown heading": ([("levels", "id", 1, "Farbe")], "A", "the column “Farbe” is not known"),
    "unknown thing": ([("standard", "key", 4, "motto")], "", "“motto” is not known here"),
    "loop": ([("criteria", "replaces", "p-1", "p-1")], "", "leads back to itself"),
    "unknown source": ([("criteria", "source", "p-1", "NOBODY")], "", "is not listed in sources"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_names_sheet_row_and_column(charter_book, case):
    changes, column, said = WRONG[case]
    brought = workbooks.read(_changed(charter_book, *changes))
    assert brought.pack is None
    mistake = next(one for one in brought.mistakes if said in one.en)
    sheet, _, at = mistake.file.partition("!")
    assert sheet.endswith(f"({changes[0][0]})")
    assert not column or at == column
    assert mistake.line >= 1
    assert any("ก" <= sign <= "๙" for sign in mistake.th)


def test_all_mistakes_are_told_at_once(charter_book):
    brought = workbooks.read(
        _changed(
            charter_book,
            ("criteria", "points", "p-1", "x"),
            ("levels", "from", 2, "y"),
            ("evidence", "minimum", 2, "z"),
        )
    )
    assert len(brought.mistakes) >= 3
    sheets = {one.file.partition("!")[0].rpartition("(")[2] for one in brought.mistakes}
    assert sheets == {"criteria)", "levels)", "evidence)"}


@pytest.mark.parametrize(
    "data", [b"", b"id,title\n1,2", b"PK\x03\x04 broken", b"%PDF-1.7", b"\xd0\xcf\x11\xe0 old xls"]
)
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(NotComplete):
        workbooks.read(data)


def test_a_workbook_of_something_else_is_told_what_is_missing():
    out = io.BytesIO()
    book = load_workbook(io.BytesIO(workbooks.write(loader.load(Path("packs").resolve(), CHARTER).content)))
    for sheet in book.worksheets[1:]:
        sheet.title = sheet.title.replace("(", "x")
    book.save(out)
    brought = workbooks.read(out.getvalue())
    assert brought.pack is None
    assert any("(criteria)” is missing" in one.en for one in brought.mistakes)


def test_nothing_is_written_as_a_formula(contents):
    content = json.loads(json.dumps(contents[CHARTER]))
    evil = ["=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "-2", "https://evil.example/"]
    for one, text in zip(content["criteria"], evil, strict=False):
        one["title"]["th"] = one["text"]["en"] = text
    data = workbooks.write(content)
    book = load_workbook(io.BytesIO(data))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    assert not any(cell.hyperlink for sheet in book for row in sheet for cell in row)
    assert workbooks.read(data).pack.content == content


def test_every_key_of_the_schema_has_its_column():
    """A key that the workbook does not know would be lost on the way."""

    def known(sheet):
        return {one.key.partition(".")[0] for one in BY_KEY[sheet].columns}

    files = {
        name: json.loads((schema.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("standard", "criterion", "question")
    }
    top, criterion = files["standard"]["properties"], files["criterion"]
    elsewhere = {"kind", "extends", "sources", "provenance", "parts", "sides", "levels", "rubrics", "criteria"}
    assert set(top) - elsewhere == set(THINGS) - {"origin", "source", "note"}
    assert set(criterion["properties"]) - {"evidence", "provenance", "questions"} <= known("criteria")
    assert set(criterion["$defs"]["sub_item"]["properties"]) - {"provenance"} <= known("sub_items")
    assert set(criterion["properties"]["evidence"]["items"]["properties"]) <= known("evidence")
    question = files["question"]["properties"]
    assert set(question) - {"options", "columns", "purpose"} <= known("questions")  # a purpose belongs to forms only
    assert set(question["options"]["items"]["properties"]) <= known("options")
    for sheet in ("parts", "sides", "levels"):
        assert set(top[sheet]["items"]["properties"]) <= known(sheet)


@pytest.mark.django_db
def test_from_the_page_to_the_published_version(world, sign_in, root: Path, charter_book):
    commands.publish(root, CHARTER, by=system("test"))
    browser = sign_in(world.users["officer"])

    def bring(data, name="ฉบับใหม่.xlsx"):
        return browser.post(reverse("packs:bring"), {"file": SimpleUploadedFile(name, data)})

    taken = browser.get(reverse("packs:workbook", args=["valdora-citizens-charter", 2]))
    assert taken["Content-Disposition"] == 'attachment; filename="valdora-citizens-charter-2.xlsx"'
    assert workbooks.read(taken.content).pack.sha256 == queries.published(CHARTER).sha256
    # No workbook at all: told on the form.
    answer = bring(b"hello")
    assert answer.status_code == 422
    assert "ไม่ใช่สมุดงาน .xlsx" in answer.content.decode()
    # With mistakes: every cell is named, and nothing can be published.
    answer = bring(_changed(charter_book, ("criteria", "points", "p-1", "สี่")))
    page = browser.get(answer["Location"]).content.decode()
    assert "เกณฑ์ (criteria)" in page
    assert "ต้องเป็นตัวเลข" in page
    code = PackDraft.objects.get().code
    with pytest.raises(NotPossible):
        commands.publish_draft(code, by=world.officer)
    assert browser.post(reverse("packs:publish_draft", args=[code])).status_code == 409
    assert browser.get(reverse("packs:draft_seen", args=[code])).status_code == 404
    # Changed, but the version was not raised.
    page = browser.get(
        bring(_changed(charter_book, ("criteria", "title.th", "p-1", "คำมั่น")))["Location"]
    ).content.decode()
    assert "เปลี่ยน version เป็น 3" in page
    # As it should be.
    good = _changed(charter_book, ("criteria", "title.th", "p-1", "<b>คำมั่น"), ("standard", "th", "version", "3"))
    answer = bring(good)
    draft = PackDraft.objects.latest("checked_at", "pk")
    page = browser.get(answer["Location"]).content.decode()
    assert "&lt;b&gt;คำมั่น" in page.replace("<ins>", "").replace("</ins>", "")
    assert "เผยแพร่เป็นรุ่นที่ 3" in page
    assert browser.get(reverse("packs:draft_seen", args=[draft.code])).status_code == 200
    assert draft.source_name in browser.get(reverse("packs:office")).content.decode()
    for person in (world.head, world.auditor, world.stranger):
        with pytest.raises((NotAllowed, PackDraft.DoesNotExist)):
            commands.publish_draft(draft.code, by=person)
        with pytest.raises(NotAllowed):
            commands.check_workbook(good, name="x.xlsx", by=person)
    assert browser.post(reverse("packs:publish_draft", args=[draft.code])).status_code == 302
    assert queries.published(CHARTER).version == 3
    assert queries.standard(queries.published(CHARTER)).criterion("p-1").title.th == "<b>คำมั่น"
    assert Entry.objects.filter(event="pack_draft.published").count() == 1
    assert browser.post(reverse("packs:publish_draft", args=[draft.code])).status_code == 409  # once only
    # The same again has nothing to say; it can be laid aside.
    bring(good)
    again = PackDraft.objects.latest("checked_at", "pk")
    with pytest.raises(NotPossible):
        commands.publish_draft(again.code, by=world.officer)
    browser.post(reverse("packs:discard_draft", args=[again.code]))
    again.refresh_from_db()
    assert again.state == "DISCARDED"
    listed = browser.get(reverse("packs:brought")).content.decode()
    assert listed.count("ฉบับใหม่.xlsx") == 4


@pytest.mark.django_db
def test_the_console_writes_and_publishes_workbooks(tmp_path: Path, root: Path, charter_book, capsys):
    out = tmp_path / "charter.xlsx"
    call_command("export_standard", CHARTER, "--root", str(root), "-o", str(out), stdout=StringIO())
    call_command("publish_pack", str(out), "--dry-run", stdout=StringIO())
    assert not PublishedPack.objects.exists()
    call_command("publish_pack", str(out), stdout=StringIO())
    assert queries.published(CHARTER).sha256 == loader.load(root, CHARTER).sha256
    call_command("export_standard", f"{CHARTER}@2", "-o", str(out), stdout=StringIO())
    out.write_bytes(_changed(charter_book, ("criteria", "points", "p-1", "x")))
    for path in (out, tmp_path / "nothing.xlsx"):
        with pytest.raises(SystemExit):
            call_command("publish_pack", str(path))
    told = capsys.readouterr().err
    assert "(criteria)!K:" in told
    for wrong in (f"{CHARTER}@9", "gecc/letters/province", f"{CHARTER}@x", "no/such"):
        with pytest.raises(SystemExit):
            call_command("export_standard", wrong, "--root", str(root), stderr=StringIO())
