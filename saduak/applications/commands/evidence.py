"""Adding, describing, removing and restoring evidence."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import policy, queries, questionnaire
from saduak.applications.commands.room import require_harmless, require_room, require_room_for
from saduak.applications.commands.telling import subject
from saduak.applications.kept_text import LONGEST_LINE, LONGEST_TEXT, BadValue, clean_text
from saduak.applications.models import Application, Evidence
from saduak.files import commands as files
from saduak.files.gate import clean_name
from saduak.files.models import StoredFile
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.people.actor import Actor

MOST_PIECES = 300
LONGEST_TITLE = 200


def add_evidence(
    number: str,
    *,
    by: Actor,
    title: str = "",
    upload: UploadedFile | None = None,
    stored: StoredFile | None = None,
    link: str = "",
    shows: str = "",
    items: Iterable[str] = (),
    holds_from: date | None = None,
    holds_to: date | None = None,
) -> Evidence:
    """Add a file (`upload`, or one the caller has already `stored`) or a link; without a title it is called by its name.

    Raises NotAllowed, NotPossible (too many, malware), NotComplete naming the field (also when there is no room); refusals of files.gate pass through.
    """
    if upload is not None:
        # Looked at and stored before the transaction, which on SQLite would keep everybody else from writing; and only
        # for somebody who may.
        application = queries.by_number(number, actor=by)
        policy.may_edit(by, application).require()
        require_room(application, clean_name(upload.name or ""), upload.size or 0)
        stored = files.store(upload, by_ref=by.ref)
    piece = Evidence(stored=stored, added_by_name=by.name, added_at=clock.now(), link=_link(link))
    return _add(number, piece, title, shows, items, holds_from, holds_to, by)


@transaction.atomic
def _add(
    number: str,
    piece: Evidence,
    title: str,
    shows: str,
    items: Iterable[str],
    holds_from: date | None,
    holds_to: date | None,
    by: Actor,
) -> Evidence:
    piece.application = application = queries.lock(number, actor=by)
    policy.may_edit(by, application).require()
    if Evidence.objects.filter(application=application, removed_at=None).count() >= MOST_PIECES:
        raise NotPossible(
            _("There are already %(most)s pieces of evidence; put some together."), params={"most": MOST_PIECES}
        )
    if (piece.stored is not None) == bool(piece.link):
        raise NotComplete(_("Give either a file or a link."), field="upload")
    if piece.stored is not None:
        require_harmless(piece.stored)
        require_room_for(application, piece.stored)
    _describe(piece, title or (piece.stored.name if piece.stored else piece.link), shows, items, holds_from, holds_to)
    piece.save(force_insert=True)
    _touch(application, by)
    journal.record("application.evidence_added", subject(application), by=by, details=details_of(piece))
    return piece


@transaction.atomic
def change_evidence(
    number: str,
    public_id: str,
    *,
    by: Actor,
    title: str,
    shows: str = "",
    items: Iterable[str] = (),
    holds_from: date | None = None,
    holds_to: date | None = None,
) -> Evidence:
    """Describe a piece anew; the file or link itself stays: another one is another piece."""
    application = queries.lock(number, actor=by)
    policy.may_edit(by, application).require()
    piece = queries.piece(application, public_id)
    _describe(piece, title, shows, items, holds_from, holds_to)
    piece.save(update_fields=["title", "shows", "items", "holds_from", "holds_to"])
    _touch(application, by)
    journal.record("application.evidence_changed", subject(application), by=by, details=details_of(piece))
    return piece


@transaction.atomic
def remove_evidence(number: str, public_id: str, *, by: Actor) -> Evidence:
    """Take a piece out. It can be restored; what was handed in keeps it."""
    application = queries.lock(number, actor=by)
    policy.may_edit(by, application).require()
    piece = queries.piece(application, public_id)
    if piece.removed_at is None:
        piece.removed_at, piece.removed_by_name = clock.now(), by.name
        piece.save(update_fields=["removed_at", "removed_by_name"])
        _touch(application, by)
        journal.record("application.evidence_removed", subject(application), by=by, details=details_of(piece))
    return piece


@transaction.atomic
def restore_evidence(number: str, public_id: str, *, by: Actor) -> Evidence:
    """Put a removed piece back, with all it said."""
    application = queries.lock(number, actor=by)
    policy.may_edit(by, application).require()
    piece = queries.piece(application, public_id)
    if piece.removed_at is not None:
        if piece.stored is not None:
            require_room_for(application, piece.stored)
        piece.removed_at, piece.removed_by_name = None, ""
        piece.save(update_fields=["removed_at", "removed_by_name"])
        _touch(application, by)
        journal.record("application.evidence_restored", subject(application), by=by, details=details_of(piece))
    return piece


def _describe(
    piece: Evidence, title: str, shows: str, items: Iterable[str], holds_from: date | None, holds_to: date | None
) -> None:
    try:
        piece.title = " ".join(clean_text(title, 10 * LONGEST_LINE).split())[:LONGEST_TITLE]
    except BadValue as error:
        raise NotComplete(error.sentence, field="title") from None
    try:
        piece.shows = clean_text(shows, LONGEST_TEXT).strip()
    except BadValue as error:
        raise NotComplete(error.sentence, field="shows") from None
    if not piece.title:
        raise NotComplete(_("Give it a title."), field="title")
    if holds_from and holds_to and holds_to < holds_from:
        raise NotComplete(_("It cannot cease to hold before it begins to."), field="holds_to")
    criteria = questionnaire.holders(queries.standard(piece.application), queries.form(piece.application))
    wanted = set(items)
    if not wanted <= set(criteria):
        raise NotComplete(_("Choose criteria of this standard."), field="items")
    piece.items = [one for one in criteria if one in wanted]
    piece.holds_from, piece.holds_to = holds_from, holds_to


def _link(raw: str) -> str:
    link = raw.strip()
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        good = False
    if not good or len(link) > 500 or any(c.isspace() or not c.isprintable() for c in link):
        raise NotComplete(_("Write a full address that begins with https://."), field="link")
    return link


def _touch(application: Application, by: Actor) -> None:
    application.updated_at, application.updated_by_name = clock.now(), by.name
    application.save(update_fields=["updated_at", "updated_by_name"])


def details_of(piece: Evidence) -> dict[str, Any]:
    """A piece as the journal keeps it."""
    sha256 = piece.stored.sha256 if piece.stored else ""
    return {
        "evidence": piece.public_id,
        "title": piece.title,
        "items": piece.items,
        "sha256": sha256,
        "link": piece.link,
    }
