"""Messages as files in folders that both sides can reach (a shared disk, or one kept alike by other software).

    ROOT/<office>/in        waits to be taken
    ROOT/<office>/done      was taken in
    ROOT/<office>/failed    could not be taken in, the reason beside it in a .txt

A message becomes visible by a rename, whole or not at all. Whoever takes one holds a lock on the file: the kernel frees it
when the process ends, however it ends, and the message comes again.
"""

import fcntl
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from saduak.saraban.exchange.codec import read, write
from saduak.saraban.exchange.model import Message
from saduak.saraban.exchange.transport import TransportFailed
from saduak.saraban.exchange.tree import MOST_BYTES, UnreadableMessage
from saduak.saraban.refusal import Unreadable

_OFFICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_STALE_SECONDS = 24 * 3600


class FolderTransport:
    """Carries messages through folders below `root`; `own` is the code of our office (no path, no dots)."""

    def __init__(self, root: Path | str, *, own: str) -> None:
        self.root = Path(root)
        self.own = own
        self._box(own)

    def send(self, message: Message, *, to: str) -> str:
        """Put the message into the office's folder; answers the name of the file. A known message is not sent again."""
        name = hashlib.sha256(message.id.encode("utf-8", "replace")).hexdigest()[:40] + ".xml"
        box = self._box(to)
        content = write(message, extended=True)
        try:
            if any((box / state / name).exists() for state in ("in", "done", "failed")):
                return name
            (box / "in").mkdir(parents=True, exist_ok=True)
            part = box / "in" / f".{secrets.token_hex(8)}.part"
            with part.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            part.replace(box / "in" / name)
            _sync(box / "in")
            self._sweep(box / "in")
        except OSError as error:
            raise _failed(error) from error
        return name

    def arrivals(self) -> Iterator["FolderParcel"]:
        """What waits in our own folder, each locked while it is looked at."""
        inbox = self._box(self.own) / "in"
        try:
            waiting = sorted(inbox.glob("*.xml"), key=_age)
        except OSError as error:
            raise _failed(error) from error
        for path in waiting:
            parcel = _hold(path)
            if parcel is None:
                continue
            try:
                yield parcel
            finally:
                parcel.release()

    def _box(self, office: str) -> Path:
        if not _OFFICE.fullmatch(office):
            raise TransportFailed(
                f"รหัสหน่วยงาน “{office[:60]}” ใช้เป็นชื่อโฟลเดอร์ไม่ได้ (ใช้ได้เฉพาะ A–Z a–z 0–9 _ -)",
                f"The office code “{office[:60]}” cannot be the name of a folder (only A–Z a–z 0–9 _ -).",
                again=False,
                code="office-code",
            )
        return self.root / office

    def _sweep(self, folder: Path) -> None:
        """Take away what an interrupted sender left behind."""
        for part in folder.glob(".*.part"):
            if time.time() - _age(part)[0] / 1e9 > _STALE_SECONDS:
                part.unlink(missing_ok=True)


@dataclass(slots=True)
class FolderParcel:
    """A message in a file, locked by this process until it is released."""

    path: Path
    descriptor: int

    @property
    def message(self) -> Message:
        """What it says. Raises UnreadableMessage."""
        with os.fdopen(os.dup(self.descriptor), "rb") as source:
            source.seek(0)
            content = source.read(MOST_BYTES + 1)
        if not content:
            raise UnreadableMessage("ไฟล์ข้อความแลกเปลี่ยนว่างเปล่า", "The file of the message is empty.", code="empty")
        return read(content)

    def settle(self) -> None:
        """Move it to `done`."""
        self._move("done")

    def refuse(self, reason: Unreadable) -> None:
        """Move it to `failed`, with the reason beside it."""
        folder = self.path.parent.parent / "failed"
        folder.mkdir(exist_ok=True)
        (folder / self.path.with_suffix(".txt").name).write_text(f"{reason.thai}\n{reason.english}\n", encoding="utf-8")
        self._move("failed")

    def release(self) -> None:
        """Let go of the lock; if it was not settled it waits as before."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def _move(self, state: str) -> None:
        folder = self.path.parent.parent / state
        folder.mkdir(exist_ok=True)
        target = folder / self.path.name
        number = 1
        while target.exists():
            number += 1
            target = folder / f"{self.path.stem}-{number}.xml"
        self.path.replace(target)
        _sync(folder)
        self.release()


def _hold(path: Path) -> FolderParcel | None:
    """Lock the file for us; None when another has it, or has just moved it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held, there = os.fstat(descriptor), path.stat()
        if (held.st_dev, held.st_ino) == (there.st_dev, there.st_ino):
            return FolderParcel(path, descriptor)
    except OSError:
        pass
    os.close(descriptor)
    return None


def _age(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.name
    except OSError:
        return 0, path.name


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _failed(error: OSError) -> TransportFailed:
    return TransportFailed(
        "เขียนหรืออ่านโฟลเดอร์แลกเปลี่ยนไม่ได้ โปรดตรวจสอบที่เก็บและสิทธิ์ ระบบจะลองใหม่",
        f"The exchange folder cannot be used ({error.strerror}); it will be tried again.",
        again=True,
        code="folder",
    )
