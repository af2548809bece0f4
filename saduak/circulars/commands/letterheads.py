"""Emblem, name and contact lines with which an office writes."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.models import Letterhead
from saduak.circulars.queries.letterheads import letterhead
from saduak.documents.typesetting import shows
from saduak.files import commands as files
from saduak.files import serving
from saduak.files.models import StoredFile
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete
from saduak.people.actor import Actor
from saduak.people.models import Organisation

MOST_LINES, LONGEST_LINE = 6, 120


def set_letterhead(
    organisation: Organisation,
    *,
    by: Actor,
    name_lines: str,
    contact: str,
    emblem: Any = None,
    keep_emblem: bool = True,
) -> Letterhead:
    """Give an office another letterhead, for letters issued from now on. emblem: a picture that was uploaded; without one
    the present emblem stays, unless keep_emblem says no. Raises NotAllowed, NotComplete.

    The picture is looked at before the transaction begins, because that takes a while.
    """
    policy.may_set_letterhead(by, organisation).require()
    stored: StoredFile | None = None
    if emblem is not None:
        stored = files.store(emblem, by_ref=by.ref)
        if not stored.content_type.startswith("image/") or not shows(serving.content(stored)):
            raise NotComplete(_("Choose a picture: PNG, JPEG or WebP, of at most 25 million dots."), field="emblem")
    return _set(organisation.pk, by=by, name_lines=name_lines, contact=contact, emblem=stored, keep=keep_emblem)


@transaction.atomic
def _set(pk: int, *, by: Actor, name_lines: str, contact: str, emblem: StoredFile | None, keep: bool) -> Letterhead:
    organisation = Organisation.objects.select_for_update().get(pk=pk)
    policy.may_set_letterhead(by, organisation).require()
    lines = {"name_lines": _lines(name_lines, "name_lines"), "contact": _lines(contact, "contact")}
    before = letterhead(organisation)
    if emblem is None and keep and before is not None:
        emblem = before.emblem
    made = Letterhead.objects.create(
        organisation=organisation, emblem=emblem, changed_at=clock.now(), changed_by=by.name, **lines
    )
    details = lines | ({"emblem": emblem.sha256} if emblem else {})
    subject = journal.Subject("organisation", organisation.code, organisation.name_th)
    journal.record("circular.letterhead_set", subject, by=by, details=details)
    return made


def _lines(text: str, field: str) -> str:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        words = {"lines": MOST_LINES, "longest": LONGEST_LINE}
        raise NotComplete(_("At most %(lines)s lines of %(longest)s characters."), params=words, field=field)
    return "\n".join(lines)
