"""Pictures of the pages of stored files, drawn by a process of its own within limits, and kept.

A file that means harm can at worst end that process; then it is marked, and not drawn again.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from saduak.files import drawing
from saduak.files.models import StoredFile, blobs
from saduak.kernel import confined
from saduak.kernel.refusals import NotPossible

__all__ = ["BURN_SIDE", "LARGE", "SMALL", "NotDrawable", "burn", "draw", "folder_of", "page"]

SMALL, LARGE = 480, 1600  # pixels of the longer side: in lists, and for reading
BURN_SIDE = 2340  # an A4 page at 200 dots an inch
PAGE_SECONDS = 10
AT_ONCE = 2  # processes that draw, on one machine
WAIT_SECONDS = 20.0
log = logging.getLogger(__name__)

BUSY = _("Many pages are being drawn just now. Please try again in a moment.")
NOT_DRAWABLE = _("This file cannot be shown as pictures here. Please download it to read it.")


class NotDrawable(Exception):
    """The process that draws has failed or was stopped: damaged, too complex, or meant to be."""


def page(stored: StoredFile, number: int, *, side: int = LARGE) -> File:
    """The picture of a page (from 1) as WebP, drawn when it is asked for the first time.

    Raises NotPossible for a file that cannot be drawn, or when too much is being drawn; IndexError for a page it has not.
    The caller has asked whether this person may see the file, and whether it is free of malware (serving does).
    """
    if not stored.drawable:
        raise NotPossible(NOT_DRAWABLE)
    if not 1 <= number <= max(stored.pages, 1):
        raise IndexError(number)
    storage = blobs()
    path = f"{folder_of(stored.sha256)}/{side}-{number}.webp"
    if not storage.exists(path):
        try:
            with storage.open(stored.path) as content, _drawn(content, stored.kind, number, side) as picture:
                kept = storage.save(path, File(picture))
        except NotDrawable as error:
            log.warning("file %s cannot be drawn: %s", stored.uuid, error)
            same = StoredFile.objects.filter(sha256=stored.sha256)
            same.update(not_drawable=True)  # writes: a note to ourselves, by whoever was the first to look
            raise NotPossible(NOT_DRAWABLE) from None
        if kept != path:
            storage.delete(kept)  # somebody else drew it at the same moment
    return storage.open(path)


def folder_of(sha256: str) -> str:
    """Where the pictures of a content lie."""
    return f"previews/{sha256[:2]}/{sha256}"


def draw(content: IO[bytes], kind: str, number: int, side: int) -> bytes:
    """One page of a content that is not stored yet, as WebP. Raises NotDrawable, NotPossible."""
    with _drawn(content, kind, number, side) as picture:
        return picture.read()


def _drawn(content: Any, kind: str, number: int, side: int) -> contextlib.AbstractContextManager[IO[bytes]]:
    return _done(content, {"do": "page", "kind": kind, "page": number, "side": side}, PAGE_SECONDS)


def burn(
    stored: StoredFile, boxes: Mapping[int, Sequence[drawing.Box]], *, seconds: int
) -> contextlib.AbstractContextManager[IO[bytes]]:
    """A copy in dots with the boxes burnt in, as a temporary file, within the block. Raises NotDrawable, NotPossible."""
    order = {"do": "burn", "kind": stored.kind, "boxes": {str(key): list(found) for key, found in boxes.items()}}
    return _opened(stored, order | {"side": BURN_SIDE}, seconds)


@contextlib.contextmanager
def _opened(stored: StoredFile, order: dict[str, Any], seconds: int) -> Iterator[IO[bytes]]:
    with blobs().open(stored.path) as content, _done(content, order, seconds) as made:
        yield made


@contextlib.contextmanager
def _done(content: Any, order: dict[str, Any], seconds: int) -> Iterator[IO[bytes]]:
    """Run the program on the content."""
    with tempfile.TemporaryFile() as made, _as_file(content) as source:
        with _turn():
            ended = confined.run(Path(drawing.__file__), order, seconds=seconds, given=source, made=made)
        if ended.code != 0 or (made.tell() == 0 and os.fstat(made.fileno()).st_size == 0):
            raise NotDrawable(str(ended))
        made.seek(0)
        yield made


@contextlib.contextmanager
def _as_file(content: Any) -> Iterator[IO[bytes]]:
    """The content as a file of the system from its beginning; what lies in memory or in a bucket is copied first."""
    content.seek(0)
    try:
        content.fileno()
    except (OSError, AttributeError):
        with tempfile.TemporaryFile() as copy:
            while piece := content.read(256 * 1024):
                copy.write(piece)
            copy.flush()
            copy.seek(0)
            yield copy
        content.seek(0)
        return
    os.lseek(content.fileno(), 0, os.SEEK_SET)
    yield content
    content.seek(0)


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    """One of the few places in which something is drawn at the same time, whatever the number of servers on the machine."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        for place in range(AT_ONCE):
            with (Path(settings.DATA) / f"drawing-{place}.lock").open("ab") as held:
                try:
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                yield
                return
        if time.monotonic() > until:
            raise NotPossible(BUSY)
        time.sleep(0.05)
