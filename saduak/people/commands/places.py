"""Changes to organisations and posts."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox import commands as outbox
from saduak.people import policy
from saduak.people.actor import Actor
from saduak.people.models import Kind, Membership, Organisation, User
from saduak.people.models.organisation import search_text
from saduak.people.roles import Capacity, Role

LONGEST_ACTING_DAYS = 366


def subject(organisation: Organisation) -> journal.Subject:
    return journal.Subject("organisation", organisation.code, organisation.name_th)


@transaction.atomic
def register_centre(
    parent_code: str,
    *,
    by: Actor,
    name_th: str,
    name_en: str = "",
    address_th: str = "",
    phone: str = "",
    email: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> Organisation:
    """Put a new service centre under an office. Raises NotAllowed, NotComplete, NotPossible (same name twice)."""
    parent = Organisation.objects.select_for_update().get(code=parent_code)
    policy.may_register_centre(by, parent).require()
    name = " ".join(name_th.split())
    if not name:
        raise NotComplete(_("Write the centre's name in Thai."), field="name_th")
    if Organisation.objects.get_children(parent).filter(name_th=name, closed_on=None).exists():
        raise NotPossible(
            _("%(office)s already has a centre named “%(name)s”."),
            params={"office": parent.name, "name": name},
            field="name_th",
        )
    fields: dict[str, Any] = {
        "code": public_code("C"),
        "kind": Kind.CENTRE,
        "name_th": name,
        "name_en": " ".join(name_en.split()),
        "address_th": address_th,
        "phone": phone,
        "email": email,
        "latitude": latitude,
        "longitude": longitude,
        "province_code": parent.province_code,
        "district_code": parent.district_code,
        "opened_on": clock.today(),
        "created_at": clock.now(),
    }
    centre: Organisation = Organisation.objects.add_child(parent, fields)
    journal.record("organisation.centre_registered", subject(centre), by=by, details={"parent": parent.code})
    return centre


@transaction.atomic
def give_post(
    organisation: Organisation,
    *,
    by: Actor,
    email: str,
    name_th: str,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
    subtree: bool = False,
    name_en: str = "",
    password: str | None = None,
    is_invented: bool = False,
    capacity: str = "",
    order_reference: str = "",
) -> Membership:
    """Vouch that a person holds a post. Makes the person known when they are not yet.

    capacity: of roles.Capacity, for who acts for the head until `ends_on`; order_reference: the order that says so.
    """
    policy.may_invite(by, organisation, role).require()
    _require_sound_acting(capacity, role, starts_on, ends_on)
    policy.may_delegate(by, capacity).require()
    post = record_post(
        organisation, by=by, email=email, name_th=name_th, role=role, starts_on=starts_on, ends_on=ends_on, subtree=subtree,
        name_en=name_en, password=password, is_invented=is_invented, capacity=capacity,
        order_reference=" ".join(order_reference.split()),
    )  # fmt: skip
    tell_of_posts([post], by=by)
    return post


def tell_of_posts(posts: Iterable[Membership], *, by: Actor) -> None:
    """Tell each person of the post they were given; those of one office and role in one batch."""
    together: dict[tuple[str, str], list[Membership]] = {}
    for post in posts:
        together.setdefault((post.organisation.code, str(post.role_label)), []).append(post)
    for (code, _label), group in together.items():
        outbox.notify(
            "post.given",
            to=[post.user for post in group],
            subject=_("You act for %(office)s as %(role)s"),
            body=_(
                "%(by)s has given you the post “%(role)s” at %(office)s. Sign in with this e-mail address; if you have no password yet, choose “Forgot the password”."
            ),
            params={"office": group[0].organisation.name_th, "role": group[0].role_label, "by": by.name},
            about=("organisation", code),
            url=reverse("account_login"),
        )


@transaction.atomic
def record_post(
    organisation: Organisation, *, by: Actor, email: str, name_th: str, role: str, starts_on: date, **more: Any
) -> Membership:
    """Write a post whose right has been checked by the caller (`give_post`, set-up of an instance)."""
    email = email.strip().lower()
    person = User.objects.filter(email=email).first()
    if person is None:
        if not name_th.strip():
            raise NotComplete(_("Write the person's name."), field="name_th")
        person = User.objects.create_user(
            email,
            more.get("password"),
            name_th=" ".join(name_th.split()),
            name_en=more.get("name_en", ""),
            is_invented=more.get("is_invented", False),
        )
    post, made = Membership.objects.get_or_create(
        user=person,
        organisation=organisation,
        role=role,
        ends_on=more.get("ends_on"),
        capacity=more.get("capacity", ""),
        defaults={
            "starts_on": starts_on,
            "subtree": more.get("subtree", False),
            "vouched_by": by.name,
            "order_reference": more.get("order_reference", ""),
        },
    )
    if made:
        journal.record(
            "post.given",
            subject(organisation),
            by=by,
            details={"person": person.ref, "name": person.name_th, "role": role, "subtree": post.subtree}
            | (
                {"capacity": post.capacity, "order": post.order_reference, "until": post.ends_on}
                if post.capacity
                else {}
            ),
        )
    return post


def _require_sound_acting(capacity: str, role: str, starts_on: date, ends_on: date | None) -> None:
    if not capacity:
        return
    if capacity not in Capacity.values or role != Role.HEAD:
        raise NotComplete(_("Only for the head does anybody act: choose the role “head of office”."), field="capacity")
    if ends_on is None:
        raise NotComplete(_("Whoever acts for the head does so until a day: give the last day."), field="ends_on")
    if (ends_on - starts_on).days > LONGEST_ACTING_DAYS:
        raise NotComplete(_("Acting for the head lasts a year at most; it can be given again."), field="ends_on")


@transaction.atomic
def end_post(code: str, *, by: Actor, on: date) -> Membership:
    """The person leaves the post on a day; what they did stays theirs."""
    post = Membership.objects.select_for_update(of=("self",)).select_related("organisation", "user").get(code=code)
    policy.may_end_post(by, post.organisation, post.role).require()
    if post.ends_on is not None and post.ends_on <= on:
        raise NotPossible(_("This post has already ended."))
    if on < post.starts_on:
        raise NotComplete(_("A post cannot end before it began."), field="ends_on")
    post.ends_on = on
    post.save(update_fields=["ends_on"])
    journal.record(
        "post.ended", subject(post.organisation), by=by, details={"person": post.user.ref, "role": post.role, "on": on}
    )
    return post


def grow_tree(rows: Iterable[dict[str, Any]], *, by: Actor, source: str) -> int:
    """Insert many organisations at once, parents before children; returns how many.

    rows: fields of Organisation plus `parent` (a code, or None for the root). Paths are computed here and written in
    one bulk insert, because adding 8,900 nodes one by one takes minutes. All or nothing. Raises NotComplete naming the
    row of an unknown parent or a code that stands twice.
    """
    with transaction.atomic():
        known = {o.code: o for o in Organisation.objects.select_for_update()}
        last: dict[str, int] = {}  # by the path above: the last child's step
        for organisation in sorted(known.values(), key=lambda o: o.path):
            last[organisation.path[: -Organisation.steplen]] = organisation._get_lastpos_in_path()
        made, now = [], clock.now()
        for number, row in enumerate(rows, 1):
            fields = dict(row)
            parent_code = fields.pop("parent")
            if fields["code"] in known:
                raise NotComplete(
                    _("Row %(row)s: the code %(code)s stands twice."), params={"row": number, "code": fields["code"]}
                )
            parent = known.get(parent_code) if parent_code else None
            if parent_code and parent is None:
                raise NotComplete(
                    _("Row %(row)s: there is no organisation %(code)s above it."),
                    params={"row": number, "code": parent_code},
                )
            above = parent.path if parent else ""
            last[above] = last.get(above, 0) + 1
            path = Organisation._get_path(above, len(above) // Organisation.steplen + 1, last[above])
            organisation = Organisation(**fields, path=path, depth=len(path) // Organisation.steplen, created_at=now)
            organisation.search = search_text(organisation)
            if parent:
                parent.numchild += 1
            known[organisation.code] = organisation
            made.append(organisation)
        Organisation.objects.bulk_create(made, batch_size=500)
        parents = [o for o in known.values() if o.pk and o.numchild]
        Organisation.objects.bulk_update(parents, ["numchild"], batch_size=400)
        journal.record(
            "organisations.imported",
            journal.Subject("organisations", "tree", source),
            by=by,
            details={"count": len(made), "source": source},
        )
    return len(made)
