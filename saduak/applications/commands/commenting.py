"""What colleagues say to each other about an answer.

Nothing of it stands in the journal, which the secretariat's auditors read: comments are for the centre's own people only.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import policy, profile, queries, questionnaire
from saduak.applications.commands.checking import note_of
from saduak.applications.models import Comment
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.people.actor import Actor

MOST_COMMENTS = 1000


@transaction.atomic
def comment(number: str, text: str, *, by: Actor, item: str = "", thread: str = "") -> Comment:
    """Say something about an item (a criterion or `profile.<field>`; "" for the whole), or answer in a `thread` (the public
    id of its first comment). Answering a resolved thread opens it again.

    Raises NotAllowed, NotPossible (handed in, too many), NotComplete (nothing said, unknown item), Comment.DoesNotExist.
    """
    application = queries.lock(number, actor=by)
    policy.may_comment(by, application).require()
    said = note_of(text, "text")
    if not said:
        raise NotComplete(_("Write your comment."), field="text")
    if Comment.objects.filter(application=application).count() >= MOST_COMMENTS:
        raise NotPossible(
            _("There are %(most)s comments already: no more can be added."), params={"most": MOST_COMMENTS}
        )
    first = queries.comment(application, thread) if thread else None
    if first is not None:
        item = first.item
        if first.resolved_at is not None:
            _resolve(first, None, "")
    elif (
        item
        and item not in profile.questions(queries.form(application))
        and item not in questionnaire.places(queries.standard(application))
    ):
        raise NotComplete(_("There is no item “%(item)s”."), params={"item": item[:60]}, field="item")
    return Comment.objects.create(
        application=application, item=item, thread=first, text=said, by_ref=by.ref, by_name=by.name, said_at=clock.now()
    )


@transaction.atomic
def resolve_comment(number: str, thread: str, *, by: Actor, resolved: bool = True) -> Comment:
    """Close a thread, or open it again; doing it twice changes nothing. Raises NotAllowed, NotPossible, DoesNotExist."""
    application = queries.lock(number, actor=by)
    policy.may_comment(by, application).require()
    first = queries.comment(application, thread)
    if (first.resolved_at is not None) != resolved:
        _resolve(first, clock.now() if resolved else None, by.name if resolved else "")
    return first


def _resolve(first: Comment, at: object, name: str) -> None:
    first.resolved_at, first.resolved_by_name = at, name
    first.save(update_fields=["resolved_at", "resolved_by_name"])
