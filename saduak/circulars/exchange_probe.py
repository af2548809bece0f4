"""Does an address of the exchange answer? Nothing is sent and nothing is taken off a queue."""

import os
import secrets
import socket
import ssl
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from saduak.circulars.models import Carrier
from saduak.saraban.exchange import TransportFailed

SECONDS = 6.0


def probe(carrier: str, place: str) -> None:
    """Write into the shared folder and take that away again, or connect to the gateway. Raises TransportFailed saying why not."""
    if carrier == Carrier.FOLDER:
        _folder(Path(place))
    else:
        _gateway(place)


def _folder(root: Path) -> None:
    if not root.is_dir():
        raise TransportFailed(
            f"ไม่พบโฟลเดอร์ {root} ในเครื่องแม่ข่าย", f"There is no folder {root} on the server.", again=True, code="folder"
        )
    trial = root / f".{secrets.token_hex(8)}.part"
    try:
        trial.write_bytes(b"saduak")
        os.replace(trial, trial)
    except OSError as error:
        raise TransportFailed(
            f"ระบบเขียนในโฟลเดอร์ {root} ไม่ได้ ({error.strerror}) โปรดตรวจสิทธิ์ของโฟลเดอร์",
            f"Saduak cannot write into the folder {root} ({error.strerror}). Please look at its permissions.",
            again=True, code="folder",
        ) from error  # fmt: skip
    finally:
        with suppress(OSError):
            trial.unlink(missing_ok=True)


def _gateway(url: str) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        with socket.create_connection((host, port), timeout=SECONDS) as connection:
            if parts.scheme == "https":
                with ssl.create_default_context().wrap_socket(connection, server_hostname=host):
                    pass
    except ssl.SSLError as error:
        raise TransportFailed(
            f"เครื่อง {host} ตอบ แต่ใบรับรองของเครื่องใช้ไม่ได้ ({error.reason})",
            f"{host} answers, but its certificate cannot be trusted ({error.reason}).",
            again=True, code="certificate",
        ) from error  # fmt: skip
    except (OSError, ValueError) as error:
        raise TransportFailed(
            f"ติดต่อ {host} ไม่ได้ ({str(error)[:120]}) โปรดตรวจที่อยู่และเครือข่าย",
            f"{host} does not answer ({str(error)[:120]}). Please look at the address and the network.",
            again=True, code="gateway",
        ) from error  # fmt: skip
