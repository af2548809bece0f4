"""What colleagues said to each other; asked for only where policy.may_comment has said yes."""

from __future__ import annotations

from dataclasses import dataclass, field

from saduak.applications.models import Application, Comment
from saduak.applications.queries.drafts import _uuid


@dataclass
class Thread:
    """A comment and what was said to it."""

    first: Comment
    replies: list[Comment] = field(default_factory=list)


def comment(application: Application, public_id: str) -> Comment:
    """The first comment of a thread. Raises Comment.DoesNotExist."""
    return Comment.objects.get(application=application, uuid=_uuid(public_id), thread=None)


def threads(application: Application) -> list[Thread]:
    """All threads, those that wait first, then by age; one query."""
    found: dict[int, Thread] = {}
    for one in Comment.objects.filter(application=application).order_by("pk"):
        if one.thread_id is None:
            found[one.pk] = Thread(one)
        elif one.thread_id in found:
            found[one.thread_id].replies.append(one)
    return sorted(found.values(), key=lambda one: (one.first.resolved_at is not None, one.first.pk))


def open_comments(application: Application) -> int:
    """How many threads wait."""
    return Comment.objects.filter(application=application, thread=None, resolved_at=None).count()
