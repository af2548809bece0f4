"""A letter without a round, its numbered actions by hand, and what is taken over from a letter read in."""

import pytest
from django.urls import reverse
from django.utils import translation

from saduak.circulars import commands, printing
from saduak.circulars.commands.draft_actions import MOST, Wanted, title_of
from saduak.circulars.models import Circular, CircularAction
from saduak.circulars.queries import actions, boxes, links
from saduak.circulars.queries.readings import asked
from saduak.circulars.tests.conftest import hop, send, sign
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible

AT = clock.bangkok
TEXT = {"subject": "ขอความร่วมมือสำรวจอาคาร", "addressee": "นายอำเภอทุกแห่ง", "paragraphs": "ด้วยจังหวัดจะสำรวจอาคาร จึงขอให้ดำเนินการ ดังนี้"}  # fmt: skip
REPLY = Wanted(kind="REPLY", text="รายงานจำนวนอาคาร ภายในกำหนด", for_kinds=["DISTRICT", "LOCAL_BODY"])


def codes(circular: Circular) -> list[tuple[int, str]]:
    return [(one.number, one.title_th) for one in circular.actions.order_by("number")]


def test_a_letter_without_a_round_goes_its_whole_way(world):
    by = world.registrar_province
    with clock.at(AT(2022, 3, 1, 9)):
        draft = commands.draft_free(by=by)
        assert (draft.round, draft.subject, draft.prefix) == (None, "", "ทส 0123")
        commands.save_draft(draft.code, by=by, texts=TEXT)
        report = commands.add_action(draft.code, by=by, wanted=REPLY)
        note = commands.add_action(
            draft.code, by=by, wanted=Wanted(kind="TAKE_NOTE", text="ทราบผล", for_kinds=["DISTRICT"])
        )
        commands.change_action(
            draft.code, report.code, by=by,
            wanted=Wanted(kind="REPLY", text="รายงานจำนวนอาคาร", for_kinds=["LOCAL_BODY", "MINISTRY"], due_at=AT(2022, 4, 1)),
        )  # fmt: skip
        root = send(draft, by=by)
    report.refresh_from_db()
    assert report.for_kinds == ["LOCAL_BODY"]  # no ministry stands below a province
    assert printing.letter(root).startswith(b"%PDF")
    with clock.at(AT(2022, 3, 2, 9)):
        commands.receive(hop(root, world.district).code, by=world.registrar_district)
        below = commands.draft_forward(hop(root, world.district).code, by=world.registrar_district)
        assert (below.round, below.subject, below.root) == (None, root.subject, root)
        assert "ได้แจ้งเรื่อง ขอความร่วมมือสำรวจอาคาร นั้น" in below.paragraphs
        assert "๑ ชุด" in below.enclosures
        assert [one.code for one in below.actions.all()] == [report.code, note.code]
        with pytest.raises(NotPossible):
            commands.remove_action(below.code, report.code, by=world.registrar_district)
        own = commands.add_action(
            below.code, by=world.registrar_district, wanted=Wanted("OTHER", "ส่งภาพ", ["LOCAL_BODY"])
        )
        looser = Wanted(kind="OTHER", text="รายงาน", for_kinds=[], due_at=AT(2022, 5, 1))
        with pytest.raises(NotComplete) as refused:
            commands.change_action(below.code, report.code, by=world.registrar_district, wanted=looser)
        assert refused.value.items[0].where == "#id_due_at"
        send(below, by=world.registrar_district)
        commands.receive(hop(root, world.body).code, by=world.registrar_body)
        commands.reply(hop(root, world.body).code, report.code, by=world.coordinator, text="๑๒ หลัง")
        asked_of = {one.action.code: one.state.code for one in actions.of_actor(world.coordinator)}
        assert asked_of == {report.code: "DONE", own.code: "OPEN"}
        assert [one.title for one in boxes.waiting_for(world.coordinator)] == ["ส่งภาพ"]
        assert links.destination(root.link, world.officer)
    assert Entry.objects.filter(event="circular.drafted").count() == 2


