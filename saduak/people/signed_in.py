"""The signed-in person and the posts they hold today: what every page asks, in one query."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField, DateField

from saduak.kernel import clock
from saduak.people.models import Membership, Organisation, User
from saduak.people.queries import holding
from saduak.statements import Columns, Statement

# Of a person all that is kept; of a post and its office what an actor is made of.
PERSON = Columns(User, through="user__")
POST = Columns(Membership, "id", "user_id", "organisation_id", "role", "subtree", "capacity", "order_reference")
OFFICE = Columns(
    Organisation, "id", "path", "kind", "name_th", "name_en", "head_title_th", through="organisation__"
)  # fmt: skip
POSTS = Statement(
    lambda at: (
        Membership.objects.filter(holding(at["day"]), user_id=at["user"])
        .order_by("organisation__path", "role", "pk")
        .values_list(*PERSON.paths, *POST.paths, *OFFICE.paths)
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
    user = PERSON.make(rows[0][: len(PERSON)])
    return user, [_post(user, row[len(PERSON) :]) for row in rows]


def _post(user: User, row: Sequence[Any]) -> Membership:
    post = POST.make(row[: len(POST)])
    post.user, post.organisation = user, OFFICE.make(row[len(POST) :])
    return post
