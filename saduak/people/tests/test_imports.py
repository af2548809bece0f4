"""Files of organisations, centres and people: shown before they are written, whole or not at all, and undone whole."""

import io

import openpyxl
import pytest
from django.utils.translation import override

from saduak.journal.models import Entry
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message
from saduak.people import commands, importing
from saduak.people.importing import workbooks
from saduak.people.models import Import, Kind, Membership, Organisation, User

pytestmark = pytest.mark.django_db

ORGANISATIONS, CENTRES, PEOPLE = Import.Kind.ORGANISATIONS, Import.Kind.CENTRES, Import.Kind.PEOPLE
HEADINGS = "รหัส,ประเภท,ชื่อภาษาไทย,รหัสหน่วยงานเหนือขึ้นไป\n"


def bring(kind, text: str | bytes, *, by, name="แฟ้ม.csv") -> Import:
    return commands.check_import(kind, text.encode() if isinstance(text, str) else text, name=name, by=by)


def said(found: Import) -> dict[int, list[str]]:
    with override("en"):
        return {line["number"]: [importing.say(remark) for remark in line["remarks"]] for line in found.report if line["remarks"]}  # fmt: skip


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_dry_run_writes_nothing(world):
    before = Organisation.objects.count()
    found = bring(ORGANISATIONS, HEADINGS + "L-1,อปท.,เทศบาลใหม่,TH-5401\n", by=world.officer)
    assert (found.count("add"), found.state, Organisation.objects.count()) == (1, "CHECKED", before)


def test_parents_may_stand_below_their_children_in_the_file(world):
    found = bring(ORGANISATIONS, HEADINGS + "L-1,อปท.,เทศบาลใหม่,D-1\nD-1,อำเภอ,อำเภอใหม่,TH-54\n", by=world.officer)
    commands.apply_import(found.code, by=world.officer)
    body = Organisation.objects.get(code="L-1")
    assert Organisation.objects.get_parent(body).code == "D-1"
    assert body.province_code == "54"
    assert body.kind == Kind.LOCAL_BODY


