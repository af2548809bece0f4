"""Which offices use Saduak: those in which somebody can receive a letter today. Nobody ticks a box."""

from collections.abc import Iterable

from saduak.circulars.models import Circular, Delivery
from saduak.people import queries as people
from saduak.people.models import Membership, Organisation
from saduak.people.roles import Role
from saduak.thai.text import fold, sort_key


def silent_on_paper(circular: Circular, q: str = "") -> list[Delivery]:
    """The addressees that have not received the letter and cannot do so in Saduak, by name, narrowed by words of it."""
    found = circular.deliveries.filter(state="SENT").select_related("organisation")
    for word in fold(q).split():
        found = found.filter(organisation__search__contains=word)
    waiting = list(found)
    electronic = uses_saduak(one.organisation for one in waiting)
    return sorted(
        (one for one in waiting if one.organisation_id not in electronic),
        key=lambda one: sort_key(one.organisation.name_th),
    )


def uses_saduak(organisations: Iterable[Organisation]) -> set[int]:
    """The keys of those that have an active registrar: one of their own, or one above whose post holds below, too.

    One query, whatever the number of organisations.
    """
    wanted = {one.pk: one.path for one in organisations}
    if not wanted:
        return set()
    paths = {above for path in wanted.values() for above in people.ancestors_paths(path)} | set(wanted.values())
    posts = Membership.objects.filter(people.current(), role=Role.REGISTRAR)
    if len(paths) < 500:  # else the list of paths costs more than all registrars
        posts = posts.filter(organisation__path__in=paths)
    own, below = set(), []
    for path, subtree in posts.values_list("organisation__path", "subtree"):
        own.add(path)
        if subtree:
            below.append(path)
    return {pk for pk, path in wanted.items() if path in own or path.startswith(tuple(below))}