def test_actions_are_ordered_and_taken_out_and_refused_with_every_reason(world, gecc):
    draft = commands.draft(gecc.code, by=world.officer)
    before = codes(draft)
    commands.move_action(draft.code, "A4", by=world.officer, up=True)
    commands.move_action(draft.code, "A1", by=world.officer, up=True)  # it is the first already
    assert [one.code for one in draft.actions.order_by("number")] == ["A1", "A2", "A4", "A3"]
    commands.remove_action(draft.code, "A2", by=world.officer)
    assert [number for number, _title in codes(draft)] == [1, 2, 3]
    assert len(before) == 4
    free = commands.draft_free(by=world.officer)
    wrong = Wanted(kind="APPLY", text=" ", for_kinds=["NONE"], opens_at=AT(2022, 3, 1), due_at=AT(2022, 2, 1))
    with pytest.raises(NotComplete) as refused:
        commands.add_action(free.code, by=world.officer, wanted=wrong)
    assert [one.where for one in refused.value.items] == ["#id_text", "#id_for_kinds", "#id_kind", "#id_due_at"]
    assert not free.actions.exists()
    for number in range(MOST):
        CircularAction.objects.create(circular=free, code=f"X{number}", number=number + 1, kind="REPLY", text="x")
    with pytest.raises(NotPossible):
        commands.add_action(free.code, by=world.officer, wanted=REPLY)
    with pytest.raises(Circular.DoesNotExist):
        commands.add_action(free.code, by=world.registrar_province, wanted=REPLY)
    sent = send(draft, by=world.officer)
    with pytest.raises(NotPossible):
        commands.remove_action(sent.code, "A1", by=world.officer)


def test_actions_of_a_letter_read_in_are_taken_over(world, reading):
    free = commands.draft_free(by=world.officer)
    place = next(place for place in range(len(reading.letters)) if len(asked(reading, place)) > 1)
    proposed = asked(reading, place)
    with pytest.raises(NotComplete):
        commands.take_actions(free.code, by=world.officer, reading_code=reading.code, place=place, numbers=[])
    with pytest.raises(NotComplete):
        commands.take_actions(free.code, by=world.officer, reading_code=reading.code, place=99, numbers=[1])
    numbers = [one.number for one in proposed]
    many = commands.take_actions(free.code, by=world.officer, reading_code=reading.code, place=place, numbers=numbers)
    taken = list(free.actions.all())
    assert (many, [one.text for one in taken]) == (len(proposed), [one.text for one in proposed])
    assert all(one.for_kinds and one.kind != "APPLY" for one in taken)
    due = next(one for one in proposed if one.due)
    assert next(one for one in taken if one.text == due.text).due_at == clock.bangkok(*map(int, due.due.split("-"))) + (
        AT(2022, 1, 2) - AT(2022, 1, 1)
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("รายงานผล", "รายงานผล"),
        ("ส่งรายชื่อผู้แทน  ภายใน", "ส่งรายชื่อผู้แทน ภายใน"),
        ("ก" * 60 + " " + "ข" * 60, "ก" * 60 + " …"),
        ("ก" * 300, "ก" * 100 + " …"),
    ],
)
def test_the_title_is_the_first_words(text, title):
    assert title_of(text) == title


