"""Who has an interest in a case: found in the tree of command, declared by the person, or pinned by the officer.

The rule stands here twice, because a list must leave a case out within the database and a page must say why:
`conflicted` is the filter, `Interest.conflict` the same for one person and one case. A test holds them together.

A pin of the officer wins over everything else. Otherwise a conflict is
- a declaration other than "no interest", or
- a post, now or within the last three years, in the line of command of the centre's office (ministries included, the
  secretariat left out, because the whole programme stands below it), or below the ministries in the same province, or
- an answer of the application written by the person, or
- a sheet of the person on the same centre in an earlier round.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from saduak.applications.models import Answer
from saduak.assessment.models import Case, Declaration, DeclarationKind, Pin, Sheet
from saduak.kernel import clock
from saduak.people.actor import Actor
from saduak.people.models import Kind, Membership, Organisation, User
from saduak.people.queries import ancestors_paths, path_end

YEARS_BACK = 3
NEVER = Q(pk__in=())


@dataclass(frozen=True)
class Post:
    """A post of the last three years, at its office (for a centre: the office it belongs to)."""

    path: str
    province_code: str  # empty at a ministry, which stands above provinces
    organisation: str

    def touches(self, centre: Organisation) -> str:
        """Why the post is too near to the centre: "LINE", "PROVINCE" or ""."""
        if centre.path.startswith(self.path) or self.path.startswith(centre.path):
            return "LINE"
        return "PROVINCE" if self.province_code and self.province_code == centre.province_code else ""


REASONS = {
    "LINE": _("holds or held a post in the same line of command"),
    "PROVINCE": _("holds or held a post in the same province"),
    "PREPARED": _("worked on this application"),
    "ASSESSED": _("assessed this centre in an earlier round"),
}


def posts_of(user_ids: Iterable[int]) -> dict[int, list[Post]]:
    """The posts that count for each person, in one query."""
    today = clock.today()
    # 29 February has no counterpart three years earlier; one day more is the careful side.
    since = today.replace(year=today.year - YEARS_BACK, day=min(today.day, 28))
    found: dict[int, list[Post]] = {user_id: [] for user_id in user_ids}
    rows = (
        Membership.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=since), user_id__in=list(found), starts_on__lte=today
        )
        .exclude(organisation__kind=Kind.SECRETARIAT)
        .select_related("organisation")
    )
    for row in rows:
        found[row.user_id].append(_post(row.organisation))
    return found


def _post(organisation: Organisation) -> Post:
    path = organisation.path[: -Organisation.steplen] if organisation.kind == Kind.CENTRE else organisation.path
    province = "" if organisation.kind == Kind.MINISTRY else organisation.province_code
    return Post(path, province, organisation.name_th)


def near(posts: Iterable[Post], centre: str = "") -> Q:
    """Filter of centres that one of the posts touches; `centre` is the lookup that leads to the centre."""
    found = NEVER
    for post in posts:
        found |= Q(**{f"{centre}path__gte": post.path, f"{centre}path__lt": path_end(post.path)})
        found |= Q(**{f"{centre}path__in": ancestors_paths(post.path)})
        if post.province_code:
            found |= Q(**{f"{centre}province_code": post.province_code})
    return found


def conflicted(actor: Actor) -> Q:
    """Filter of the cases in which the actor has a conflict."""
    if actor.user_id is None:
        return NEVER
    pins = Pin.objects.filter(user_id=actor.user_id)
    declared = Declaration.objects.filter(user_id=actor.user_id).exclude(kind=DeclarationKind.NONE)
    prepared = Answer.objects.filter(application=OuterRef("application"), updated_by_ref=actor.ref)
    earlier = Sheet.objects.filter(
        user_id=actor.user_id,
        case__application__centre=OuterRef("application__centre"),
        case__application__round__fiscal_year__lt=OuterRef("application__round__fiscal_year"),
    )
    found = near(posts_of([actor.user_id])[actor.user_id], "application__centre__")
    found |= Q(pk__in=declared.values("case_id")) | Exists(prepared) | Exists(earlier)
    return Q(pk__in=pins.filter(conflict=True).values("case_id")) | (
        found & ~Q(pk__in=pins.filter(conflict=False).values("case_id"))
    )


@dataclass(frozen=True)
class Interest:
    """What is known of one person's interest in one case. derived: (reason code, what it rests on)."""

    derived: tuple[tuple[str, str], ...] = ()
    declaration: Declaration | None = None
    pin: Pin | None = None

    @property
    def conflict(self) -> bool:
        if self.pin is not None:
            return self.pin.conflict
        return bool(self.derived) or (self.declaration is not None and self.declaration.kind != DeclarationKind.NONE)

    @property
    def declared(self) -> bool:
        return self.declaration is not None

    @property
    def reasons(self) -> list[Any]:
        return [REASONS[code] for code, _rest in self.derived]


def interests(cases: Iterable[Case], users: Iterable[User]) -> dict[tuple[int, int], Interest]:
    """The interest of each person in each case, by (case key, user key); five queries for any number.

    The cases come with their application, centre and round.
    """
    cases, users = list(cases), list(users)
    posts = posts_of(user.pk for user in users)
    keys = [case.pk for case in cases]
    declarations = {
        (one.case_id, one.user_id): one for one in Declaration.objects.filter(case__in=keys, user__in=users)
    }
    pins = {(one.case_id, one.user_id): one for one in Pin.objects.filter(case__in=keys, user__in=users)}
    wrote = _wrote(cases, users)
    assessed = _assessed(cases, users)
    found = {}
    for case in cases:
        for user in users:
            derived = [
                (reason, post.organisation)
                for post in posts[user.pk]
                if (reason := post.touches(case.application.centre))
            ]
            if (case.application_id, user.ref) in wrote:
                derived.append(("PREPARED", case.application.number))
            years = assessed.get((case.application.centre_id, user.pk), [])
            derived += [("ASSESSED", str(year)) for year in years if year < case.application.round.fiscal_year]
            key = (case.pk, user.pk)
            found[key] = Interest(tuple(derived), declarations.get(key), pins.get(key))
    return found


def interest(case: Case, user: User) -> Interest:
    """The interest of one person in one case."""
    return interests([case], [user])[case.pk, user.pk]


def _wrote(cases: list[Case], users: list[User]) -> set[tuple[int, str]]:
    rows = Answer.objects.filter(
        application__in=[case.application_id for case in cases], updated_by_ref__in=[user.ref for user in users]
    )
    return set(rows.values_list("application_id", "updated_by_ref").distinct())


def _assessed(cases: list[Case], users: list[User]) -> dict[tuple[int, int], list[int]]:
    rows = Sheet.objects.filter(
        user__in=users, case__application__centre__in=[case.application.centre_id for case in cases]
    )
    found: dict[tuple[int, int], list[int]] = {}
    for centre, user, year in rows.values_list(
        "case__application__centre", "user", "case__application__round__fiscal_year"
    ):
        found.setdefault((centre, user), []).append(year)
    return found
