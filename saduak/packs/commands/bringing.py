"""A standard brought as a workbook: looked at cell by cell, then published as any pack, or laid aside."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from saduak.files import sheets
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import NotPossible
from saduak.packs import lineage, loader, policy, queries, workbooks
from saduak.packs.commands import publishing
from saduak.packs.loader import ResolvedPack
from saduak.packs.mistakes import PackMistakes
from saduak.packs.models import PackDraft, PublishedPack
from saduak.packs.workflow import DRAFT
from saduak.people.actor import Actor


def publish_workbook(data: bytes, *, by: Actor) -> PublishedPack:
    """Publish the standard in a workbook at once, as ``publish`` does for YAML.

    Raises NotAllowed, NotComplete when the file is no workbook, and PackMistakes with the cells that are wrong.
    """
    policy.may_publish(by).require()
    return publishing.publish_resolved([_sound(data)], by=by)[0]


def _sound(data: bytes) -> ResolvedPack:
    brought = workbooks.read(data)
    if brought.pack is None:
        raise PackMistakes(brought.mistakes)
    return brought.pack


@transaction.atomic
def check_workbook(data: bytes, *, name: str, by: Actor) -> PackDraft:
    """The dry run: keep what the workbook holds and every mistake in it. Publishes nothing.

    Raises NotAllowed, or NotComplete when the file is no workbook at all.
    """
    policy.may_publish(by).require()
    brought = workbooks.read(data)
    pack, mistakes = brought.pack, brought.mistakes
    if pack is not None:
        try:
            publishing.check([pack])
        except PackMistakes as refusal:
            mistakes = refusal.mistakes
    content = pack.content if pack is not None else None
    title = content["title"] if content else {}
    found = PackDraft.objects.create(
        code=public_code("W"),
        source_name=" ".join(name.translate(sheets.INVISIBLE).split())[:255] or "–",
        source_sha256=hashlib.sha256(data).hexdigest(),
        pack_id=pack.pack_id if pack else "",
        version=pack.version if pack else None,
        title_th=title.get("th", ""),
        title_en=title.get("en", ""),
        content=content,
        mistakes=[{"place": one.file, "row": one.line, "th": one.th, "en": one.en} for one in mistakes],
        by_ref=by.ref,
        by_name=by.name,
        checked_at=clock.now(),
    )
    details = {
        "pack": found.pack_id,
        "version": found.version,
        "sha256": found.source_sha256,
        "mistakes": len(mistakes),
    }
    journal.record("pack_draft.checked", _subject(found), by=by, details=details)
    return found


def publish_draft(code: str, *, by: Actor) -> PackDraft:
    """Publish what the workbook held. It is held against what is published once more, for that may have changed.

    Raises NotPossible when there were mistakes or when it is published already, and PackMistakes when it no longer fits.
    """
    try:
        return _publish_draft_now(code, by=by)
    except IntegrityError:  # another publisher was quicker by a moment; what was written then is known now
        return _publish_draft_now(code, by=by)


@transaction.atomic
def _publish_draft_now(code: str, *, by: Actor) -> PackDraft:
    found = queries.lock_draft(code, actor=by)
    policy.may_publish(by).require()
    state = DRAFT.move(found.state, "publish")
    if found.mistakes or found.content is None:
        raise NotPossible(_("The workbook has mistakes. Correct them there and bring it again."))
    pack = _of_draft(found)
    if PublishedPack.objects.filter(pack_id=pack.pack_id, sha256=pack.sha256).exists():
        raise NotPossible(_("This version is published already, with just this content."))
    (found.published,) = publishing.publish_now([pack], by=by)
    found.state, found.settled_at = state, clock.now()
    found.save(update_fields=["published", "state", "settled_at"])
    journal.record("pack_draft.published", _subject(found), by=by, details={"sha256": pack.sha256})
    return found


def _of_draft(found: PackDraft) -> ResolvedPack:
    """What was kept, as publishing takes it; mistakes then name the workbook."""
    content = found.content
    place = (found.source_name, 1)
    places = dict.fromkeys(lineage.ids(content), place)
    version = content["version"]
    return ResolvedPack(content["id"], content["kind"], version, content, loader.digest(content), (), (), place, places)


@transaction.atomic
def discard_draft(code: str, *, by: Actor) -> PackDraft:
    """Lay the workbook aside; nothing of it is published."""
    found = queries.lock_draft(code, actor=by)
    policy.may_publish(by).require()
    found.state, found.settled_at = DRAFT.move(found.state, "discard"), clock.now()
    found.save(update_fields=["state", "settled_at"])
    journal.record("pack_draft.discarded", _subject(found), by=by)
    return found


def _subject(found: PackDraft) -> journal.Subject:
    return journal.Subject("pack_draft", found.code, found.title_th or found.source_name)
