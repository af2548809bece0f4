"""Reading organisations, people and posts."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete
from saduak.people.actor import Actor, actor_of
from saduak.people.models import Import, Kind, Membership, Organisation, User
from saduak.people.roles import Role
from saduak.thai.text import fold

MOST_NAMED = 8  # offices named when several fit what was typed


def current(on: date | None = None) -> Q:
    """Filter of memberships that hold on a day (today in Bangkok when none is given)."""
    return holding(on or clock.today()) & Q(user__is_active=True)


def holding(day: Any) -> Q:
    """Filter of memberships that hold on a day, whoever holds them. day: a date, or what stands for one."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def memberships_of(user: User) -> list[Membership]:
    """The posts a person holds today, programme roles first, then by place in the tree.

    The person, who is at hand, is not read once more.
    """
    if not user.is_active:
        return []
    found = Membership.objects.filter(holding(clock.today()), user=user).select_related("organisation")
    posts = list(found.order_by("organisation__path", "role", "pk"))
    for post in posts:
        post.user = user
    return posts


def actor_for(user: User, membership_id: int | None = None, *, request_id: str = "") -> Actor | None:
    """The person as actor in the chosen post, or in their first one; None for a person without a post today."""
    return actor_among(memberships_of(user), membership_id, request_id=request_id)


def actor_among(posts: list[Membership], membership_id: int | None = None, *, request_id: str = "") -> Actor | None:
    """The holder of these posts as actor in the chosen one, or in the first; None where there is none."""
    chosen = next((post for post in posts if post.pk == membership_id), posts[0] if posts else None)
    return actor_of(chosen, request_id=request_id) if chosen else None


def organisations() -> QuerySet[Organisation]:
    """Organisations that have not been closed, in order of the tree."""
    found: QuerySet[Organisation] = Organisation.objects.filter(closed_on=None).order_by("path")
    return found


def organisation(code: str) -> Organisation:
    """One organisation by its public code. Raises Organisation.DoesNotExist."""
    found: Organisation = Organisation.objects.get(code=code)
    return found


def subtree(path: str) -> QuerySet[Organisation]:
    """The organisation at the path and everything below it: one range of the index."""
    return organisations().filter(path__gte=path, path__lt=path_end(path))


def path_end(path: str) -> str:
    """The first path after everything that begins with `path`."""
    return path[:-1] + chr(ord(path[-1]) + 1)


def end_of(name: str) -> Concat:
    """The same for a column of an outer query, in the database: steps of a path have no character after the tilde."""
    return Concat(OuterRef(name), Value("~"))


def ancestors_paths(path: str, steplen: int = Organisation.steplen) -> list[str]:
    """Paths of the bodies above, from the top down, without the organisation itself."""
    return [path[:end] for end in range(steplen, len(path), steplen)]


def bodies_above(path: str) -> QuerySet[Organisation]:
    found: QuerySet[Organisation] = Organisation.objects.filter(path__in=ancestors_paths(path)).order_by("path")
    return found


def holders(organisation_ids: Iterable[int], *roles: str) -> QuerySet[User]:
    """The people who hold one of the roles at one of the organisations today: whom a message goes to."""
    posts = Membership.objects.filter(current(), organisation_id__in=list(organisation_ids), role__in=roles)
    return User.objects.filter(pk__in=posts.values("user_id")).order_by("pk")


def posts(organisation_ids: Iterable[int], *roles: str) -> QuerySet[Membership]:
    """The posts in one of the roles at the organisations that hold today, with their people; the oldest last."""
    found = Membership.objects.filter(current(), organisation_id__in=list(organisation_ids), role__in=roles)
    return found.select_related("user").order_by("-pk")


def programme_people(*roles: str) -> QuerySet[User]:
    """The people who hold one of the programme roles today."""
    posts = Membership.objects.filter(current(), role__in=roles)
    return User.objects.filter(pk__in=posts.values("user_id")).order_by("pk")


