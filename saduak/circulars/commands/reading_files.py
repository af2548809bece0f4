"""Reading files in the background: kept at once, read page by page, put together when all are read or refused.

A worker takes a turn of some seconds. What it has read is kept with every page, so whoever comes after an interruption
goes on behind the last one; a worker that was thought dead and comes back finds its turn over and keeps nothing.
"""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.bundles import checked
from saduak.circulars.commands.readings import MOST_LETTERS, subject
from saduak.circulars.models import Reading, ReadingFile
from saduak.circulars.workflow import READING, READING_FILE
from saduak.files import commands as files
from saduak.files.models import Scan, StoredFile, blobs
from saduak.files.serving import INFECTED
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import Item, NotComplete
from saduak.people.actor import Actor
from saduak.saraban import reader
from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources import Document, Found, assembled, read_on, together

MOST_FILES = 20
MOST_ATTEMPTS = 3
TURN_SECONDS = 10.0
NO_LETTER = _("No letter was found in the text.")
TOO_MANY_LETTERS = _("At most 100 letters are read at once. Split the bundle.")
GIVEN_UP = _("Reading this file was interrupted %(times)s times at the same page. Please scan it again, or split it.")


@dataclass(frozen=True)
class Given:
    """A file as it was given: stored, or refused with a reason (Thai, English)."""

    name: str
    stored: StoredFile | None
    refusal: tuple[str, str] = ("", "")


def keep(uploads: Sequence[File], *, by: Actor, text: str = "") -> list[Given]:
    """Store what a bundle is made of, in its order, each file for itself; a pasted text comes last. No transaction may be open.

    Raises NotAllowed; NotComplete naming every reason when nothing of it can be taken, or when there are too many.
    """
    policy.may_read_letters(by).require()
    if len(uploads) > MOST_FILES:
        raise NotComplete(
            _("At most %(most)s files are read at once. Split the bundle."), params={"most": MOST_FILES}, field="file"
        )
    pasted = checked(text, field="text") if text.strip() else ""
    given = [_kept(one, by) for one in uploads]
    if pasted:
        given.append(_kept(ContentFile(pasted.encode(), name=f"{gettext('pasted text')}.txt"), by))
    refused = [one for one in given if one.stored is None]
    if given and len(refused) == len(given):
        items = [Item(_said(one.refusal), "#id_file") for one in refused]
        if len(items) == 1:
            raise NotComplete(items[0].label, field="file")
        raise NotComplete(_("None of the files can be taken."), field="file", items=items)
    return given


def _kept(upload: File, by: Actor) -> Given:
    try:
        stored = files.store(upload, by_ref=by.ref, tiff=True)
    except NotComplete as refusal:
        return Given((upload.name or "-")[:200], None, in_both(refusal.message, refusal.params))
    return Given(stored.name, stored)


@transaction.atomic
def hand_in(given: Sequence[Given], *, by: Actor) -> Reading:
    """Begin a reading of files that are kept; `read_some` reads them. Raises NotAllowed, NotComplete for nothing."""
    policy.may_read_letters(by).require()
    if not given:
        raise NotComplete(_("There is no text in it. Paste the text of the letters."), field="text")
    now = clock.now()
    reading = Reading.objects.create(
        code=public_code("RD"),
        source_name=", ".join(one.name for one in given)[:200],
        created_at=now,
        created_by=by.name,
        progressed_at=now,
    )
    ReadingFile.objects.bulk_create(
        ReadingFile(
            reading=reading,
            order=order,
            name=one.name,
            stored=one.stored,
            state=READING_FILE.initial if one.stored else READING_FILE.move(READING_FILE.initial, "refuse"),
            refusal_th=one.refusal[0],
            refusal_en=one.refusal[1],
        )
        for order, one in enumerate(given, 1)
    )
    details = {"files": len(given), "refused": [one.name for one in given if one.stored is None]}
    journal.record("reading.handed_in", subject(reading), by=by, details=details)
    return reading


def read_some(code: str, *, by: Actor, seconds: float = TURN_SECONDS) -> bool:
    """Read on for about so many seconds (a page that is begun is finished); True while there is more to do."""
    policy.may_read_on(by).require()
    until = time.monotonic() + seconds
    turn = _take_turn(code)
    while turn is not None:
        file = _next(code, turn)
        if file is None:
            _put_together(code, turn, by)
            return False
        if not _read_file(file, turn, until):
            return False
        if time.monotonic() >= until:
            return True
    return False


def take_up_stalled(before: datetime, *, by: Actor) -> list[str]:
    """The codes of readings of which no page was read since `before` though it should be; their clock starts anew."""
    policy.may_read_on(by).require()
    with transaction.atomic():
        stalled = Reading.objects.select_for_update().filter(
            state__in=["WAITING", "BEING_READ"], progressed_at__lt=before
        )
        codes = list(stalled.values_list("code", flat=True))
        Reading.objects.filter(code__in=codes).update(progressed_at=clock.now())
    return codes


@transaction.atomic
def _take_turn(code: str) -> int | None:
    """A number that only this worker knows to be the newest; None where nothing is left to read."""
    reading = Reading.objects.select_for_update().filter(code=code).first()
    if reading is None or reading.state not in ("WAITING", "BEING_READ"):
        return None
    if reading.state == "WAITING":
        reading.state = READING.move(reading.state, "begin")
    reading.turn += 1
    reading.progressed_at = clock.now()
    reading.save(update_fields=["state", "turn", "progressed_at"])
    return reading.turn


