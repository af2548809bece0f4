"""Opening files of strangers in a process of its own, with bounded memory, processor time and clock time."""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources.document import Document, of_pages
from saduak.saraban.sources.limits import Limits

_PACKAGES = str(Path(__file__).resolve().parents[3])


def extract(kind: str, content: bytes, limits: Limits) -> Document:
    """The pages of a PDF, .docx or picture. Raises Unreadable, also when the process crashed or took too long."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(content)
        given.seek(0)
        command = [sys.executable, "-m", "saduak.saraban.sources.worker", kind, _as_json(limits)]
        worker = subprocess.Popen(  # noqa: S603  our own module, no shell
            command,
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=_environment(),
            cwd="/",
        )
        _bound(worker.pid, limits)
        try:
            worker.wait(limits.seconds + 5)
        except subprocess.TimeoutExpired:
            raise _too_slow(limits) from None
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(worker.pid, signal.SIGKILL)  # and Tesseract, which it may have started
            worker.wait()
        if worker.returncode == -signal.SIGXCPU:
            raise _too_slow(limits)
        answer.seek(0)
        return _understood(kind, answer.read())


def _understood(kind: str, said: bytes) -> Document:
    try:
        answer: dict[str, Any] = json.loads(said)
    except ValueError:  # it crashed, or was stopped by its limit of memory
        raise Unreadable(
            "เปิดไฟล์ไม่สำเร็จ ไฟล์อาจเสียหายหรือซับซ้อนเกินไป โปรดสแกนใหม่ หรือพิมพ์เป็น PDF แล้วส่งอีกครั้ง",
            "The file could not be opened; it may be damaged or too complex. Please scan it again, or print it to PDF.",
            code="damaged",
        ) from None
    if "refusal" in answer:
        code, thai, english = answer["refusal"]
        raise Unreadable(thai, english, code=code)
    return of_pages(kind, answer["pages"])


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


def _as_json(limits: Limits) -> str:
    return json.dumps({name: getattr(limits, name) for name in Limits.__slots__})


def _too_slow(limits: Limits) -> Unreadable:
    return Unreadable(
        f"อ่านไฟล์ไม่เสร็จภายใน {int(limits.seconds)} วินาที โปรดแบ่งเป็นไฟล์ย่อย หรือวางข้อความแทน",
        f"The file could not be read within {int(limits.seconds)} seconds. Please split it, or paste the text.",
        code="too-slow",
    )
