"""Using the shelf: a file again for another criterion, year or centre; a newer version; deletion."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import policy, queries
from saduak.applications.commands.evidence import add_evidence, change_evidence, details_of
from saduak.applications.commands.room import require_room
from saduak.applications.commands.telling import subject
from saduak.applications.models import Application, Evidence
from saduak.files import commands as files
from saduak.files.gate import clean_name
from saduak.files.models import StoredFile
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.people.actor import Actor

MOST_AT_ONCE = 50


@transaction.atomic
def add_from_shelf(number: str, hashes: Iterable[str], *, by: Actor, items: Iterable[str] = ()) -> list[Evidence]:
    """Use files of the shelf for criteria of an application: under a new entry, or, where the application has the content
    already, for more criteria. The description is that of its newest use.

    Raises NotAllowed, NotPossible (malware, too many), NotComplete (nothing chosen, no room); DoesNotExist of a strange file.
    """
    wanted, chosen = list(dict.fromkeys(items)), list(dict.fromkeys(hashes))[:MOST_AT_ONCE]
    if not chosen:
        raise NotComplete(_("Choose at least one file."), field="file")
    if not wanted:
        raise NotComplete(_("Choose at least one criterion."), field="items")
    application = queries.lock(number, actor=by)
    policy.may_edit(by, application).require()
    there = {one.stored.sha256: one for one in queries.evidence(application) if one.stored}
    made = []
    for entry in (queries.one_on_shelf(by, sha256) for sha256 in chosen):
        known, last = there.get(entry.stored.sha256), entry.piece
        said = {"title": last.title, "shows": last.shows, "holds_from": last.holds_from, "holds_to": last.holds_to}
        if known is not None:
            said |= {one: getattr(known, one) for one in said}
            both = [*known.items, *wanted]
            made.append(change_evidence(number, known.public_id, by=by, items=both, **said))
        else:
            made.append(add_evidence(number, by=by, stored=last.stored, items=wanted, **said))
    return made


def replace_evidence(
    number: str,
    public_id: str,
    upload: UploadedFile,
    *,
    by: Actor,
    holds_from: date | None = None,
    holds_to: date | None = None,
) -> Evidence:
    """Put a newer version in the place of a file: it takes over title, words and criteria; the older one is removed, and
    can be restored. What was handed in keeps the older one.

    Raises NotAllowed, NotPossible (a link, removed already), NotComplete (the gate, no room, the same content).
    """
    application = queries.by_number(number, actor=by)
    policy.may_edit(by, application).require()
    require_room(application, clean_name(upload.name or ""), upload.size or 0)
    return _replace(number, public_id, files.store(upload, by_ref=by.ref), holds_from, holds_to, by)


@transaction.atomic
def _replace(
    number: str, public_id: str, stored: StoredFile, holds_from: date | None, holds_to: date | None, by: Actor
) -> Evidence:
    application = queries.lock(number, actor=by)
    policy.may_edit(by, application).require()
    old = queries.piece(application, public_id)
    if old.stored is None or old.removed_at is not None:
        raise NotPossible(_("Only a file that stands in the application can be replaced."))
    if old.stored.sha256 == stored.sha256:
        raise NotComplete(
            _("This is the same file as before, byte for byte. Choose the newer version."), field="upload"
        )
    new = add_evidence(
        number,
        by=by,
        stored=stored,
        title=old.title,
        shows=old.shows,
        items=old.items,
        holds_from=holds_from,
        holds_to=holds_to,
    )
    new.replaces = old
    new.save(update_fields=["replaces"])
    old.removed_at, old.removed_by_name = clock.now(), by.name
    old.save(update_fields=["removed_at", "removed_by_name"])
    details = details_of(new) | {"replaces": old.public_id, "replaced_sha256": old.stored.sha256}
    journal.record("application.evidence_replaced", subject(application), by=by, details=details)
    return new


@transaction.atomic
def delete_file(sha256: str, *, by: Actor) -> int:
    """Take a file off the shelf for good, out of every application of the office; returns from how many places. The content
    goes with the next clearing, when nobody else needs it. Raises DoesNotExist; NotPossible while anything handed in rests
    on it, or where an application that holds it cannot be changed now.
    """
    entry = queries.one_on_shelf(by, sha256)
    held = {one.piece.application_id: one.piece.application for one in entry.uses}
    locked = [queries.lock(one.number, actor=by) for one in sorted(held.values(), key=lambda one: one.pk)]
    policy.may_delete_file(by, queries.one_on_shelf(by, sha256).uses).require()
    for application in locked:
        _delete_from(application, sha256, by)
    return len(entry.uses)


def _delete_from(application: Application, sha256: str, by: Actor) -> None:
    for piece in Evidence.objects.filter(application=application, stored__sha256=sha256).select_related("stored"):
        details = details_of(piece)
        piece.delete()
        journal.record("application.evidence_deleted", subject(application), by=by, details=details)
