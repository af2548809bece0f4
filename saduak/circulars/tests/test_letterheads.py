"""The letterhead of an office: on its letters from the day it was set, never on those that had left."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from saduak.circulars import commands, printing
from saduak.circulars.models import Letterhead
from saduak.circulars.queries.letterheads import letterhead
from saduak.circulars.tests.conftest import send
from saduak.files import serving
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete

AT = clock.bangkok


def picture(kind: str = "PNG", name: str = "emblem.png") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (80, 80), "navy").save(content, kind)
    return SimpleUploadedFile(name, content.getvalue())


def test_letters_bear_the_letterhead_of_their_day(world, root):
    with clock.at(AT(2021, 12, 22)):
        commands.set_letterhead(
            world.secretariat, by=world.officer, name_lines="สปน.  ใหม่\n\nถนน<b>", contact="โทร. 0 2555 0100", emblem=picture()
        )  # fmt: skip
    with clock.at(AT(2021, 12, 23)):
        draft = commands.draft("GECC-2565", by=world.officer)
        assert draft.contact == "โทร. 0 2555 0100"
        newer = send(draft, by=world.officer)
    assert printing.letter_data(root)["agency"][0] == world.secretariat.name_th
    assert printing.emblem(printing.head_of(root)) == {}
    assert printing.letter_data(newer)["agency"] == ["สปน. ใหม่", "ถนน<b>"]
    plain, adorned = printing.letter(root), printing.letter(newer)
    assert b"/Subtype /Image" not in plain.replace(b"/Subtype/Image", b"/Subtype /Image")
    assert b"/Subtype /Image" in adorned.replace(b"/Subtype/Image", b"/Subtype /Image")
    with clock.at(AT(2021, 12, 24)):
        kept = commands.set_letterhead(world.secretariat, by=world.officer, name_lines="", contact="")
        assert kept.emblem is not None
        bare = commands.set_letterhead(
            world.secretariat, by=world.officer, name_lines="", contact="", keep_emblem=False
        )
    assert (bare.emblem, letterhead(world.secretariat, AT(2021, 12, 23)).name_lines) == (None, "สปน. ใหม่\nถนน<b>")
    assert Entry.objects.filter(event="circular.letterhead_set").count() == 3


def test_what_is_no_picture_is_refused_and_nothing_is_kept(world):
    text = SimpleUploadedFile("emblem.txt", "ตรา".encode())
    for given in ({"emblem": text}, {"name_lines": "ก" * 121}, {"contact": "ก\n" * 7}):
        with pytest.raises(NotComplete):
            commands.set_letterhead(
                world.province, by=world.registrar_province, **({"name_lines": "", "contact": ""} | given)
            )
    for stranger in (world.registrar_district, world.officer, world.coordinator, world.observer_province):
        with pytest.raises(NotAllowed):
            commands.set_letterhead(world.province, by=stranger, name_lines="", contact="", emblem=picture())
    assert not Letterhead.objects.exists()


def test_the_page_of_the_letterhead(world, sign_in):
    browser = sign_in(world.users["registrar_province"])
    page, shown = reverse("circulars:letterhead"), reverse("circulars:letterhead_emblem")
    assert browser.get(page).status_code == 200
    assert browser.get(shown).status_code == 404
    broken = browser.post(page, {"name_lines": "จังหวัดแพร่", "emblem": SimpleUploadedFile("a.png", b"no picture")})
    assert broken.status_code == 422
    assert "จังหวัดแพร่" in broken.content.decode()
    kept = browser.post(page, {"name_lines": "จังหวัดแพร่\nถนนไชยบูรณ์", "emblem": picture("JPEG", "a.jpg")})
    assert kept["Location"] == page
    assert browser.get(shown)["Content-Type"] == "image/jpeg"
    assert serving.content(letterhead(world.province).emblem)
    assert browser.get(reverse("circulars:letterhead_sample")).content.startswith(b"%PDF")
    browser.post(page, {"name_lines": "", "without": "on"})
    assert browser.get(shown).status_code == 404
    assert sign_in(world.users["coordinator"]).get(page).status_code == 403
