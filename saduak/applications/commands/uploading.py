"""Files that come in pieces into an application: begun, gone on with after a broken connection, put to use."""

from __future__ import annotations

from typing import IO, Any

from django.db import transaction

from saduak.applications import policy, queries
from saduak.applications.commands.evidence import add_evidence
from saduak.applications.commands.room import require_room
from saduak.applications.models import Application, Evidence
from saduak.files import commands as files
from saduak.files import queries as stored_files
from saduak.files.gate import clean_name
from saduak.files.models import Incoming
from saduak.people.actor import Actor


def place_of(application: Application) -> str:
    """Under which name the uploads of an application are counted."""
    return f"application:{application.number}"


@transaction.atomic
def begin_upload(number: str, *, by: Actor, name: str, length: int) -> Incoming:
    """Announce a file of `length` bytes. Raises NotAllowed, NotPossible (too many at once), NotComplete (size, no room)."""
    application = queries.lock(number, actor=by)
    policy.may_edit(by, application).require()
    require_room(application, clean_name(name), length)
    room = queries.room_left(application)
    return files.begin(owner_ref=by.ref, place=place_of(application), name=name, length=length, room=room)


def append_upload(number: str, public_id: str, piece: IO[bytes], *, by: Actor, offset: int) -> Incoming:
    """Put a piece behind what has arrived; the last one brings the file to the gate. Raises NotAllowed, files.Gone,
    files.Behind, and NotComplete for what the gate refuses, which is then thrown away.
    """
    application = _may(number, by)
    incoming = files.append(public_id, piece, offset=offset, owner_ref=by.ref, place=place_of(application))
    return finish_upload(number, public_id, by=by) if incoming.complete else incoming


def finish_upload(number: str, public_id: str, *, by: Actor) -> Incoming:
    """Bring what has arrived whole to the gate; asked again it answers the same. Raises as append_upload does."""
    return files.finish(public_id, owner_ref=by.ref, place=place_of(_may(number, by)))


def discard_upload(number: str, public_id: str, *, by: Actor) -> None:
    """Throw an upload away. Raises NotAllowed, files.Gone."""
    files.discard(public_id, owner_ref=by.ref, place=place_of(_may(number, by)))


def add_received(number: str, public_id: str, *, by: Actor, **values: Any) -> Evidence:
    """Make evidence of an upload that has arrived; `values` as add_evidence takes them. Raises as it does, and files.Gone."""
    place = place_of(_may(number, by))
    try:
        incoming = stored_files.under_way(public_id, owner_ref=by.ref, place=place)
    except Incoming.DoesNotExist:
        raise files.Gone from None
    if incoming.stored is None:
        raise files.Behind(incoming.offset)
    with transaction.atomic():
        piece = add_evidence(number, by=by, stored=incoming.stored, **values)
        files.discard(public_id, owner_ref=by.ref, place=place)
    return piece


def _may(number: str, by: Actor) -> Application:
    application = queries.by_number(number, actor=by)
    policy.may_edit(by, application).require()
    return application
