"""Files that come in pieces: begun, gone on with after a broken connection, finished at the gate, or forgotten."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.http import UnreadablePostError
from django.utils.translation import gettext_lazy as _

from saduak.files import gate, queries
from saduak.files.commands.storing import store
from saduak.files.gate.refuse import refuse
from saduak.files.models import Incoming
from saduak.kernel import clock
from saduak.kernel.refusals import NotPossible

__all__ = ["Behind", "Gone", "append", "begin", "discard", "finish", "forget_expired", "receive", "take"]

KEPT_FOR = timedelta(hours=24)
MOST_AT_ONCE = 30  # uploads under way for one place
MOST_PIECES = 2_000
PIECE = 64 * 1024
IN_MEMORY = 256 * 1024

TOO_MANY = _("%(most)s files are being uploaded already. Please wait until some are finished, or remove some.")
NO_ROOM = _(
    "“%(name)s” does not fit any more: %(free)s MB are free, counting what is being uploaded just now. Please remove some, or make them smaller."
)
DAMAGED = _("“%(name)s” has arrived damaged and was not kept. Please upload it again.")
CRUMBS = _("“%(name)s” arrives in too many small pieces. Please upload it again over a better connection.")


class Behind(Exception):
    """The piece does not begin where the file ends so far; `offset` says where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class Gone(Exception):
    """There is no such upload for this person: never begun, thrown away, expired, or somebody else's."""


@transaction.atomic
def begin(*, owner_ref: str, place: str, name: str, length: int, room: int, sha256: str = "") -> Incoming:
    """Announce a file of `length` bytes. `room`: bytes that are still free at the place, without uploads under way.

    Raises NotComplete (empty, too large, no room) and NotPossible (too many at once). The caller holds the place.
    """
    name = gate.clean_name(name)
    gate.check_size(name, length)
    under_way = list(Incoming.objects.filter(place=place, stored=None).values_list("length", flat=True))
    if len(under_way) >= MOST_AT_ONCE:
        raise NotPossible(TOO_MANY, params={"most": MOST_AT_ONCE})
    if length > room - sum(under_way):
        refuse(NO_ROOM, name=name, free=max(room - sum(under_way), 0) // (1024 * 1024))
    now = clock.now()
    return Incoming.objects.create(
        owner_ref=owner_ref,
        place=place,
        name=name,
        length=length,
        sha256=sha256.lower(),
        created_at=now,
        expires_at=now + KEPT_FOR,
    )


def receive(stream: Any, most: int) -> IO[bytes]:
    """Take a piece from the network, at most `most` bytes, and what came of it when the connection breaks; at its beginning."""
    piece = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by whoever appends it
    left = most
    with contextlib.suppress(UnreadablePostError, OSError):
        while left > 0 and (read := stream.read(min(PIECE, left))):
            piece.write(read)
            left -= len(read)
    piece.seek(0)
    return piece


@transaction.atomic
def append(public_id: str, piece: IO[bytes], *, offset: int, owner_ref: str, place: str) -> Incoming:
    """Put a piece behind what has arrived. Raises Gone, Behind (nothing is written), NotComplete for endless crumbs.

    Bytes go to the file first and are counted afterwards: what a killed process left uncounted is written over.
    """
    incoming = _held(public_id, owner_ref, place)
    if incoming.stored_id is not None or offset != incoming.offset:
        raise Behind(incoming.offset)
    if incoming.pieces >= MOST_PIECES:
        refuse(CRUMBS, name=incoming.name)
    incoming.path.parent.mkdir(parents=True, exist_ok=True)
    incoming.path.touch(mode=0o600)
    with incoming.path.open("r+b") as kept:
        kept.seek(offset)
        kept.truncate()
        left = incoming.length - offset
        while left > 0 and (read := piece.read(min(PIECE, left))):
            kept.write(read)
            left -= len(read)
    incoming.offset = incoming.length - left
    incoming.pieces += 1
    incoming.save(update_fields=["offset", "pieces"])
    return incoming


def finish(public_id: str, *, owner_ref: str, place: str) -> Incoming:
    """Bring what has arrived whole to the gate and keep it. Asked again, it answers the same.

    Raises Gone; NotComplete when the gate refuses it or it is not what its sender has hashed: then it is thrown away.
    """
    incoming = _of(public_id, owner_ref, place)
    if incoming.stored_id is not None:
        return incoming
    if not incoming.complete or not incoming.path.is_file():
        raise Behind(incoming.offset)
    try:
        with incoming.path.open("rb") as content:
            if incoming.sha256 and hashlib.file_digest(content, "sha256").hexdigest() != incoming.sha256:
                refuse(DAMAGED, name=incoming.name)
            content.seek(0)
            stored = store(File(content, name=incoming.name), by_ref=owner_ref)
    except BaseException:
        _throw_away([incoming])
        raise
    Incoming.objects.filter(pk=incoming.pk, stored=None).update(stored=stored, sha256=stored.sha256)
    incoming.path.unlink(missing_ok=True)
    incoming.refresh_from_db()
    return incoming


def take(upload: File, *, owner_ref: str, place: str) -> Incoming:
    """Keep a file that came whole, as one that came in pieces: for a form that is not finished yet. Raises NotComplete."""
    stored = store(upload, by_ref=owner_ref)
    now = clock.now()
    return Incoming.objects.create(
        owner_ref=owner_ref,
        place=place,
        name=stored.name,
        length=stored.size,
        offset=stored.size,
        sha256=stored.sha256,
        created_at=now,
        expires_at=now + KEPT_FOR,
        stored=stored,
    )


def discard(public_id: str, *, owner_ref: str, place: str) -> None:
    """Throw an upload away, also when it was finished and put to use. Raises Gone."""
    _throw_away([_of(public_id, owner_ref, place)])


def forget_expired() -> int:
    """Throw away uploads whose time has passed, and pieces without a row; returns how many."""
    expired = list(Incoming.objects.filter(expires_at__lte=clock.now())[:500])
    _throw_away(expired)
    return len(expired) + _sweep()


def _of(public_id: str, owner_ref: str, place: str) -> Incoming:
    try:
        return queries.under_way(public_id, owner_ref=owner_ref, place=place)
    except Incoming.DoesNotExist:
        raise Gone from None


def _held(public_id: str, owner_ref: str, place: str) -> Incoming:
    found = _of(public_id, owner_ref, place)
    try:
        return Incoming.objects.select_for_update().get(pk=found.pk)
    except Incoming.DoesNotExist:
        raise Gone from None


def _throw_away(found: Iterable[Incoming]) -> None:
    for incoming in found:
        incoming.path.unlink(missing_ok=True)
        Incoming.objects.filter(pk=incoming.pk).delete()


def _sweep() -> int:
    """Pieces of which the row is gone (a database that was put back from a backup)."""
    folder = Path(settings.INCOMING)
    if not folder.is_dir():
        return 0
    known = {uuid.hex for uuid in Incoming.objects.values_list("uuid", flat=True)}
    old = clock.now().timestamp() - KEPT_FOR.total_seconds()
    lost = [one for one in folder.iterdir() if one.name not in known and one.stat().st_mtime < old]
    for one in lost:
        one.unlink(missing_ok=True)
    return len(lost)
