"""The process in which a file is opened: the file on standard input, a line of JSON for each page on standard output."""

import json
import logging
import sys
import time
import warnings
from collections.abc import Callable, Collection, Iterator
from typing import Any

from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources import pdf, picture, word
from saduak.saraban.sources.document import Found
from saduak.saraban.sources.limits import Limits

READERS: dict[str, Callable[[bytes, Limits, float, Collection[int]], Iterator[Found]]] = {
    "pdf": pdf.pages,
    "docx": word.pages,
    "picture": picture.pages,
}


def answers(kind: str, content: bytes, limits: Limits, known: Collection[int]) -> Iterator[dict[str, Any]]:
    """{"number", "of", "part"} for each page, and {"end": True}; or {"refusal": [code, Thai, English]}, which is the last."""
    try:
        for found in READERS[kind](content, limits, time.monotonic() + limits.seconds, known):
            yield found._asdict()
        yield {"end": True}
    except Unreadable as refusal:
        yield {"refusal": [refusal.code, refusal.thai, refusal.english]}
    except MemoryError:
        yield {
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
    order = json.loads(sys.argv[1])
    for said in answers(order["kind"], sys.stdin.buffer.read(), Limits(**order["limits"]), set(order["known"])):
        sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
