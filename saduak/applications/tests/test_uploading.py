"""Files in pieces: begun, broken off, gone on with, put to use; each refused one with its own sentence."""

from pathlib import Path

import pytest
from django.conf import settings as house

from saduak.applications import queries
from saduak.applications.models import Evidence
from saduak.files.models import Incoming, StoredFile
from saduak.kernel import clock

WORDS = ("ศูนย์ราชการสะดวก\n" * 400).encode()


@pytest.fixture
def signed_in(draft, world, client):
    client.force_login(world.users["coordinator"])
    return client


def begin(client, number: str, name: str, length: int, **more):
    answer = client.post(f"/applications/{number}/uploads/", {"name": name, "length": length}, **more)
    return answer, answer.json() if answer.headers["Content-Type"] == "application/json" else {}


def send(client, url: str, offset: int, piece: bytes):
    return client.patch(
        url,
        piece,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": str(offset), "Accept": "application/json"},
    )


@pytest.mark.django_db
def test_pieces_become_evidence(draft, world, signed_in):
    answer, state = begin(signed_in, draft.number, "รายงาน.txt", len(WORDS))
    assert answer.status_code == 201
    url, half = state["url"], len(WORDS) // 2
    assert send(signed_in, url, 0, WORDS[:half]).json() == state | {"offset": half}
    behind = send(signed_in, url, 0, WORDS)  # sent again, because the answer was lost
    assert (behind.status_code, behind.json()) == (409, {"offset": half})
    assert signed_in.get(url).json()["offset"] == half
    assert send(signed_in, url, half, WORDS[half:]).json()["done"] is True
    assert signed_in.get(url).json()["done"] is True, "asked again it answers the same"
    form = f"/applications/{draft.number}/evidence/add/"
    assert "รายงาน.txt" in signed_in.get(form).text, "still there after the page was loaded anew"
    sent = signed_in.post(form, {"received": [state["id"]], "items": ["g-01"], "shows": "x"})
    assert sent.status_code == 302
    piece = Evidence.objects.get()
    assert (piece.title, piece.items, piece.stored.size) == ("รายงาน.txt", ["g-01"], len(WORDS))
    assert not Incoming.objects.exists()
    again = signed_in.post(form, {"received": [state["id"]]})
    assert again.status_code == 422
    assert "ไม่อยู่แล้ว" in again.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("โปรแกรม.txt", b"MZ\x90\x00" + b"\x00" * 100, "โปรแกรม"),
        ("ภาพ.jpg", WORDS, "ภาพ.jpg"),
    ],
)
def test_a_refused_file_has_its_sentence_and_leaves_nothing(draft, signed_in, name, content, said):
    _answer, state = begin(signed_in, draft.number, name, len(content))
    refused = send(signed_in, state["url"], 0, content)
    assert refused.status_code == 422
    assert said in refused.json()["message"]
    assert signed_in.get(state["url"]).status_code == 404
    assert not StoredFile.objects.exists()
    assert not list(Path(house.INCOMING).iterdir())


@pytest.mark.django_db
def test_what_cannot_come_is_said_before_a_byte_is_sent(draft, signed_in, settings):
    headers = {"headers": {"Accept": "application/json"}}
    for name, length, said in (
        ("ว่าง.txt", "0", "ว่าง.txt"),
        ("ใหญ่.pdf", str(settings.FILE_LIMIT_BYTES + 1), "20 MB"),
        ("x.txt", "-1", "ขนาด"),
        ("x.txt", "9" * 40, "ขนาด"),
    ):
        answer, content = begin(signed_in, draft.number, name, length, **headers)
        assert answer.status_code == 422
        assert said in content["message"]
    settings.EVIDENCE_QUOTA_BYTES = 3000
    assert begin(signed_in, draft.number, "a.txt", 2000)[0].status_code == 201
    answer, content = begin(signed_in, draft.number, "b.txt", 2000, **headers)
    assert answer.status_code == 422, "what is under way counts"
    assert "b.txt" in content["message"]


@pytest.mark.django_db
def test_nobody_else_goes_on_with_it(draft, world, signed_in):
    _answer, state = begin(signed_in, draft.number, "a.txt", len(WORDS))
    for person in ("stranger", "colleague", "officer"):
        signed_in.force_login(world.users[person])
        assert signed_in.get(state["url"]).status_code in (403, 404)
        assert send(signed_in, state["url"], 0, WORDS).status_code in (403, 404)
        assert signed_in.delete(state["url"]).status_code in (403, 404)
    signed_in.force_login(world.users["coordinator"])
    assert send(signed_in, state["url"], 0, b"x").status_code == 200
    assert signed_in.delete(state["url"]).status_code == 204
    assert signed_in.get(state["url"]).status_code == 404


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_a_broken_connection_loses_nothing(draft, world, client, live_server, browser, tmp_path):
    """Two files: the connection breaks in the middle of one, the other is refused; the form sends what has arrived."""
    clock.use(lambda: clock.bangkok(2022, 2, 1, 10))  # the server's thread does not see `clock.at`
    client.force_login(world.users["coordinator"])
    good, bad = tmp_path / "ยาว.txt", tmp_path / "เสีย.pdf"
    good.write_bytes(WORDS * 130)  # past two pieces
    bad.write_bytes(b"MZ" + b"\x00" * 50)
    broken = []

    def once(route):
        request = route.request
        if request.method == "PATCH" and request.headers.get("upload-offset") != "0" and not broken:
            broken.append(request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    try:
        page = browser.new_page()
        session = client.cookies[house.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": house.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page.route("**/uploads/**", once)
        page.goto(f"{live_server.url}/applications/{draft.number}/evidence/add/")
        page.set_input_files("input[name=uploads]", [str(good), str(bad)])
        page.wait_for_selector(".upload[data-state=broken]")
        page.wait_for_selector(".upload.is-wrong")
        assert "เสีย.pdf" in page.inner_text(".upload.is-wrong .upload-words")
        page.click(".upload.is-wrong button")
        page.click("form button[type=submit].button:not(.small)")
        page.wait_for_url(f"**/applications/{draft.number}/evidence/")
        page.close()
    finally:
        clock.use(None)
    assert broken
    pieces = queries.evidence(draft)
    assert [(one.stored.name, one.stored.size) for one in pieces] == [("ยาว.txt", len(WORDS) * 130)]