def _held(reading_id: int, turn: int) -> bool:
    """Is it still our turn? Then nobody else's until this transaction ends, and the clock starts anew."""
    mine = Reading.objects.select_for_update().filter(pk=reading_id, turn=turn, state="BEING_READ")
    return mine.exists() and bool(mine.update(progressed_at=clock.now()))


@transaction.atomic
def _next(code: str, turn: int) -> ReadingFile | None:
    """The file to go on with; one at which workers die again and again is given up."""
    found = ReadingFile.objects.select_related("stored", "reading").filter(reading__code=code)
    for file in found.filter(state__in=["WAITING", "READING"]).order_by("order"):
        if not _held(file.reading_id, turn):
            return None
        if file.attempts >= MOST_ATTEMPTS:
            _refuse(file, in_both(GIVEN_UP, {"times": file.attempts}))
            continue
        if file.state == "WAITING":
            file.state = READING_FILE.move(file.state, "begin")
        file.attempts += 1
        file.save(update_fields=["state", "attempts"])
        return file
    return None


def _read_file(file: ReadingFile, turn: int, until: float) -> bool:
    """Read pages until the time is over or the file ends; False when it is somebody else's turn."""
    stored = file.stored
    if stored is None or stored.scan == Scan.INFECTED:
        return _ended(file, turn, in_both(INFECTED, {}))
    try:
        with blobs().open(stored.path) as content, closing(read_on(content.read(), known=file.read_so_far)) as pages:
            for found in pages:
                if not _keep_page(file, turn, found):
                    return False
                if time.monotonic() >= until and file.pages_read < file.pages:
                    return True
        assembled([file.read_so_far[number] for number in sorted(file.read_so_far)])
    except Unreadable as refusal:
        return _ended(file, turn, (refusal.thai, refusal.english))
    return _ended(file, turn, None)


@transaction.atomic
def _keep_page(file: ReadingFile, turn: int, found: Found) -> bool:
    if not _held(file.reading_id, turn):
        return False
    file.parts = {**file.parts, str(found.number): {**found.part, "text": _storable(found.part["text"])}}
    file.pages, file.pages_read, file.attempts = found.of, len(file.parts), 0
    file.save(update_fields=["parts", "pages", "pages_read", "attempts"])
    return True


@transaction.atomic
def _ended(file: ReadingFile, turn: int, refusal: tuple[str, str] | None) -> bool:
    if not _held(file.reading_id, turn):
        return False
    if refusal:
        _refuse(file, refusal)
    else:
        file.state = READING_FILE.move(file.state, "finish")
        file.save(update_fields=["state"])
    return True


def _refuse(file: ReadingFile, refusal: tuple[str, str]) -> None:
    file.state = READING_FILE.move(file.state, "refuse")
    file.refusal_th, file.refusal_en = refusal
    file.parts = {}
    file.save(update_fields=["state", "refusal_th", "refusal_en", "parts"])


def _put_together(code: str, turn: int, by: Actor) -> None:
    """Read the letters in the pages of all files; the work is done before anything is locked."""
    reading = Reading.objects.get(code=code)
    parts = list(reading.files.order_by("order"))
    if reading.turn != turn or any(one.state in ("WAITING", "READING") for one in parts):
        return
    sound = [one for one in parts if one.state == "READ"]
    document = together([assembled([one.parts[key] for key in sorted(one.parts, key=int)]) for one in sound])
    found, why = letters_in(document) if sound else (None, None)
    first = 1
    for one in sound:
        one.first_page, first, one.parts = first, first + len(one.parts), _doubts(one)
    with transaction.atomic():
        if not _held(reading.pk, turn):
            return
        ReadingFile.objects.bulk_update(sound, ["first_page", "parts"])
        reading.text = document.text if sound else ""
        if found is not None:
            reading.result = found.to_json()
        elif why is not None:
            reading.result = {**reading.result, "refusal": {"th": why[0], "en": why[1]}}
        reading.state = READING.move("BEING_READ", "finish" if found is not None else "refuse")
        reading.save(update_fields=["text", "result", "state"])
        details: dict[str, Any] = {
            "files": len(parts),
            "refused": [one.name for one in parts if one.state == "REFUSED"],
        }
        if found is not None:
            details |= {"letters": len(found.letters), "findings": [one.code for one in found.findings]}
        event = "reading.read" if found is not None else "reading.refused"
        journal.record(event, subject(reading), by=by, details=details)


def _doubts(file: ReadingFile) -> dict[str, Any]:
    """What of its pages stands in no other place, once they are put together: where OCR was not sure."""
    return {number: {"doubts": part["doubts"]} for number, part in file.parts.items() if part.get("doubts")}


def letters_in(document: Document) -> tuple[Any, tuple[str, str] | None]:
    """The letters in a document, or why there are none to be gone through (Thai, English)."""
    found = reader.read(document)
    if not found.letters:
        return None, in_both(NO_LETTER, {})
    if len(found.letters) > MOST_LETTERS:
        return None, in_both(TOO_MANY_LETTERS, {})
    return found, None


def in_both(message: Any, params: Any) -> tuple[str, str]:
    """A sentence in Thai and in English, to be kept."""
    said = []
    for language in ("th", "en"):
        with override(language):
            text = str(message)
            said.append(text % params if params else text)
    return said[0], said[1]


def _said(refusal: tuple[str, str]) -> str:
    return refusal[1] if get_language() == "en" else refusal[0]


def _storable(text: str) -> str:
    """A page as any database takes it, character for character: no NUL, no half of a pair."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()
