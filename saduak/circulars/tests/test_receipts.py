"""Receipts on paper, many at once: whole or not at all."""

from datetime import date

import pytest

from saduak.circulars import commands
from saduak.circulars.commands.paper_receipts import ReceiptRow
from saduak.circulars.models import Delivery, PaperReceipt
from saduak.circulars.queries.electronic import silent_on_paper
from saduak.circulars.tests.conftest import send
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete
from saduak.people import commands as people
from saduak.people.actor import system
from saduak.people.models import Kind

AT = clock.bangkok


@pytest.fixture
def letter(world, gecc):
    """To five offices without anybody in Saduak, and two that have a registrar or a stranger."""
    rows = [
        {"code": f"X{n}", "kind": Kind.LOCAL_BODY, "name_th": f"เทศบาลที่ {n}", "parent": "TH-5401"} for n in range(5)
    ]
    people.grow_tree(rows, by=system("set-up"), source="tests")
    with clock.at(AT(2021, 12, 21)):
        return send(commands.draft(gecc.code, by=world.officer), by=world.officer, selection={"kinds": ["LOCAL_BODY"]})


def _codes(letter) -> dict[str, str]:
    return dict(Delivery.objects.filter(circular=letter).values_list("organisation__code", "code"))


def test_receipts_are_entered_whole_or_not_at_all(world, letter):
    codes = _codes(letter)
    day = date(2021, 12, 23)
    good = [ReceiptRow(codes[f"X{n}"], day, "นายรับ", "12/2564") for n in range(3)]
    with clock.at(AT(2021, 12, 25)):
        bad = [
            ReceiptRow(codes["X3"], None, "นายรับ", ""),
            ReceiptRow(codes["X4"], date(2021, 12, 20), " ", ""),
            ReceiptRow(codes["L-540101"], day, "นายรับ", ""),  # has a registrar in Saduak
        ]
        with pytest.raises(NotComplete) as refused:
            commands.enter_receipts(letter.code, by=world.officer, rows=[*good, *bad])
        assert [one.where for one in refused.value.items] == [
            f"#id_received_on_{one.code}" for one in sorted(bad, key=lambda row: Delivery.objects.get(code=row.code).pk)
        ]
        assert not PaperReceipt.objects.exists()
        for nothing in ([], [ReceiptRow(codes["X3"], None, " ", "")], [ReceiptRow("D-NOWHERE", day, "x", "")]):
            with pytest.raises(NotComplete):
                commands.enter_receipts(letter.code, by=world.officer, rows=nothing)
        with pytest.raises((NotAllowed, letter.DoesNotExist)):
            commands.enter_receipts(letter.code, by=world.registrar_body, rows=good)
        # Those in which nobody can receive in Saduak; L-540101 has a registrar.
        silent = {one.organisation.code for one in silent_on_paper(letter)}
        assert silent == {*(f"X{n}" for n in range(5)), "L-550101"}
        assert commands.enter_receipts(letter.code, by=world.officer, rows=good) == 3
    assert set(Delivery.objects.filter(state="ON_PAPER").values_list("received_by", flat=True)) == {"นายรับ"}
    assert [one.organisation.code for one in silent_on_paper(letter, "ที่ 4")] == ["X4"]


def test_the_table_keeps_what_was_typed_and_says_each_wrong_row(world, letter, sign_in):
    codes, url = _codes(letter), f"/circulars/{letter.code}/receipts/"
    browser = sign_in(world.users["officer"])
    with clock.at(AT(2021, 12, 25)):
        assert codes["X0"] in browser.get(url).content.decode()
        rows = {"row": [codes["X0"], codes["X1"], codes["X2"]]}
        typed = {f"received_on_{codes['X0']}": "๒๓ ธ.ค. ๒๕๖๔", f"received_by_{codes['X0']}": "<b>นายรับ</b>"}
        for wrong in ("วันไหน", "26 ธ.ค. 2564", ""):
            page = browser.post(
                url, rows | typed | {f"received_on_{codes['X1']}": wrong, f"received_by_{codes['X1']}": "นายสอง"}
            )
            assert page.status_code == 422
            text = page.content.decode()
            assert "&lt;b&gt;นายรับ" in text
            assert f'href="#id_received_on_{codes["X1"]}"' in text
        assert not PaperReceipt.objects.exists()
        assert browser.post(url, rows).status_code == 422
        assert browser.post(url, rows | typed).status_code == 302
        assert PaperReceipt.objects.get().received_on == date(2021, 12, 23)
        assert codes["X0"] not in browser.get(url).content.decode()
        # Somebody else was faster: the row is named, and what was typed stays.
        commands.enter_receipt(codes["X1"], by=world.officer, received_on=date(2021, 12, 23), received_by="นายหนึ่ง")
        Delivery.objects.filter(code=codes["X1"]).update(state="RECEIVED", received_number=1)
        late = browser.post(
            url, rows | {f"received_on_{codes['X1']}": "24 ธ.ค. 2564", f"received_by_{codes['X1']}": "ก"}
        )
        assert late.status_code == 422
        assert sign_in(world.users["registrar_district"]).get(url).status_code in (403, 404)
