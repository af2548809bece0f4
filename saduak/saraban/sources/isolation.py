"""Opening files of strangers in a process of its own, with bounded memory, processor time and clock time."""

import json
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources.document import Document, Found, of_pages
from saduak.saraban.sources.limits import Limits

_LONGEST_LINE = 32 * 1024 * 1024
_SCRATCH = "saduak-reading-"
_LEFT_BEHIND_SECONDS = 3600
_PACKAGES = str(Path(__file__).resolve().parents[3])


def extract(kind: str, content: bytes, limits: Limits) -> Document:
    """The pages of a PDF, .docx or picture. Raises Unreadable, also when the process crashed or took too long."""
    found = sorted(stream(kind, content, limits), key=lambda one: one.number)
    return of_pages(kind, [one.part for one in found])


def stream(kind: str, content: bytes, limits: Limits, known: Collection[int] = ()) -> Iterator[Found]:
    """The pages one by one as they are read, not in their order; those in `known` are not read again.

    Whoever stops asking ends the process; what it has answered stays good. Raises Unreadable as `extract` does.
    """
    _sweep()
    with tempfile.TemporaryFile() as given, tempfile.TemporaryDirectory(prefix=_SCRATCH) as scratch:
        given.write(content)
        given.seek(0)
        order = json.dumps({"kind": kind, "limits": _as_dict(limits), "known": sorted(known)})
        worker = subprocess.Popen(  # noqa: S603  our own module, no shell
            [sys.executable, "-m", "saduak.saraban.sources.worker", order],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=_environment() | {"TMPDIR": scratch},
            cwd="/",
        )
        _bound(worker.pid, limits)
        try:
            yield from _said(worker, limits)
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(worker.pid, signal.SIGKILL)  # and Tesseract, which it may have started
            worker.wait()
            if worker.stdout:
                worker.stdout.close()


def _sweep() -> None:
    """Throw away what a process that was killed could not throw away itself."""
    for left in Path(tempfile.gettempdir()).glob(f"{_SCRATCH}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT_BEHIND_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _said(worker: "subprocess.Popen[bytes]", limits: Limits) -> Iterator[Found]:
    for line in _lines(worker, limits):
        try:
            answer: dict[str, Any] = json.loads(line)
        except ValueError:
            break  # half a line: it crashed while it wrote
        if "refusal" in answer:
            code, thai, english = answer["refusal"]
            raise Unreadable(thai, english, code=code)
        if "end" in answer:
            return
        yield Found(answer["number"], answer["of"], answer["part"])
    worker.wait()
    if worker.returncode == -signal.SIGXCPU:
        raise _too_slow(limits)
    raise Unreadable(  # it crashed, or was stopped by its limit of memory
        "เปิดไฟล์ไม่สำเร็จ ไฟล์อาจเสียหายหรือซับซ้อนเกินไป โปรดสแกนใหม่ หรือพิมพ์เป็น PDF แล้วส่งอีกครั้ง",
        "The file could not be opened; it may be damaged or too complex. Please scan it again, or print it to PDF.",
        code="damaged",
    )


def _lines(worker: "subprocess.Popen[bytes]", limits: Limits) -> Iterator[bytes]:
    """What it writes, line by line, until it ends. Raises Unreadable when the time is over."""
    if worker.stdout is None:
        return
    until, kept, source = time.monotonic() + limits.seconds + 5, b"", worker.stdout.fileno()
    while True:
        left = until - time.monotonic()
        if left <= 0 or not select.select([source], [], [], left)[0]:
            raise _too_slow(limits)
        piece = os.read(source, 1 << 16)
        if not piece:
            break
        *whole, kept = (kept + piece).split(b"\n")
        if len(kept) > _LONGEST_LINE:
            break  # no page is as long; it is not ours any more
        yield from whole
    if kept:
        yield kept[:_LONGEST_LINE]


def _bound(pid: int, limits: Limits) -> None:
    """Set the limits from outside, before the process has read a byte of the file that matters."""
    seconds = int(limits.seconds * 2) + 10
    with suppress(ProcessLookupError, PermissionError, ValueError):
        resource.prlimit(pid, resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
        resource.prlimit(pid, resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _environment() -> dict[str, str]:
    """What the worker needs to run, and no secret of ours."""
    kept = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "TMPDIR", "VIRTUAL_ENV")
    found = {name: os.environ[name] for name in kept if name in os.environ}
    return found | {"PYTHONPATH": _PACKAGES, "PYTHONIOENCODING": "utf-8", "OMP_THREAD_LIMIT": "1"}


def _as_dict(limits: Limits) -> dict[str, Any]:
    return {name: getattr(limits, name) for name in Limits.__slots__}


def _too_slow(limits: Limits) -> Unreadable:
    return Unreadable(
        f"อ่านไฟล์ไม่เสร็จภายใน {int(limits.seconds)} วินาที โปรดแบ่งเป็นไฟล์ย่อย หรือวางข้อความแทน",
        f"The file could not be read within {int(limits.seconds)} seconds. Please split it, or paste the text.",
        code="too-slow",
    )