def test_known_codes_change_only_where_a_cell_is_filled_and_undo_puts_it_back(world):
    text = "code,kind,name,parent code,phone\nL-540101,,เทศบาลตำบลทดสอบใต้ใหม่,,\nTH-5401,,,,054 111 222\nL-9,อปท.,เทศบาลเก้า,TH-5401,\n"
    found = bring(ORGANISATIONS, text, by=world.officer)
    assert [found.count(act) for act in ("add", "change", "same", "wrong")] == [1, 2, 0, 0]
    commands.apply_import(found.code, by=world.officer)
    world.body.refresh_from_db()
    assert world.body.name_th == "เทศบาลตำบลทดสอบใต้ใหม่"
    assert "ใต้ใหม่" in world.body.search
    assert Organisation.objects.get(code="TH-5401").phone == "054 111 222"
    commands.undo_import(found.code, by=world.officer)
    world.body.refresh_from_db()
    assert world.body.name_th == "เทศบาลตำบลทดสอบใต้"
    assert not Organisation.objects.filter(code="L-9").exists()
    assert (
        Organisation.objects.get(code="TH-5401").numchild == Organisation.objects.get_children(world.district).count()
    )
    assert set(Entry.objects.values_list("event", flat=True)) >= {"import.applied", "import.undone", "organisation.changed", "organisation.removed"}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("L-540101,อปท.,ก,TH-55", "stands below TH-5401"),
        ("L-540101,อำเภอ,ก,TH-5401", "of the kind"),
        ("L-1,วัด,ก,TH-5401", "no kind of organisation"),
        ("L-1,,ก,TH-5401", "kind is missing"),
        ("L-1,อปท.,,TH-5401", "Thai name is missing"),
        ("L-1,อปท.,ก,", "office above is missing"),
        ("L-1,อปท.,ก,NOWHERE", "no organisation with the code NOWHERE"),
        (",อปท.,ก,TH-5401", "code is missing"),
        ("L 1<b>,อปท.,ก,TH-5401", "only Latin letters"),
        ("L-1,อปท.,เทศบาลตำบลทดสอบใต้,TH-5401", "already has an organisation of this name"),
        ("L-1,สำนักงานผู้ดูแลโครงการ,ก,OPM", "one secretariat"),
        ("L-1,อปท.,ก,C-TEST22", "service centre; nothing stands below"),
        ("L-1,อปท.," + "ก" * 301 + ",TH-5401", "longer than 300"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_taken_in(world, line, sentence):
    found = bring(ORGANISATIONS, HEADINGS + "L-7,อปท.,เทศบาลดี,TH-5401\n" + line + "\n", by=world.officer)
    assert found.count("wrong") == 1
    assert any(sentence in one for one in said(found)[3])
    with pytest.raises(NotPossible):
        commands.apply_import(found.code, by=world.officer)
    assert not Organisation.objects.filter(code="L-7").exists()


def test_rows_that_point_at_each_other_are_refused(world):
    found = bring(ORGANISATIONS, HEADINGS + "A,กรม,ก,B\nB,กรม,ข,A\nC,กรม,ค,A\nD,กรม,ง,MOI\n", by=world.officer)
    assert (found.count("wrong"), found.count("add")) == (3, 1)


def test_a_tree_that_changed_since_the_dry_run_is_looked_at_again(world):
    first = bring(ORGANISATIONS, HEADINGS + "L-1,อปท.,ใหม่,TH-5401\n", by=world.officer)
    second = bring(ORGANISATIONS, HEADINGS + "L-2,อปท.,ใหม่,TH-5401\n", by=world.officer)
    commands.apply_import(first.code, by=world.officer)
    with pytest.raises(NotPossible) as refused:
        commands.apply_import(second.code, by=world.officer)
    assert refused.value.items[0].label.startswith("2: ")


def test_undo_names_what_hangs_on_it(world):
    found = bring(ORGANISATIONS, HEADINGS + "L-1,อปท.,ใหม่,TH-5401\n", by=world.officer)
    commands.apply_import(found.code, by=world.officer)
    commands.register_centre("L-1", by=world.officer, name_th="ศูนย์ใหม่")
    with pytest.raises(NotPossible) as refused:
        commands.undo_import(found.code, by=world.officer)
    assert "L-1" in str(refused.value.items[0].label)
    assert Organisation.objects.filter(code="L-1").exists()


def test_a_later_correction_is_not_overwritten_by_undo(world):
    found = bring(ORGANISATIONS, HEADINGS + "L-540101,,ชื่อหนึ่ง,\n", by=world.officer)
    commands.apply_import(found.code, by=world.officer)
    later = bring(ORGANISATIONS, HEADINGS + "L-540101,,ชื่อสอง,\n", by=world.officer)
    commands.apply_import(later.code, by=world.officer)
    with pytest.raises(NotPossible):
        commands.undo_import(found.code, by=world.officer)
    commands.undo_import(later.code, by=world.officer)
    commands.undo_import(found.code, by=world.officer)


def test_centres_get_codes_and_a_head_brings_only_their_own(world):
    text = "office code,name,lat,lon\nL-540101,ศูนย์ใหม่,18.14462,100.14028\nL-550101,ศูนย์ของผู้อื่น,,\n"
    found = bring(CENTRES, text, by=world.head)
    assert said(found).keys() == {3}
    mine = bring(CENTRES, text.rsplit("\n", 2)[0], by=world.head)
    commands.apply_import(mine.code, by=world.head)
    centre = Organisation.objects.get(name_th="ศูนย์ใหม่")
    assert centre.code.startswith("C-")
    assert Organisation.objects.get_parent(centre) == world.body
    assert str(centre.latitude) == "18.14462"


def test_people_are_told_and_undo_takes_their_posts_back(world):
    text = (
        "อีเมล,ชื่อและนามสกุล,รหัสหน่วยงาน,หน้าที่,รวมหน่วยงานใต้สังกัด,ตั้งแต่วันที่,ถึงวันที่\n"
        "New@Example.go.th,นางสาวใหม่ มาแล้ว,L-540101,งานสารบรรณ,ไม่,1 ม.ค. 2565,\n"
        "new@example.go.th,,L-540101,ผู้ประสานงาน,ใช่,,31/12/2570\n"
        "coordinator@example.go.th,ชื่ออื่น,L-540101,COORDINATOR,,,\n"
    )
    found = bring(PEOPLE, text, by=world.head)
    assert [found.count(act) for act in ("add", "same", "wrong")] == [2, 1, 0]
    assert "known as" in said(found)[4][0]
    commands.apply_import(found.code, by=world.head)
    person = User.objects.get(email="new@example.go.th")
    assert {(post.role, post.subtree) for post in person.memberships.all()} == {("REGISTRAR", False), ("COORDINATOR", True)}  # fmt: skip
    assert Message.objects.filter(email="new@example.go.th").count() == 2
    commands.undo_import(found.code, by=world.head)
    assert not User.objects.filter(email="new@example.go.th").exists()
    assert Membership.objects.filter(user=world.users["coordinator"]).exists()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("x,ก,L-540101,HEAD,,,", "no e-mail address"),
        ("a@b.th,,L-540101,HEAD,,,", "name is missing"),
        ("a@b.th,ก,NOWHERE,HEAD,,,", "no organisation"),
        ("a@b.th,ก,L-540101,king,,,", "no role"),
        ("a@b.th,ก,L-540101,OFFICER,,,", "at the secretariat only"),
        ("a@b.th,ก,L-550101,HEAD,,,", "Only the head of"),
        ("a@b.th,ก,L-540101,HEAD,maybe,,", "write yes or no"),
        ("a@b.th,ก,L-540101,HEAD,,31 ก.พ. 2565,", "is no date"),
        ("a@b.th,ก,L-540101,HEAD,,1/2/2565,1/1/2565", "cannot be before"),
    ],
)
def test_wrong_people(world, line, sentence):
    found = bring(PEOPLE, "email,name,organisation code,role,also below,from,until\n" + line + "\n", by=world.head)
    assert any(sentence in one for one in said(found)[2])


