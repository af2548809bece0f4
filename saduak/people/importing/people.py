"""Lines that are people and the posts they hold."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_noop

from saduak.kernel import clock
from saduak.people import policy
from saduak.people.actor import Actor
from saduak.people.importing.columns import ROLE_WORDS, code_of
from saduak.people.importing.lines import Line
from saduak.people.models import Kind, Membership, Organisation, User
from saduak.people.roles import PROGRAMME_ROLES

YES_WORDS = {"ใช่", "รวม", "yes", "y", "true", "1", "x", "✓"}
NO_WORDS = {"", "ไม่", "ไม่ใช่", "ไม่รวม", "no", "n", "false", "0", "-"}


def check(lines: list[Line], *, by: Actor) -> None:
    """Each line gives one post; a post that is held already stays as it is."""
    emails = {line.cells.get("email", "").lower() for line in lines}
    known = {user.email: user for user in User.objects.filter(email__in=emails)}
    codes = {line.cells.get("organisation", "") for line in lines}
    places = {o.code: o for o in Organisation.objects.filter(code__in=codes)}
    held = {
        (post.user.email, post.organisation.code, post.role)
        for post in Membership.objects.filter(user__email__in=emails, ends_on=None).select_related("user", "organisation")
    }  # fmt: skip
    named = {line.cells.get("email", "").lower() for line in lines if line.cells.get("name_th")}
    seen: dict[tuple[str, str, str], int] = {}
    for line in lines:
        email = line.email("email")
        line.label = line.cells.get("name_th", "") or email
        role = code_of(ROLE_WORDS, line.cells.get("role", ""))
        place = places.get(line.cells.get("organisation", ""))
        _who(line, email, known.get(email), email in named)
        _where(line, place, role, by=by)
        starts, ends = line.day("starts_on"), line.day("ends_on")
        _days(line, starts or clock.today(), ends)
        key = (email, line.cells.get("organisation", ""), role)
        if key in seen and line.act != "wrong":
            line.wrong(gettext_noop("Row %(row)s gives the same post already."), row=seen[key])
        seen.setdefault(key, line.number)
        line.values = _values(line, email, role, starts or clock.today(), ends)
        if line.act != "wrong" and key in held:
            line.act = "same"


def _who(line: Line, email: str, person: User | None, named: bool) -> None:
    if not email:
        line.wrong(gettext_noop("The e-mail address is missing."))
    elif person is None and not named:
        line.wrong(gettext_noop("The name is missing."))
    elif person is not None and not person.is_active:
        line.wrong(gettext_noop("%(email)s has been closed."), email=email)
    elif person is not None and line.cells.get("name_th") and line.cells["name_th"] != person.name_th:
        line.note(gettext_noop("%(email)s is known as %(name)s; the name in the file is not taken over."), email=email, name=person.name_th)  # fmt: skip


def _where(line: Line, place: Organisation | None, role: str, *, by: Actor) -> None:
    code = line.cells.get("organisation", "")
    if not code:
        line.wrong(gettext_noop("The code of the organisation is missing."))
    elif place is None:
        line.wrong(gettext_noop("There is no organisation with the code %(code)s."), code=code)
    elif place.closed_on:
        line.wrong(gettext_noop("%(code)s has been closed."), code=code)
    if not line.cells.get("role"):
        line.wrong(gettext_noop("The role is missing."))
    elif not role:
        line.wrong(
            gettext_noop("“%(value)s” is no role. Look at the second sheet of the template."), value=line.cells["role"]
        )
    if place is None or not role or line.act == "wrong":
        return
    if role in PROGRAMME_ROLES and place.kind != Kind.SECRETARIAT:
        line.wrong(gettext_noop("This role is given at the secretariat only."))
    allowed = policy.may_invite(by, place, role)
    if not allowed:
        line.refused(allowed)


def _days(line: Line, starts: dt.date, ends: dt.date | None) -> None:
    if ends and ends < starts:
        line.wrong(gettext_noop("The last day cannot be before the first."))


def _values(line: Line, email: str, role: str, starts: dt.date, ends: dt.date | None) -> dict[str, Any]:
    said = line.cells.get("subtree", "").casefold()
    if said not in YES_WORDS | NO_WORDS:
        line.wrong(gettext_noop("“%(value)s”: write yes or no (ใช่ or ไม่)."), value=said)
    return {
        "email": email,
        "name_th": line.text("name_th", 200),
        "name_en": line.text("name_en", 200),
        "organisation": line.cells.get("organisation", ""),
        "role": role,
        "subtree": said in YES_WORDS,
        "starts_on": starts,
        "ends_on": ends,
    }
