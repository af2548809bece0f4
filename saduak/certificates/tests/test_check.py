"""What anybody is told who checks a number or a paper. Fails closed: the register counts, whatever a paper says."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saduak.certificates import commands, credential, queries
from saduak.certificates.models import Certificate, PublishedKey
from saduak.certificates.tests.conftest import ISSUED, altered
from saduak.documents.configuration import SigningSettings
from saduak.documents.keys import load_signing_key, make_demonstration_key
from saduak.documents.payloads import sign_payload
from saduak.documents.signing import check_signature
from saduak.files.models import blobs
from saduak.kernel import clock
from saduak.kernel.refusals import NotPossible


def page(client, number: str, at=ISSUED):
    with clock.at(at):
        return client.get(f"/v/{number}/")


def test_valid_says_until_when_for_which_centre_and_level_in_both_languages(client, issued):
    answer = page(client, issued.number)
    text = answer.content.decode()
    assert answer.status_code == 200
    for told in ("28 สิงหาคม 2568", "28 August 2025", issued.centre_name_th, "เป็นเลิศ", "Excellent", issued.number):
        assert told in text
    assert "This certificate is valid" in text
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("typed"),
    ["gecc 2565 {}", "GECC-๒๕๖๕-{}", "gecc2565{}", "  GECC—2565—{} "],
    ids=["blanks", "thai", "joined", "dashes"],
)
def test_a_number_is_found_however_it_is_typed(client, issued, typed):
    answer = page(client, typed.format(issued.number.rpartition("-")[2].lower()))
    assert answer.status_code == 200
    assert issued.number in answer.content.decode()


def test_the_last_day_still_counts_and_the_next_does_not(issued):
    with clock.at(clock.bangkok(2025, 8, 28, 23, 59, 59)):
        assert queries.check(issued.number).code == "VALID"
    with clock.at(clock.bangkok(2025, 8, 29)):
        assert queries.check(issued.number).code == "EXPIRED"


def test_due_for_renewal_is_said_in_the_last_fiscal_year_only(client, issued, earlier_of_another):
    with clock.at(clock.bangkok(2024, 9, 30)):
        assert not queries.check(issued.number).due
    with clock.at(clock.bangkok(2024, 10, 1)):
        assert queries.check(issued.number).due
    with clock.at(ISSUED):
        assert queries.check(earlier_of_another.number).due
        assert [one.number for one in queries.due_in(2565)] == [earlier_of_another.number]
        assert [one.number for one in queries.due_in(2568)] == [issued.number]


@pytest.fixture
def earlier_of_another(world, gecc) -> Certificate:
    with clock.at(ISSUED):
        return commands.enter_earlier(
            "GECC-2562", world.other_centre.code, by=world.officer, level="basic", valid_from=date(2019, 9, 12)
        )


def test_every_outcome_is_told_apart_without_colour(client, world, issued, earlier_of_another):
    def told(number: str, at=ISSUED) -> tuple[str, str]:
        text = page(client, number, at).content.decode()
        return text.split('<h1 id="outcome">')[1].split("</h1>")[0], text.split('class="stroke" d="')[1].split('"')[0]

    seen = [told(issued.number), told(issued.number, clock.bangkok(2026, 1, 1)), told("GECC-2565-AAAAAA")]
    with clock.at(ISSUED):
        commands.suspend(issued.number, by=world.officer, reason="REVIEW", text="ตรวจสอบ")
    seen.append(told(issued.number))
    with clock.at(ISSUED):
        commands.revoke(issued.number, by=world.officer, reason="STANDARD", text="ไม่ผ่าน")
    seen.append(told(issued.number))
    assert len({headline for headline, _sign in seen}) == 5
    assert len({sign for _headline, sign in seen}) == 4  # unknown and revoked share the cross: neither counts


def test_not_ours_says_what_to_do_and_that_other_addresses_prove_nothing(client, gecc, settings):
    answer = page(client, "GECC-2565-ZZZZZZ")
    text = answer.content.decode()
    assert answer.status_code == 404
    assert "GECC-2565-ZZZZZZ" in text
    assert settings.BASE_URL.split("//")[1] in text
    assert "<script>alert" not in page(client, "<script>alert(1)<script>").content.decode()


def test_checking_asks_the_database_once_and_nobody_who_they_are(client, issued, world, sign_in):
    browser = sign_in(world.users["stranger"])
    for number in (issued.number, "GECC-2565-ZZZZZZ"):
        page(browser, number)
        with CaptureQueriesContext(connection) as asked:
            answer = page(browser, number)
        assert len(asked) == 1, [one["sql"][:150] for one in asked]
        assert "Set-Cookie" not in answer


def test_the_record_for_machines(client, issued):
    with clock.at(ISSUED):
        told = client.get(f"/v/{issued.number}.json")
        unknown = client.get("/v/GECC-2565-ZZZZZZ.json")
    record = told.json()
    assert record["outcome"] == "VALID"
    assert record["valid_to"] == "2025-08-28"
    assert record["centre"]["th"] == issued.centre_name_th
    assert told["Access-Control-Allow-Origin"] == "*"
    assert unknown.status_code == 404
    assert set(unknown.json()) == {"outcome", "number", "checked_at"}


def test_the_mark_says_when_it_no_longer_counts(client, world, issued):
    with clock.at(ISSUED):
        good = client.get(f"/v/{issued.number}/mark.svg")
        commands.revoke(issued.number, by=world.officer, reason="ERROR", text="ออกผิด")
        bad = client.get(f"/v/{issued.number}/mark.svg")
    assert good["Content-Type"].startswith("image/svg+xml")
    title = good.content.decode().split("<title>")[1].split("</title>")[0]
    assert "เป็นเลิศ" in title
    assert "demonstration" in title
    told = bad.content.decode().split("<title>")[1].split("</title>")[0]
    assert "เพิกถอน" in told
    assert "เป็นเลิศ" not in told
    assert "no-store" in good["Cache-Control"]


def scan(client, code: str) -> dict:
    with clock.at(ISSUED):
        return client.post("/v/check/", {"code": code}).json()


def link(certificate: Certificate, token: str | None = None) -> str:
    return f"https://saduak.example.go.th/v/{certificate.number}/#{token or certificate.credential}"


def test_a_genuine_code_agrees_with_the_register(client, issued):
    assert scan(client, link(issued))["code"] == "AGREES"
    assert scan(client, issued.credential)["code"] == "AGREES"
    assert scan(client, "\n " + issued.credential[:40] + "\n" + issued.credential[40:])["good"] is True


def test_an_altered_code_is_refused(client, issued):
    told = scan(client, link(issued, altered(issued.credential)))
    assert (told["code"], told["good"]) == ("altered", False)


def test_a_code_signed_by_somebody_else_is_refused(client, issued, tmp_path):
    make_demonstration_key(tmp_path / "forger")
    forger = load_signing_key(SigningSettings(folder=tmp_path / "forger"))
    token = sign_payload(
        {"n": issued.number, "c": "ก", "l": "เป็นเลิศ", "f": "2022-08-29", "t": "2032-08-28"}, key=forger
    )
    assert scan(client, link(issued, token))["code"] == "unknown_key"


def test_the_code_of_one_certificate_beside_the_link_of_another_is_refused(client, issued, earlier_of_another):
    assert scan(client, link(earlier_of_another, issued.credential))["code"] == "mismatch"


@pytest.mark.parametrize(
    "code", ["", "x", "a.b.c", "https://example.com/v/#", "ก" * 9000, "e30.e30.e30", "#" * 50, "[::1]#a.b.c"]
)
def test_what_is_no_code_is_said_to_be_none(client, gecc, code):
    assert scan(client, code)["code"] == "malformed"
    with clock.at(ISSUED):
        assert client.post("/v/", {"code": code}).status_code == 200


def test_the_old_code_of_a_revoked_certificate_proves_the_paper_but_the_record_wins(client, world, issued):
    with clock.at(ISSUED):
        commands.revoke(issued.number, by=world.officer, reason="UNTRUE", text="ข้อมูลเท็จ")
        answer = client.post("/v/", {"code": link(issued)})
    text = answer.content.decode()
    assert 'class="is-revoked"' in text
    assert "This certificate has been revoked" in text
    assert "The code on the paper is genuine" in text


def test_a_signed_code_that_the_register_does_not_know_cannot_be_relied_on(client, issued):
    key = credential.signing_key()
    content = {"n": "GECC-2565-ZZZZZZ", "c": "ก", "l": "ก", "f": "2022-08-29", "t": "2025-08-28"}
    told = scan(client, sign_payload(content, key=key, at=ISSUED))
    assert (told["code"], told["good"]) == ("MISSING", False)


def test_a_longer_term_than_the_registers_is_told(client, issued):
    key = credential.signing_key()
    content = {"n": issued.number, "c": issued.centre_name_th, "l": "เป็นเลิศ", "f": "2022-08-29", "t": "2032-08-28"}
    assert scan(client, sign_payload(content, key=key, at=ISSUED))["code"] == "DIFFERS"


def new_key(tmp_path, settings) -> None:
    """The operator puts a new key in place and forgets everything about the old one."""
    make_demonstration_key(tmp_path / "new")
    settings.SIGNING_KEY = str(tmp_path / "new" / "demonstration" / "key.pem")
    settings.SIGNING_CERT = str(tmp_path / "new" / "demonstration" / "chain.pem")


def test_what_an_old_key_signed_is_still_checked_after_the_keys_were_changed(
    client, world, issued, certified, tmp_path, settings
):
    new_key(tmp_path, settings)
    other = certified(world.other_centre)
    with clock.at(ISSUED):
        second = commands.issue(other.number, by=world.officer)
    assert second.key_id != issued.key_id
    assert scan(client, link(issued))["code"] == "AGREES"
    assert scan(client, link(second))["code"] == "AGREES"
    with blobs().open(issued.pdf.path) as content:
        assert check_signature(content.read(), keys=credential.keys_that_count()).valid
    with clock.at(ISSUED):
        published = client.get("/.well-known/saduak-keys.json").json()["keys"]
    assert {one["kid"] for one in published} == {issued.key_id, second.key_id}
    assert all(one["kty"] == "EC" and "d" not in one for one in published)


def test_a_stolen_key_proves_nothing_any_more_and_the_records_stay(
    client, world, issued, certified, tmp_path, settings
):
    with clock.at(ISSUED):
        commands.withdraw_key(issued.key_id, by=world.officer, text="กุญแจรั่วไหล")
    assert scan(client, link(issued))["code"] == "unknown_key"
    assert page(client, issued.number).status_code == 200
    with clock.at(ISSUED):
        assert client.get("/.well-known/saduak-keys.json").json()["keys"] == []
        other = certified(world.other_centre)
        with pytest.raises(NotPossible):
            commands.issue(other.number, by=world.officer)
        new_key(tmp_path, settings)
        assert commands.issue(other.number, by=world.officer).key_id != issued.key_id
    assert PublishedKey.objects.count() == 2


def test_typing_a_number_leads_to_its_page(client, issued):
    with clock.at(ISSUED):
        answer = client.get("/v/", {"number": f" {issued.number.lower()} "}, follow=True)
        assert client.get("/v/", {"number": "../../x/"}).status_code == 302
        empty = client.get("/v/")
    assert issued.number in answer.content.decode()
    assert empty.status_code == 200
    assert json.dumps(answer.redirect_chain)


def test_a_name_with_markup_stays_text_in_page_mark_and_paper(world, certified, client):
    hostile = '<b>ศูนย์</b> {{ x }} #import \u202e$x$ & "คำพูด"'
    world.centre.name_th = hostile
    world.centre.save()
    application = certified()
    with clock.at(ISSUED):
        issued = commands.issue(application.number, by=world.officer)
        for address in (
            f"/v/{issued.number}/",
            f"/v/{issued.number}/mark.svg",
            f"/register/{world.centre.code}/",
            "/register/",
        ):
            text = client.get(address).content.decode()
            assert "<b>ศูนย์" not in text, address
            assert "&lt;b&gt;" in text, address
        assert scan(client, link(issued))["code"] == "AGREES"