def test_who_may_bring_what(world):
    for who, kinds in {
        "officer": 3,
        "head": 2,
        "coordinator": 1,
        "registrar_body": 0,
        "assessor1": 0,
        "auditor": 0,
    }.items():
        allowed = 0
        for kind in Import.Kind:
            try:
                bring(kind, b"", by=getattr(world, who))
            except NotAllowed:
                continue
            except NotComplete:
                allowed += 1
        assert (who, allowed) == (who, kinds)


@pytest.mark.parametrize("state", ["CHECKED", "APPLIED", "UNDONE", "DISCARDED"])
@pytest.mark.parametrize("act", ["apply", "undo", "discard"])
def test_every_move_in_every_state(world, state, act):
    found = bring(ORGANISATIONS, HEADINGS + "L-1,อปท.,ใหม่,TH-5401\n", by=world.officer)
    for step in {"APPLIED": ["apply"], "UNDONE": ["apply", "undo"], "DISCARDED": ["discard"]}.get(state, []):
        getattr(commands, f"{step}_import")(found.code, by=world.officer)
    possible = (state, act) in {("CHECKED", "apply"), ("CHECKED", "discard"), ("APPLIED", "undo")}
    move = getattr(commands, f"{act}_import")
    with pytest.raises(Import.DoesNotExist):
        move(found.code, by=world.stranger)
    if possible:
        move(found.code, by=world.officer)
    else:
        lines = Entry.objects.count()
        with pytest.raises(NotPossible):
            move(found.code, by=world.officer)
        assert Entry.objects.count() == lines


def test_pages_from_the_file_to_its_undoing(world, sign_in):
    browser = sign_in(world.users["officer"])
    assert browser.get("/imports/").status_code == 200
    template = browser.get("/imports/templates/ORGANISATIONS.xlsx").content
    headings = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(template)).worksheets[0][1]]
    assert headings[0] == "รหัส*"
    filled = workbook([headings, ["L-77", "อปท.", "=HYPERLINK(\"x\")", None, "TH-5401"], ["L-78", "อปท.", "<b>เทศบาล</b>\u202e", None, "TH-5401", 54, 5401]])  # fmt: skip
    answer = browser.post("/imports/new/", {"kind": "ORGANISATIONS", "file": io.BytesIO(filled)}, follow=True)
    page = answer.content.decode()
    assert "&lt;b&gt;เทศบาล&lt;/b&gt;" in page
    code = Import.objects.get().code
    report = openpyxl.load_workbook(io.BytesIO(browser.get(f"/imports/{code}/report.xlsx").content))
    assert report.active.max_row == 3
    assert all(cell.data_type != "f" for row in report.active.rows for cell in row)


def test_a_file_that_is_none_is_refused_in_the_form(world, sign_in):
    browser = sign_in(world.users["officer"])
    for body in (b"", b"PK\x03\x04 broken", b"\x00\x01\x02", "รหัส,เลขที่ไม่มีใครรู้จัก\n1,2\n".encode()):
        answer = browser.post("/imports/new/", {"kind": "ORGANISATIONS", "file": io.BytesIO(body)})
        assert answer.status_code == 422
    assert not Import.objects.exists()


def test_strangers_see_no_file_of_others(world, sign_in):
    found = bring(ORGANISATIONS, HEADINGS + "L-1,อปท.,ใหม่,TH-5401\n", by=world.officer)
    browser = sign_in(world.users["stranger_head"])
    for address in ("", "report.xlsx", "undo/"):
        assert browser.get(f"/imports/{found.code}/{address}").status_code == 404
    for act in ("apply", "undo", "discard"):
        assert browser.post(f"/imports/{found.code}/{act}/").status_code == 404
    assert sign_in(world.users["assessor1"]).get("/imports/").status_code == 404


def test_lists_cost_the_same_for_one_and_three(world, sign_in, django_assert_max_num_queries):
    browser = sign_in(world.users["officer"])
    for _ in range(3):
        bring(ORGANISATIONS, HEADINGS + "L-1,อปท.,ใหม่,TH-5401\n", by=world.officer)
    with django_assert_max_num_queries(8):
        browser.get("/imports/")


def test_template_and_check_know_the_same_columns():
    for kind in Import.Kind:
        book = openpyxl.load_workbook(io.BytesIO(workbooks.template(kind)))
        assert len(book.worksheets[0][1]) == len(importing.COLUMNS[kind])
        assert set(importing.COLUMNS[kind]) <= set(importing.columns.LABELS)
