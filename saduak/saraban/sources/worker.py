"""The process in which a file is opened: the file on standard input, its pages as JSON on standard output."""

import json
import logging
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources import pdf, picture, word
from saduak.saraban.sources.limits import Limits

READERS: dict[str, Callable[[bytes, Limits, float], list[dict[str, Any]]]] = {
    "pdf": pdf.pages,
    "docx": word.pages,
    "picture": picture.pages,
}


def answer(kind: str, content: bytes, limits: Limits) -> dict[str, Any]:
    """{"pages": […]}, or {"refusal": [code, Thai, English]}."""
    try:
        return {"pages": READERS[kind](content, limits, time.monotonic() + limits.seconds)}
    except Unreadable as refusal:
        return {"refusal": [refusal.code, refusal.thai, refusal.english]}
    except MemoryError:
        return {
            "refusal": [
                "too-complex",
                "ไฟล์ใช้หน่วยความจำมากเกินไป โปรดสแกนด้วยความละเอียด 200–300 dpi หรือแบ่งเป็นไฟล์ย่อย",
                "The file needs too much memory. Please scan it at 200 to 300 dpi, or split it.",
            ]
        }


def main() -> int:
    """Read, answer, end."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    limits = Limits(**json.loads(sys.argv[2]))
    said = answer(sys.argv[1], sys.stdin.buffer.read(), limits)
    sys.stdout.buffer.write(json.dumps(said).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
