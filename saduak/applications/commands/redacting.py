"""Copies for the public: made anew as dots with boxes burnt in, shown, withdrawn. The original is not touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import policy, queries, redaction
from saduak.applications.commands.room import require_harmless
from saduak.applications.commands.telling import subject
from saduak.applications.models import Application, Evidence, PublicCopy
from saduak.files import commands as files
from saduak.files import previews
from saduak.files.models import Kind, StoredFile
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotPossible
from saduak.people.actor import Actor

SECONDS = 20  # and one more for each page
NOT_DRAWABLE = _("This file cannot be drawn as pictures, so no copy for the public can be made of it.")
TOO_LONG = _(
    "A copy for the public can have at most %(most)s pages. Please add the pages to be shown as a file of their own."
)


def make_public_copy(
    number: str, public_id: str, boxes: Mapping[int, Sequence[redaction.Box]], *, by: Actor
) -> PublicCopy:
    """Draw every page anew with the boxes (hundredths of the page) burnt in, and keep that as the copy for the public. It is
    not shown before `show_public_copy`; the copy before it is withdrawn.

    Raises NotAllowed, NotPossible (no pages to draw, too many, malware), Evidence.DoesNotExist.
    """
    application = queries.by_number(number, actor=by)
    policy.may_redact(by, application).require()
    stored = _drawable(_handed_to(by, application, public_id))
    burnt = redaction.shares({page: found for page, found in boxes.items() if 1 <= page <= max(stored.pages, 1)})
    ending = "jpg" if stored.kind == Kind.IMAGE else "pdf"
    name = f"{stored.name.rpartition('.')[0] or stored.name}-public.{ending}"
    try:
        with previews.burn(stored, burnt, seconds=SECONDS + stored.pages) as made:
            # Looked at and stored before the transaction, like every file.
            copy = files.store(File(made, name=name), by_ref=by.ref)
    except previews.NotDrawable:
        raise NotPossible(NOT_DRAWABLE) from None
    return _keep(number, public_id, copy, burnt, by)


@transaction.atomic
def _keep(
    number: str, public_id: str, copy: StoredFile, burnt: Mapping[int, Sequence[redaction.Box]], by: Actor
) -> PublicCopy:
    application = queries.lock(number, actor=by)
    policy.may_redact(by, application).require()
    piece = _handed_to(by, application, public_id)
    now = clock.now()
    PublicCopy.objects.filter(evidence=piece, withdrawn_at=None).update(withdrawn_at=now)
    made = PublicCopy.objects.create(
        evidence=piece,
        stored=copy,
        boxes={str(page): [list(box) for box in found] for page, found in burnt.items()},
        made_at=now,
        made_by_name=by.name,
    )
    details = _details(piece, made) | {"boxes": sum(len(found) for found in burnt.values())}
    journal.record("application.public_copy_made", subject(application), by=by, details=details)
    return made


@transaction.atomic
def show_public_copy(number: str, public_id: str, *, by: Actor) -> PublicCopy:
    """Let anybody see the copy. Raises NotAllowed, NotPossible (there is none)."""
    application, copy = _standing(number, public_id, by)
    if copy.shown_at is None:
        require_harmless(copy.stored)
        copy.shown_at = clock.now()
        copy.save(update_fields=["shown_at"])
        details = _details(copy.evidence, copy)
        journal.record("application.public_copy_shown", subject(application), by=by, details=details)
    return copy


@transaction.atomic
def withdraw_public_copy(number: str, public_id: str, *, by: Actor) -> PublicCopy:
    """Take the copy back: from now on nobody sees it. Raises NotAllowed, NotPossible (there is none)."""
    application, copy = _standing(number, public_id, by)
    copy.withdrawn_at = clock.now()
    copy.save(update_fields=["withdrawn_at"])
    details = _details(copy.evidence, copy)
    journal.record("application.public_copy_withdrawn", subject(application), by=by, details=details)
    return copy


def _standing(number: str, public_id: str, by: Actor) -> tuple[Application, PublicCopy]:
    application = queries.lock(number, actor=by)
    policy.may_redact(by, application).require()
    copy = queries.public_copy_of(_handed_to(by, application, public_id))
    if copy is None:
        raise NotPossible(_("There is no copy for the public of this piece."))
    return application, copy


def _handed_to(by: Actor, application: Application, public_id: str) -> Evidence:
    """The piece, where the actor may see it at all: an officer only what was handed in."""
    piece = queries.piece(application, public_id)
    if not policy.is_own(by, application) and public_id not in queries.handed_in_evidence(application):
        raise Evidence.DoesNotExist
    return piece


def _drawable(piece: Evidence) -> StoredFile:
    stored = piece.stored
    if stored is None:
        raise NotPossible(NOT_DRAWABLE)
    require_harmless(stored)
    if not stored.drawable:
        raise NotPossible(NOT_DRAWABLE)
    if stored.pages > redaction.MOST_PAGES:
        raise NotPossible(TOO_LONG, params={"most": redaction.MOST_PAGES})
    return stored


def _details(piece: Evidence, copy: PublicCopy) -> dict[str, object]:
    original = piece.stored.sha256 if piece.stored else ""
    return {
        "evidence": piece.public_id,
        "title": piece.title,
        "original_sha256": original,
        "sha256": copy.stored.sha256,
    }
