"""Addresses of the exchange on their page: who may set them, what is refused, and whether they answer."""

import socket

import pytest

from saduak.circulars.exchange_probe import probe
from saduak.circulars.models import ExchangeAddress
from saduak.journal.models import Entry
from saduak.saraban.exchange import TransportFailed

PAGE = "/circulars/exchange/address/"


@pytest.fixture
def boxes(settings, tmp_path):
    settings.EXCHANGE_FOLDER = tmp_path / "boxes"
    settings.EXCHANGE_FOLDER.mkdir()
    return settings.EXCHANGE_FOLDER


def test_the_operator_sets_changes_and_stops_an_address(world, sign_in, boxes):
    browser = sign_in(world.users["operator"])
    given = {"office": "TH-54", "side": "THEIRS", "carrier": "FOLDER", "place": str(boxes), "department": "15054"}
    tried = browser.post(PAGE, given | {"try": "1"})
    assert (tried.status_code, tried.context["answer"]["good"]) == (200, True)
    assert not ExchangeAddress.objects.exists()
    missing = browser.post(PAGE, given | {"place": str(boxes / "none"), "try": "1"})
    assert not missing.context["answer"]["good"]
    assert "none" in missing.content.decode()
    for wrong, field in (
        ({"office": "NONE"}, "office"),
        ({"place": "/etc"}, "place"),
        ({"place": f"{boxes}/../x"}, "place"),
        ({"carrier": "SOAP", "place": "ftp://x"}, "place"),
        ({"department": "a b"}, "department"),
    ):
        refused = browser.post(PAGE, given | wrong)
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])
    assert browser.post(PAGE, given).status_code == 302
    # A gateway that does not answer is kept all the same, and that it does not is said.
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        gateway = f"http://127.0.0.1:{free.getsockname()[1]}/x"
    done = browser.post(PAGE, given | {"carrier": "SOAP", "place": gateway, "department": "15055"}, follow=True)
    assert "127.0.0.1" in done.content.decode()
    address = ExchangeAddress.objects.get()
    assert (address.carrier, address.place, address.department) == ("SOAP", gateway, "15055")
    assert browser.get(f"{PAGE}?office=TH-54").context["form"]["place"].value() == gateway
    assert browser.post("/circulars/exchange/TH-54/stop/").status_code == 302
    assert not ExchangeAddress.objects.get().active
    assert browser.post("/circulars/exchange/TH-55/stop/").status_code == 404
    assert browser.post("/circulars/exchange/retry/").status_code == 302
    events = list(
        Entry.objects.filter(event__startswith="exchange.").order_by("number").values_list("event", flat=True)
    )
    assert events == ["exchange.address_set", "exchange.address_set", "exchange.address_stopped"]


@pytest.mark.parametrize("name", ["officer", "auditor", "registrar_province", "stranger"])
def test_nobody_else_does(world, sign_in, boxes, name):
    browser = sign_in(world.users[name])
    assert browser.get(PAGE).status_code == 403
    given = {"office": "TH-54", "side": "THEIRS", "carrier": "FOLDER", "place": str(boxes), "department": "15054"}
    assert browser.post(PAGE, given).status_code == 403
    assert not ExchangeAddress.objects.exists()


def test_a_gateway_is_only_connected_to(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        probe("SOAP", f"http://127.0.0.1:{server.getsockname()[1]}/service")
        caller, _address = server.accept()
        with caller:
            caller.settimeout(2)
            assert caller.recv(10) == b""  # connected, nothing said
        with pytest.raises(TransportFailed) as failed:
            probe("SOAP", "http://127.0.0.1:0/")
    assert "127.0.0.1" in failed.value.english
    (tmp_path / "file").write_text("x")
    with pytest.raises(TransportFailed):
        probe("FOLDER", str(tmp_path / "file"))
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
    probe("FOLDER", str(tmp_path))
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