def search(text: str, *, kinds: Iterable[str] = (), within: str = "", limit: int = 50) -> list[Organisation]:
    """Organisations whose name or code contains the text (Thai digits, sara am and case do not matter)."""
    found = subtree(within) if within else organisations()
    if kinds:
        found = found.filter(kind__in=list(kinds))
    for word in fold(text).split():
        found = found.filter(search__contains=word)
    return list(found[:limit])


def meant(typed: str) -> Organisation:
    """The one open office that somebody means by a code, or by words of its name. Raises NotComplete."""
    typed = typed.strip()
    exact = organisations().filter(code=typed).first()
    if exact is not None:
        return exact
    found = search(typed, limit=MOST_NAMED + 1)
    if not found:
        raise NotComplete(_("No office has this code or name."))
    if len(found) > 1:
        names = "; ".join(f"{one.name} ({one.code})" for one in found[:MOST_NAMED])
        raise NotComplete(
            _("Several offices fit. Write the code of the one you mean: %(names)s"), params={"names": names}
        )
    return found[0]


def find(text: str, kind: str = "") -> QuerySet[Organisation]:
    """Open organisations by words of their name or code, and kind; in order of the tree."""
    found = organisations().filter(kind=kind) if kind else organisations()
    for word in fold(text).split():
        found = found.filter(search__contains=word)
    return found


def top_of(actor: Actor) -> QuerySet[Organisation]:
    """Where the tree begins for an actor: their own organisation and what is directly below it."""
    if not actor.path:
        return organisations().filter(depth=1)
    depth = len(actor.path) // Organisation.steplen
    return subtree(actor.path).filter(depth__lte=depth + 1)


def below(organisation: Organisation) -> QuerySet[Organisation]:
    """What is directly below an organisation."""
    return subtree(organisation.path).filter(depth=organisation.depth + 1)


def centres_of(actor: Actor) -> QuerySet[Organisation]:
    """The service centres at or below the actor's own organisation for which the post holds."""
    if not actor.path:
        return organisations().none()
    return subtree(actor.path).filter(kind=Kind.CENTRE)


def places(organisation_ids: Iterable[int]) -> dict[int, tuple[str, str, int]]:
    """Kind, province code and number of open offices below (without service centres) of each organisation, by primary
    key. One query; each count is one range of an index.
    """
    under = organisations().filter(path__gt=OuterRef("path"), path__lt=end_of("path"))
    many = under.exclude(kind=Kind.CENTRE).order_by().annotate(one=Value(1)).values("one").annotate(many=Count("pk"))
    rows = Organisation.objects.filter(pk__in=list(organisation_ids)).order_by()
    rows = rows.annotate(below=Coalesce(Subquery(many.values("many")), 0))
    return {pk: rest for pk, *rest in rows.values_list("pk", "kind", "province_code", "below")}


def paths(organisation_ids: Iterable[int]) -> list[str]:
    """Places in the tree of the organisations, in portions that any database takes."""
    wanted, found = list(organisation_ids), []
    for cut in range(0, len(wanted), 1000):
        found += Organisation.objects.filter(pk__in=wanted[cut : cut + 1000]).values_list("path", flat=True)
    return found


def members(organisation_id: int) -> QuerySet[Membership]:
    """Everybody's posts at an organisation, past ones too, newest first."""
    return (
        Membership.objects.filter(organisation_id=organisation_id).select_related("user").order_by("-starts_on", "pk")
    )


def imports(actor: Actor) -> QuerySet[Import]:
    """The files an actor may look at: their own; for officers and auditors all."""
    found = Import.objects.defer("rows", "made")
    return found if actor.has(Role.OFFICER, Role.AUDITOR) else found.filter(by_ref=actor.ref)


def lock_import(code: str, *, actor: Actor) -> Import:
    """One file, held until the transaction ends. Raises Import.DoesNotExist for a stranger."""
    return Import.objects.select_for_update().get(code=code, pk__in=imports(actor).values("pk"))
