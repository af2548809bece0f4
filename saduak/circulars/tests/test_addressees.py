"""Choosing addressees: over the tree by kind, level, area, list and facts, with exceptions; and what it comes to."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from saduak.applications import commands as applications
from saduak.applications.models import Application
from saduak.certificates import commands as certificates
from saduak.circulars import commands
from saduak.circulars.models import Circular, SoughtName
from saduak.circulars.queries.addressees import chosen, where_ending
from saduak.circulars.queries.feasibility import feasibility
from saduak.circulars.queries.named import StillSought, as_lines, named
from saduak.circulars.queries.preview import preview
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete
from saduak.packs import commands as packs
from saduak.people import commands as people
from saduak.people.actor import system
from saduak.people.models import Kind, Organisation
from saduak.rounds import commands as rounds

MORE = [
    ("L-540102", "องค์การบริหารส่วนตำบลป่าแดง", "TH-5401", "54", "5401"),
    ("L-550102", "องค์การบริหารส่วนตำบลป่าแดง", "TH-5501", "55", "5501"),
    ("L-540199", "เทศบาลเมืองแพร่ใต้", "TH-54", "54", "5401"),  # directly below the province
]


@pytest.fixture
def tree(world):
    rows = [
        {"code": code, "name_th": name, "kind": Kind.LOCAL_BODY, "parent": parent, "province_code": p, "district_code": d}
        for code, name, parent, p, d in MORE
    ]  # fmt: skip
    # An office of another ministry that stands in Phrae, outside the province's line of command.
    rows += [
        {"code": "MOPH", "name_th": "กระทรวงสาธารณสุข", "kind": Kind.MINISTRY, "parent": "OPM"},
        {"code": "H-54", "name_th": "สำนักงานสาธารณสุขแพร่", "kind": Kind.DEPARTMENT, "parent": "MOPH", "province_code": "54"},
    ]  # fmt: skip
    people.grow_tree(rows, by=system("test"), source="test")
    return world


BODIES = {"L-540101", "L-550101", "L-540102", "L-550102", "L-540199"}
CHOICES = [
    ({"children": True}, {"MOI", "MOPH"}),
    ({"kinds": ["LOCAL_BODY"]}, BODIES),
    ({"levels": ["2"]}, {"DLA", "H-54"}),
    ({"levels": ["4"], "kinds": ["LOCAL_BODY"]}, {"L-540199"}),
    ({"levels": ["4"]}, {"TH-5401", "TH-5501", "L-540199"}),
    ({}, set()),
    ({"kinds": ["LOCAL_BODY"], "within": "แพร่"}, {"L-540101", "L-540102", "L-540199"}),
    ({"kinds": ["LOCAL_BODY", "DEPARTMENT"], "within": "อำเภอเมืองน่าน\nMOPH"}, {"L-550101", "L-550102", "H-54"}),
    ({"kinds": ["DEPARTMENT"], "within": "TH-54"}, {"H-54"}),
    ({"kinds": ["LOCAL_BODY"], "except": "จังหวัดแพร่"}, {"L-550101", "L-550102"}),
    ({"children": True, "except": "MOI, MOPH"}, set()),
    ({"list": "1. ผู้ว่าราชการจังหวัดแพร่\r\n๒) นายอำเภอเมืองน่าน\n\n"}, {"TH-54", "TH-5501"}),
    ({"list": "th-54 TH-55;L-540101"}, {"TH-54", "TH-55", "L-540101"}),
    ({"list": "๑\tTH-54\tจังหวัดแพร่\n2\tอบต.ป่าแดง\tอำเภอเมืองน่าน"}, {"TH-54", "L-550102"}),
    ({"list": "จังหวัดแพร่\nจังหวัดแพร่\nTH-54"}, {"TH-54"}),
    ({"codes": "TH-54"}, {"TH-54"}),
]
WRONG = [
    ("อบต.ป่าแดง", "several offices", "L-550102"),
    ("เทศบาลตำบลทดสอบไต้", "Do you mean", "L-540101"),
    ("ทุกจังหวัด", "many offices", ""),
    ("OPM", "does not stand below", ""),
    ("<b>xyz</b>", "is not known", "<b>xyz</b>"),
]


def codes(found) -> set[str]:
    return set(found.values_list("code", flat=True))


def test_the_tree_is_chosen_from_by_kind_level_area_and_list(tree):
    for selection, wanted in CHOICES:
        assert codes(chosen(tree.secretariat, selection)) == wanted, selection
    with translation.override("en"):
        for line, words, code in WRONG:
            for field in ("list", "except"):
                with pytest.raises(NotComplete) as refused:
                    codes(chosen(tree.secretariat, {"list": "TH-54", field: f"TH-54\n{line}"}))
                (item,) = refused.value.items
                assert (item.where, item.label.startswith("Line 2: ")) == (f"#id_{field}", True)
                assert words in item.label
                assert code in item.label
    # The very name that two offices bear is one below an office that has only one of them.
    assert [one.code for one in named(tree.other_province, "อบต.ป่าแดง", field="list")] == ["L-550102"]
    with pytest.raises(NotComplete):
        codes(chosen(tree.province, {"list": "L-550102"}))
    with pytest.raises(NotComplete) as refused:
        named(tree.secretariat, "ไม่มี\n" * 500, field="list")
    assert len(refused.value.items) == 51


def test_it_is_chosen_by_applications_and_certificates(tree, gecc, sign_in):
    with clock.at(clock.bangkok(2022, 2, 1, 10)):
        number = applications.start(gecc.code, tree.centre.code, by=tree.coordinator).number
        packs.publish(settings.PACKS, "gecc/rounds/2562", by=system("set-up"))
        rounds.open_round("gecc/rounds/2562", by=tree.officer)
        certificates.enter_earlier(
            "GECC-2562", tree.other_centre.code, by=tree.officer, level="basic", valid_from=date(2019, 9, 12)
        )
    drafted = {"kinds": ["LOCAL_BODY"], "round": gecc.code, "applied": "yes"}
    assert not chosen(tree.secretariat, drafted).exists()  # a draft is not yet handed in
    Application.objects.filter(number=number).update(state="SUBMITTED", submitted_at=clock.now())
    everybody = {"kinds": ["LOCAL_BODY", "PROVINCE"], "round": gecc.code}
    assert codes(chosen(tree.secretariat, everybody | {"applied": "yes"})) == {"L-540101", "TH-54"}
    assert codes(chosen(tree.secretariat, everybody | {"applied": "no"})) == (BODIES | {"TH-55"}) - {"L-540101"}
    assert not chosen(tree.other_province, everybody | {"applied": "yes"}).exists()
    with pytest.raises(NotComplete):
        chosen(tree.secretariat, {"kinds": ["PROVINCE"], "applied": "yes", "round": "NONE"})
    ending = {"kinds": ["LOCAL_BODY", "DISTRICT"], "certificate": "2565"}
    assert codes(chosen(tree.secretariat, ending)) == {"L-550101", "TH-5501"}
    assert not chosen(tree.secretariat, ending | {"certificate": "2568"}).exists()
    assert not chosen(tree.province, ending).exists()
    # Those who ask to write to them get the bodies of the centres as addressees, and their draft is worded at once.
    assert where_ending(tree.secretariat, 2565) == {"kinds": ["LOCAL_BODY"], "certificate": "2565"}
    assert where_ending(tree.secretariat, 2568) == where_ending(tree.province, 2565) == {}
    browser = sign_in(tree.users["officer"])
    asked = reverse("circulars:new") + "?certificate="
    for year, known in (("2565", True), ("2568", False), ("2565; x", False)):
        page = browser.get(asked + year).context
        assert (page["form"]["certificate"].value() == "2565", page.get("reach") is not None) == (known, known)
    made = browser.post(asked + "2565", {"round": gecc.code, "certificate": "2565"})
    assert Circular.objects.get(code=made.url.split("/")[-3]).selection == {
        "kinds": ["LOCAL_BODY"],
        "certificate": "2565",
    }


def test_what_it_comes_to_is_counted_in_few_queries(tree, django_assert_num_queries):
    with django_assert_num_queries(4):
        found = preview(chosen(tree.secretariat, {"kinds": ["LOCAL_BODY", "PROVINCE"]}))
    assert (found.count, [one["value"] for one in found.kinds]) == (7, [2, 5])
    # The bodies of Nan, and two of Phrae, have no registrar; nor has the province of Nan.
    assert found.on_paper == 5
    assert ("เทศบาลตำบลทดสอบใต้", "จังหวัดแพร่") in found.sample
    assert preview(Organisation.objects.none()).count == 0


def test_a_sheet_becomes_a_list():
    rows = [["ลำดับ", "รหัส", "ชื่อหน่วยงาน"], ["1", "TH-54", "จังหวัดแพร่"], ["", "", ""], ["2", "", "จังหวัดน่าน"]]
    assert as_lines(rows) == "1\tTH-54\tจังหวัดแพร่\n2\tจังหวัดน่าน"
    assert as_lines([["จังหวัดแพร่"]]) == "จังหวัดแพร่"


def test_every_level_counts_with_its_real_depth(tree, gecc):
    with clock.at(clock.bangkok(2021, 12, 21, 9)):
        draft = commands.draft(gecc.code, by=tree.officer)
        (survey,) = [one for one in feasibility(draft, [tree.ministry.pk]) if one.number == 4]
        direct = feasibility(draft, [one.pk for one in chosen(tree.secretariat, {"kinds": ["LOCAL_BODY"]})])
    # One body is directly below the province: the level still counts with the longest way, that of the others.
    levels = [(one.kind, one.many, one.needed, one.level and one.level.days) for one in survey.places]
    assert levels == [
        ("MINISTRY", 1, 0, 4), ("DEPARTMENT", 1, 4, 4), ("PROVINCE", 2, 8, 4), ("DISTRICT", 2, 12, 4),
        ("LOCAL_BODY", 1, 12, None), ("LOCAL_BODY", 4, 16, None),
    ]  # fmt: skip
    assert survey.places[0].asked is False
    assert (survey.needed, survey.left) == (16, survey.available - 16)
    # Sent to the bodies themselves nobody has to pass it on.
    assert {(one.needed, tuple(one.levels)) for one in direct} == {(0, ())}
    (names,) = [one for one in direct if one.number == 1] or [None]
    assert names is None or names.places == []


def test_the_earliest_date_that_works_is_taken_with_one_click(tree, gecc, sign_in):
    browser = sign_in(tree.users["officer"])
    with clock.at(clock.bangkok(2021, 12, 21, 9)):
        draft = commands.draft(gecc.code, by=tree.officer)
        names = next(one for one in feasibility(draft, [tree.ministry.pk]) if one.number == 1)
        assert (names.tone, names.left) == ("bad", -1)
        url = reverse("circulars:later", args=[draft.code, names.code])
        page = browser.get(reverse("circulars:check", args=[draft.code]))
        assert url in page.content.decode()
        answer = browser.post(url, {"due": names.earliest.isoformat()})
        assert answer.status_code == 302
        names = next(one for one in feasibility(draft, [tree.ministry.pk]) if one.number == 1)
        assert (names.left, names.tone, names.earliest) == (4, "good", None)
        # A letter that had left on the day named would have been in time for the date as it stood.
        assert browser.post(url, {"due": "soon"}).status_code == 422
        assert browser.post(url.replace("/A1/", "/ZZ/"), {"due": "2022-01-10"}).status_code == 404
        apply = next(one for one in feasibility(draft, [tree.body.pk, tree.ministry.pk]) if one.number == 2)
        assert apply.bound == "round"


def test_the_page_counts_before_anything_is_kept(tree, gecc, sign_in):
    browser = sign_in(tree.users["officer"])
    draft = commands.draft(gecc.code, by=tree.officer)
    url = reverse("circulars:reach", args=[draft.code])
    form = {"choice": "kinds", "kinds": ["PROVINCE"], "except": "น่าน\nจังหวัดน่าน"}
    told = browser.post(url, form, HTTP_ACCEPT_LANGUAGE="th").content.decode()
    assert "จังหวัดแพร่" not in told
    assert "บรรทัดที่ 1" in told
    told = browser.post(url, form | {"except": "จังหวัดน่าน"}).content.decode()
    assert "จังหวัดแพร่" in told
    draft.refresh_from_db()
    assert draft.selection == {"children": True}
    book = io.BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for at, name in enumerate(["ชื่อหน่วยงาน", "นายอำเภอเมืองแพร่", "=HYPERLINK(1)"]):
            sheet.write_string(at, 0, name)
    edit = reverse("circulars:edit", args=[draft.code])
    whole = {"choice": "list", "list": "TH-55", "form": "EXTERNAL", "urgency": "", "count": "1"}
    whole |= {f"text_{one.code}": one.text for one in draft.actions.all()}
    upload = SimpleUploadedFile("list.xlsx", book.getvalue())
    assert browser.post(edit, whole | {"list_file": upload}).status_code == 302
    draft.refresh_from_db()
    assert draft.selection == {"list": "TH-55\nนายอำเภอเมืองแพร่\n=HYPERLINK(1)"}
    page = browser.get(edit).content.decode()
    assert "=HYPERLINK(1)" in page
    broken = SimpleUploadedFile("list.xlsx", b"PK\x03\x04broken")
    refused = browser.post(edit, whole | {"list_file": broken})
    assert "TH-55" in refused.content.decode()
    draft.refresh_from_db()
    assert "HYPERLINK" in draft.selection["list"]
    assert sign_in(tree.users["stranger"]).post(url, form).status_code == 404


def test_a_long_list_of_names_is_looked_for_in_turns(tree, sign_in, monkeypatch):
    """Hundreds of names that no office bears exactly: each is looked for once, and all get their suggestions."""
    monkeypatch.setattr("saduak.circulars.queries.named.MOST_SOUGHT", 20)
    names = [f"อบต.ไม่มีจริง {number}" for number in range(40)] + ["อบต.ป่าแดง อ.เมืองแพร่", "อบต.ป่าแดง"]
    circular = commands.draft_free(by=tree.officer)
    choice = {"list": "\n".join(names)}
    with pytest.raises(StillSought) as first:
        chosen(tree.secretariat, choice)
    assert (first.value.done, first.value.whole) == (0, 41)  # one is told by the district that stands beside it
    assert commands.seek(circular, choice, by=tree.officer, seconds=0) == 41
    assert commands.seek(circular, choice, by=tree.officer) == 0
    assert commands.seek(circular, choice, by=tree.officer) == 0
    assert SoughtName.objects.count() == 41
    with pytest.raises(NotComplete) as told:
        chosen(tree.secretariat, choice)
    assert len(told.value.items) == 41
    assert "L-540102" in str(told.value.items[-1].label)  # the name of several offices: which, with their codes
    with pytest.raises(NotAllowed):
        commands.seek(circular, choice, by=tree.registrar_province)
    # On the page: saving and counting takes a turn, and the count goes on by itself where there is JavaScript.
    SoughtName.objects.all().delete()
    browser, where = sign_in(tree.users["officer"]), f"/circulars/{circular.code}/"
    commands.save_draft(circular.code, by=tree.officer, texts={}, selection=choice)
    assert 'hx-trigger="load' in browser.get(f"{where}edit/").content.decode()  # looking at it keeps nothing
    assert not SoughtName.objects.exists()
    page = browser.post(
        f"{where}reach/", {"choice": "list", "list": choice["list"], "form": "EXTERNAL"}
    ).content.decode()
    assert "L-540102" in page or "41" in page
    assert 'hx-trigger="load' not in page
    assert SoughtName.objects.count() == 41