def test_the_pages_keep_what_was_typed(world, gecc, reading, sign_in):
    browser = sign_in(world.users["officer"])
    begun = browser.post(reverse("circulars:new"), {"round": ""})
    draft = Circular.objects.get(round=None)
    edit = reverse("circulars:edit", args=[draft.code])
    assert begun["Location"] == edit
    form = {"choice": "children", "form": "EXTERNAL", "urgency": "", "subject": "<b>เรื่อง</b>"}
    add = browser.post(edit, form | {"add": "1"})
    assert add["Location"] == reverse("circulars:add_action", args=[draft.code])
    draft.refresh_from_db()
    assert draft.subject == "<b>เรื่อง</b>"
    with translation.override("en"):
        refused = browser.post(add["Location"], {"kind": "REPLY", "text": "", "due_at": "2022-01-05T00:00"})
    assert refused.status_code == 422
    assert "2022-01-05T00:00" in refused.content.decode()
    for text in ("ข้อแรก", "ข้อสอง"):
        kept = browser.post(add["Location"], {"kind": "REPLY", "text": text, "for_kinds": ["PROVINCE"]})
        assert kept.status_code == 302
    first, second = draft.actions.order_by("number")
    form |= {f"text_{one.code}": one.text for one in (first, second)}
    browser.post(edit, form | {"down": first.code, f"text_{first.code}": "ข้อแรก แก้ไข"})
    assert codes(draft) == [(1, "ข้อสอง"), (2, "ข้อแรก")]
    first.refresh_from_db()
    assert first.text == "ข้อแรก แก้ไข"
    assert browser.post(edit, form | {"change": first.code}).status_code == 302
    assert browser.post(edit, form | {"change": "a/b"}).status_code == 404
    assert browser.get(reverse("circulars:change_action", args=[draft.code, first.code])).status_code == 200
    assert browser.get(reverse("circulars:change_action", args=[draft.code, "ZZ"])).status_code == 404
    browser.post(edit, form | {"remove": second.code})
    assert browser.post(edit, form | {"remove": second.code}).status_code == 302
    assert draft.actions.count() == 1
    take = reverse("circulars:take_actions", args=[draft.code])
    page = browser.get(take).content.decode()
    assert reading.code in page
    place = next(place for place in range(len(reading.letters)) if asked(reading, place))
    taken = browser.post(take, {"letter": f"{reading.code}:{place}", "numbers": ["1"]})
    assert taken["Location"] == edit
    assert draft.actions.count() == 2
    assert browser.post(take, {"letter": f"{reading.code}:{place}"}).status_code == 422
    sign(draft, by=world.officer)
    assert sign_in(world.users["registrar_province"]).get(edit).status_code == 404


def test_who_signs_for_another_is_printed_so_and_each_copy_names_its_own_head(world):
    by = world.registrar_province
    draft = sign(commands.draft_free(by=by), by=by)
    acting = {"acting": "ON_BEHALF", "position": "รองผู้ว่าราชการจังหวัด", "address_each": "1"}
    commands.save_draft(draft.code, by=by, texts=TEXT | acting)
    with pytest.raises(NotComplete) as refused:
        commands.issue(draft.code, by=by)
    assert [one.where for one in refused.value.items] == ["#id_acting_for"]
    with pytest.raises(NotComplete):
        commands.save_draft(draft.code, by=by, texts={"acting": "SOMEHOW"})
    commands.save_draft(
        draft.code, by=by, texts={"acting_for": "ผู้ว่าราชการจังหวัดแพร่"}, selection={"kinds": ["DISTRICT", "LOCAL_BODY"]}
    )
    commands.issue(draft.code, by=by)
    sent = Circular.objects.get(pk=draft.pk)
    data = printing.letter_data(sent, world.body)
    assert data["signatory"]["position"] == ["รองผู้ว่าราชการจังหวัด", "ปฏิบัติราชการแทน ผู้ว่าราชการจังหวัดแพร่"]
    assert data["addressee"] == world.body.name_th
    assert printing.letter_data(sent)["addressee"] == TEXT["addressee"]


def test_dots_that_nobody_filled_in_do_not_leave(world):
    by = world.registrar_province
    draft = commands.draft_free(by=by)
    assert draft.address_each  # every copy names its own reader until the registrar writes one address for all
    texts = {**TEXT, "addressee": "……………", "paragraphs": "สอบถาม โทร. ........ ภายในเวลา 8.30-16.30 น. ฯลฯ..."}
    commands.save_draft(draft.code, by=by, texts=texts)
    action = commands.add_action(draft.code, by=by, wanted=Wanted("REPLY", "รายงานภายในวันที่ . . . . . .", ["DISTRICT"]))
    sign(draft, by=by)
    with pytest.raises(NotComplete) as refused:
        commands.issue(draft.code, by=by)
    assert [one.where for one in refused.value.items] == [
        "#id_addressee",
        "#id_paragraphs",
        f"#id_action_{action.code}",
    ]
    commands.save_draft(draft.code, by=by, texts=TEXT, asked={action.code: "รายงานภายใน 3 วัน... และ 5 วัน"})
    assert commands.issue(draft.code, by=by).number
