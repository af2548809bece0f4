"""Which body of the tree a name of a letter means, as the officer decided."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from saduak.circulars.models import Reading
from saduak.circulars.queries import reading_bodies as queries
from saduak.kernel.refusals import NotComplete
from saduak.people import queries as people


def keep(reading: Reading, bodies: Mapping[int, Mapping[str, str]]) -> dict[str, str]:
    """Write what names mean into the reading (not saved): place → name's key → code, "" for none of ours.

    Returns what changed. Raises NotComplete for a code that no open organisation has.
    """
    wanted = {code for given in bodies.values() for code in given.values() if code}
    known = set(people.organisations().filter(code__in=wanted).values_list("code", flat=True)) if wanted else set()
    changed: dict[str, str] = {}
    for place, given in bodies.items():
        names = dict(queries.names(reading, place))
        here = dict(reading.bodies.get(str(place), {}))
        for key, code in given.items():
            if key not in names:
                continue
            if code and code not in known:
                raise NotComplete(_("There is no organisation %(code)s in the tree."), params={"code": code})
            decided = {"text": names[key], "code": code}
            if here.get(key) != decided:
                here[key] = decided
                changed[f"{place + 1} {names[key]}"] = code
        reading.bodies = {**reading.bodies, str(place): here} if here else reading.bodies
    return changed
