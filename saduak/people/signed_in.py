"""The signed-in person and the posts they hold today: what every page asks, in one query."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, DateField

from saduak.kernel import clock
from saduak.people.models import Membership, Organisation, User
from saduak.people.queries import holding
from saduak.statements import Statement

# Of a person all that is kept; of a post and its office what an actor is made of.
PERSON = tuple(one.attname for one in User._meta.concrete_fields)
POST = ("id", "user_id", "organisation_id", "role", "subtree", "capacity", "order_reference")
OFFICE = ("id", "path", "kind", "name_th", "name_en", "head_title_th")
POSTS = Statement(
    lambda at: (
        Membership.objects.filter(holding(at["day"]), user_id=at["user"])
        .order_by("organisation__path", "role", "pk")
        .values_list(*(f"user__{name}" for name in PERSON), *POST, *(f"organisation__{name}" for name in OFFICE))
    ),
    user=BigIntegerField(),
    day=DateField(),
)


def person(user_id: int) -> tuple[User | None, list[Membership]]:
    """Who has this primary key, and the posts they hold today as `queries.memberships_of` gives them. One query, two for
    a person without a post; (None, []) where there is nobody."""
    rows = POSTS.rows(user=user_id, day=clock.today())
    if not rows:
        return User.objects.filter(pk=user_id).first(), []
    user: User = User.from_db(connection.alias, PERSON, rows[0][: len(PERSON)])
    return user, [_post(user, row[len(PERSON) :]) for row in rows]


def _post(user: User, row: Sequence[Any]) -> Membership:
    post: Membership = Membership.from_db(connection.alias, POST, row[: len(POST)])
    post.user = user
    post.organisation = Organisation.from_db(connection.alias, OFFICE, row[len(POST) :])
    return post
