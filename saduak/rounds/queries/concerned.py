"""The people in whose calendar a period stands."""

from django.db.models import Q, QuerySet

from saduak.people import queries as people
from saduak.people.models import Membership, User
from saduak.rounds.concerns import APPLICANTS, CONCERNED, applying_kinds
from saduak.rounds.models import Round


def concerned(round: Round, kind: str) -> QuerySet[User]:
    """Everybody whom a period of the round concerns today by a post they hold, in one query."""
    roles = CONCERNED[kind]
    posts = Membership.objects.filter(people.current()).filter(
        Q(role__in=sorted(roles - APPLICANTS))
        | Q(role__in=sorted(roles & APPLICANTS), organisation__kind__in=sorted(applying_kinds(round)))
    )
    return User.objects.filter(pk__in=posts.values("user_id")).order_by("pk")
