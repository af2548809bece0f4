"""The first letter of a cascade and its numbered actions, as every page of a ledger needs them."""

from django.db.models import BigIntegerField, CharField

from saduak.circulars.models import Circular, CircularAction, Reach
from saduak.people.models import Organisation
from saduak.statements import Columns, Statement

# Of the first letter; the rest of it, above all its list of addressees, is read only where it is asked for.
LETTER = Columns(
    Circular, "id", "code", "number", "subject", "state", "issued_at", "sender_id", "parent_id", "root_id", "round_id"
)  # fmt: skip
SENDER = Columns(Organisation, "id", "code", "name_th", "name_en", "path", "depth", through="sender__")
FIRST = Statement(
    lambda at: Circular.objects.filter(code=at["code"], parent=None, in_reply_to=None).values_list(
        *LETTER.paths, *SENDER.paths, "reach__circular_id", "reach__rows"
    ),
    code=CharField(),
)


def first_letter(code: str) -> Circular:
    """The first letter of the cascade with this public code, with its sender and reach. Raises Circular.DoesNotExist."""
    found = FIRST.row(code=code)
    if found is None:
        raise Circular.DoesNotExist
    letter = LETTER.make(found[: len(LETTER)])
    letter.sender = SENDER.make(found[len(LETTER) : -2])
    *_rest, kept, rows = found
    reach = Reach(circular=letter, rows=rows) if kept is not None else None
    Circular._meta.get_field("reach").set_cached_value(letter, reach)  # None, too, is known from here on
    return letter


ACTION = Columns(CircularAction)
ACTIONS = Statement(
    lambda at: CircularAction.objects.filter(circular_id=at["letter"]).order_by("number").values_list(*ACTION.paths),
    letter=BigIntegerField(),
)


def actions_of(letter_id: int) -> list[CircularAction]:
    """The numbered actions of a letter. One query."""
    return [ACTION.make(row) for row in ACTIONS.rows(letter=letter_id)]
