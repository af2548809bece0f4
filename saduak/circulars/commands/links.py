"""The short link of a letter: given when it leaves, closed or moved by its office, and counted when it is opened."""

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.commands.subjects import subject
from saduak.circulars.models import Circular, Link, LinkDay
from saduak.circulars.queries.visibility import circulars, lock_circular
from saduak.circulars.shortcodes import new_code
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.people.actor import Actor

LONGEST_WHY = 300
TRIES = 5


def give_link(circular: Circular) -> Link:
    """The link of a letter that is leaving. Part of `issue`, which has asked who may; a letter keeps the one it has."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return Link.objects.get_or_create(
                    circular=circular, defaults={"code": new_code(), "created_at": clock.now()}
                )[0]
        except IntegrityError:  # the code is taken: one in eight thousand million
            if not left:
                raise
    raise AssertionError


@transaction.atomic
def close_link(code: str, *, by: Actor, why: str, moved_to: str = "") -> Link:
    """Close the link of a letter, or lead it on to another letter: its number or code in `moved_to`.

    Raises NotComplete naming the field, NotPossible for a letter that has not left or a link that is closed.
    """
    circular = lock_circular(code, actor=by)
    policy.may_keep_link(by, circular).require()
    link = Link.objects.select_for_update().get(circular=circular)
    if link.closed_at is not None:
        raise NotPossible(_("The link is closed already. Open it again first."))
    why = " ".join(why.split())
    if not why:
        raise NotComplete(_("Say why: whoever scans the code reads it."), field="why")
    if len(why) > LONGEST_WHY:
        raise NotComplete(_("At most %(longest)s characters."), params={"longest": LONGEST_WHY}, field="why")
    if moved_to.strip():
        link.moved_to = _successor(circular, moved_to.strip(), by)
    link.closed_at, link.closed_by, link.closed_why = clock.now(), by.name, why
    link.save(update_fields=["closed_at", "closed_by", "closed_why", "moved_to"])
    details = {"why": why, "moved_to": link.moved_to.code if link.moved_to else ""}
    journal.record("circular.link_closed", subject(circular), by=by, details=details)
    return link


@transaction.atomic
def reopen_link(code: str, *, by: Actor) -> Link:
    """Open a link again that was closed by hand. Raises NotPossible when it is open."""
    circular = lock_circular(code, actor=by)
    policy.may_keep_link(by, circular).require()
    link = Link.objects.select_for_update().get(circular=circular)
    if link.closed_at is None:
        raise NotPossible(_("The link is open."))
    link.closed_at, link.closed_by, link.closed_why, link.moved_to = None, "", "", None
    link.save(update_fields=["closed_at", "closed_by", "closed_why", "moved_to"])
    journal.record("circular.link_reopened", subject(circular), by=by)
    return link


def count_opening(link_id: int) -> None:
    """One more opening of the link today: one statement, and nothing of who it was."""
    table = connection.ops.quote_name(LinkDay._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (link_id, day, opened) VALUES (%s, %s, 1) "  # noqa: S608  the table's own name
            f"ON CONFLICT (link_id, day) DO UPDATE SET opened = {table}.opened + 1",
            [link_id, clock.today()],
        )


def _successor(circular: Circular, wanted: str, by: Actor) -> Circular:
    found = circulars(by).exclude(state="DRAFT").exclude(pk=circular.pk)
    successor = found.filter(code=wanted.upper()).first() or found.filter(number=wanted).order_by("-issued_at").first()
    if successor is None:
        raise NotComplete(
            _("“%(wanted)s” is no other letter that has left and that you may see."),
            params={"wanted": wanted[:60]},
            field="moved_to",
        )
    if Link.objects.filter(circular=successor, closed_at__isnull=False).exists():
        raise NotComplete(_("The link of that letter is closed itself."), field="moved_to")
    return successor
