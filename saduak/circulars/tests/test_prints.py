"""Letters for the printer: set in parts, taken up after an interruption, fetched by those who may, cleared away."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from saduak.circulars import commands, jobs, print_files
from saduak.circulars.models import PrintRun
from saduak.circulars.tests.conftest import SENDING, send
from saduak.documents import batches
from saduak.documents.typesetting import TypesettingFailed
from saduak.files.models import blobs
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.people import commands as people
from saduak.people.actor import system
from saduak.people.models import Kind

AT = clock.bangkok
NOW = AT(2021, 12, 21, 10)


@pytest.fixture
def letter(world, gecc, monkeypatch):
    """A letter to seven offices; three are set at a time."""
    monkeypatch.setattr(batches, "MOST", 3)
    rows = [
        {"code": f"X{n}", "kind": Kind.LOCAL_BODY, "name_th": f"เทศบาลที่ {n}/<ข>..", "parent": "TH-5401"}
        for n in range(5)
    ]
    people.grow_tree(rows, by=system("set-up"), source="tests")
    with clock.at(AT(2021, 12, 21)):
        return send(commands.draft(gecc.code, by=world.officer), by=world.officer, selection={"kinds": ["LOCAL_BODY"]})


def _order(letter, world, form="ZIP") -> PrintRun:
    return jobs.order_prints(letter.code, by=world.officer, form=form)


def test_every_addressee_has_one_letter_in_the_zip_also_after_a_worker_was_killed(world, letter):
    with clock.at(NOW):
        run = _order(letter, world)
        assert _order(letter, world) == run  # a second click orders nothing
        # A worker sets two parts, and is killed when the second lies there but is not yet counted.
        name, starts = print_files.set_part(run)
        assert commands.keep_part(run.code, by=SENDING, after=0, name=name, starts=starts)
        run.refresh_from_db()
        print_files.set_part(run)
        assert jobs.resume_prints() == 0
    with clock.at(NOW + timedelta(minutes=4)):
        assert jobs.resume_prints() == 1
        late = print_files.set_part(run)  # one that was thought dead comes back late: its part is not counted twice
        assert jobs.set_prints.func(run.code) == 2
        assert not commands.keep_part(run.code, by=SENDING, after=3, name=late[0], starts=late[1])
        assert jobs.set_prints.func(run.code) == 0
        assert _order(letter, world) == run  # ready: nothing is set anew
    run.refresh_from_db()
    assert (run.state, run.done, run.total) == ("READY", 7, 7)
    with blobs().open(run.file) as kept, zipfile.ZipFile(kept) as archive:
        names = archive.namelist()
        assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, 8)]
        assert all("/" not in name and name.endswith(".pdf") for name in names)
        texts = [PdfReader(BytesIO(archive.read(name))).pages[0].extract_text() for name in names]
    found = sorted(word.split("ฉบับของ ")[1].split("\n")[0] for word in texts)
    assert len(set(found)) == 7


def test_one_pdf_for_both_sides_and_several_when_they_are_many(world, letter, monkeypatch):
    with clock.at(NOW):
        runs = {form: _order(letter, world, form) for form in ("PDF", "DUPLEX")}
        for run in runs.values():
            jobs.set_prints.func(run.code)
            run.refresh_from_db()
        pages = {}
        for form, run in runs.items():
            with blobs().open(run.file) as kept:
                pages[form] = len(PdfReader(BytesIO(kept.read())).pages)
        assert pages["PDF"] % 7 == 0
        assert pages["DUPLEX"] == 7 * (pages["PDF"] // 7 + pages["PDF"] // 7 % 2)
        monkeypatch.setattr(print_files, "MOST_JOINED", 4)
        name, _size = print_files.put_together(runs["PDF"])
        with blobs().open(name) as kept, zipfile.ZipFile(kept) as archive:
            assert archive.namelist() == ["0001-0006.pdf", "0007-0007.pdf"]


def test_who_orders_fetches_and_what_is_cleared_away(world, letter, sign_in):
    with clock.at(NOW):
        for other in (world.registrar_ministry, world.auditor):
            with pytest.raises((NotAllowed, letter.DoesNotExist)):
                commands.order_prints(letter.code, by=other, form="ZIP")
        with pytest.raises(NotComplete):
            commands.order_prints(letter.code, by=world.officer, form="FAX")
        draft = commands.draft("GECC-2565", by=world.officer)
        with pytest.raises(NotPossible):
            commands.order_prints(draft.code, by=world.officer, form="ZIP")
        with pytest.raises(NotAllowed):
            commands.keep_part("P-X", by=world.officer, after=0, name="x", starts=[0])
        browser = sign_in(world.users["officer"])
        url = f"/circulars/{letter.code}/prints/"
        assert browser.post(url, {"form": "FAX"}).status_code == 422
        assert browser.post(url, {"form": "ZIP"}).status_code == 302
        run = PrintRun.objects.get()
        assert "hx-trigger" in browser.get(f"{url}{run.code}/progress/").content.decode()
        assert browser.get(f"{url}{run.code}/file").status_code == 404
        jobs.set_prints.func(run.code)
        assert "hx-trigger" not in browser.get(url).content.decode()
        fetched = browser.get(f"{url}{run.code}/file")
        assert fetched["Content-Type"] == "application/zip"
        assert fetched["Content-Disposition"].startswith("attachment")
        assert len(zipfile.ZipFile(BytesIO(b"".join(fetched.streaming_content))).namelist()) == 7
        assert browser.get(f"{url}P-NONE/file").status_code == 404
        assert sign_in(world.users["registrar_district"]).get(url).status_code in (403, 404)
    with clock.at(NOW + timedelta(days=6)):
        assert jobs.clear_prints() == 0
    with clock.at(NOW + timedelta(days=8)):
        assert jobs.clear_prints() == 1
        assert blobs().listdir(run.folder)[1] == []
        assert _order(letter, world) != run


def test_a_letter_that_cannot_be_set_is_given_up_with_the_reason(world, letter, monkeypatch):
    def broken(*_args, **_options):
        raise TypesettingFailed("ไม่มีแบบอักษร")

    with clock.at(NOW):
        run = _order(letter, world)
        monkeypatch.setattr(batches, "set_letters", broken)
        assert jobs.set_prints.func(run.code) == 0
    run.refresh_from_db()
    assert (run.state, run.problem) == ("FAILED", "ไม่มีแบบอักษร")
