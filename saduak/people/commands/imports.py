"""A file of organisations, centres or people: looked at, taken in as a whole, and undone as a whole."""

import hashlib
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from saduak.files import sheets
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import Item, NotPossible
from saduak.people import importing, policy, queries
from saduak.people.actor import Actor
from saduak.people.commands.places import grow_tree, subject, tell_of_posts
from saduak.people.importing.lines import Line, jsonable
from saduak.people.models import Import, Membership, Organisation, User
from saduak.people.models.organisation import search_text
from saduak.people.workflow import IMPORT

MOST_NAMED = 20  # things a refusal lists before it says "and more"


def _subject(found: Import) -> journal.Subject:
    return journal.Subject("import", found.code, found.source_name)


@transaction.atomic
def check_import(kind: str, data: bytes, *, name: str, by: Actor) -> Import:
    """The dry run: read the file and keep what each line would do. Writes nothing else.

    Raises NotAllowed, or NotComplete when the file is no sheet with the columns of this kind.
    """
    policy.may_bring(by, kind).require()
    kind = Import.Kind(kind)
    rows = sheets.read(data, name=name, columns=importing.COLUMNS[kind], needed=importing.NEEDED[kind])
    plain = [asdict(row) for row in rows]
    report = [line.report() for line in importing.check(kind, plain, by=by)]
    found = Import.objects.create(
        code=public_code("I"),
        kind=kind,
        source_name=" ".join(name.translate(sheets.INVISIBLE).split())[:255] or "–",
        sha256=hashlib.sha256(data).hexdigest(),
        rows=plain,
        report=report,
        by_ref=by.ref,
        by_name=by.name,
        checked_at=clock.now(),
    )
    journal.record("import.checked", _subject(found), by=by, details={"kind": kind.value, "lines": len(rows)})
    return found


@transaction.atomic
def apply_import(code: str, *, by: Actor) -> Import:
    """Take the file in, all of it or nothing. Every line is looked at again, for the tree may have changed since.

    Raises NotPossible when a line is wrong (each is named) or when no line would do anything.
    """
    found = queries.lock_import(code, actor=by)
    policy.may_bring(by, found.kind).require()
    state = IMPORT.move(found.state, "apply")
    _hold_tree()
    lines = importing.check(found.kind, found.rows, by=by)
    _require_sound(lines)
    found.report = [line.report() for line in lines]
    found.made = _WRITERS[Import.Kind(found.kind)](lines, by=by, source=found.source_name)
    found.state, found.applied_at = state, clock.now()
    found.save(update_fields=["report", "made", "state", "applied_at"])
    journal.record(
        "import.applied",
        _subject(found),
        by=by,
        details={"kind": found.kind, "sha256": found.sha256, "added": found.count("add"), "changed": found.count("change")},
    )  # fmt: skip
    return found


def _hold_tree() -> None:
    """Nobody changes an organisation between the look and the writing."""
    list(Organisation.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def _require_sound(lines: list[Line]) -> None:
    wrong = [line for line in lines if line.act == "wrong"]
    if wrong:
        raise NotPossible(
            _("%(count)s rows cannot be taken in, so none was. Correct them in your file and upload it again."),
            params={"count": len(wrong)},
            items=[
                Item(f"{line.number}: {importing.say(remark)}")
                for line in wrong[:MOST_NAMED]
                for remark in line.remarks
                if remark["stops"]
            ],
        )
    if all(line.act == "same" for line in lines):
        raise NotPossible(_("Everything in the file stands already. There is nothing to take in."))


@transaction.atomic
def undo_import(code: str, *, by: Actor) -> Import:
    """Undo all that the file did, or nothing of it.

    Raises NotPossible naming what hangs on it by now: posts, applications, letters, later corrections.
    """
    found = queries.lock_import(code, actor=by)
    policy.may_bring(by, found.kind).require()
    state = IMPORT.move(found.state, "undo")
    _hold_tree()
    if found.kind == Import.Kind.PEOPLE:
        _take_posts_back(found.made, by=by)
    else:
        _put_back(found.made, by=by)
    found.state, found.undone_at = state, clock.now()
    found.save(update_fields=["state", "undone_at"])
    journal.record("import.undone", _subject(found), by=by, details={"kind": found.kind, "lines": len(found.made)})
    return found


@transaction.atomic
def discard_import(code: str, *, by: Actor) -> Import:
    """Lay the dry run aside."""
    found = queries.lock_import(code, actor=by)
    policy.may_bring(by, found.kind).require()
    found.state = IMPORT.move(found.state, "discard")
    found.save(update_fields=["state"])
    journal.record("import.discarded", _subject(found), by=by)
    return found


def _write_places(lines: list[Line], *, by: Actor, source: str) -> list[dict[str, Any]]:
    """Add and correct organisations or centres; answers what was made, with what stood before."""
    added = [line for line in lines if line.act == "add"]
    for line in added:
        line.code = line.code or public_code("C")
    rows = {line.code: {**line.values, "code": line.code} for line in added}
    for row in rows.values():
        row.setdefault("opened_on", None)
    if rows:
        grow_tree(_parents_first(rows), by=by, source=source)
    changed = {line.code: line for line in lines if line.act == "change"}
    places = list(Organisation.objects.filter(code__in=changed))
    for place in places:
        for key, value in changed[place.code].values.items():
            setattr(place, key, value)
    _save(places, by=by, changes={code: (line.before, line.values) for code, line in changed.items()})
    return [{"code": line.code, "act": "add"} for line in added] + [
        {"code": code, "act": "change", "before": jsonable(line.before), "after": jsonable(line.values)}
        for code, line in changed.items()
    ]


def _save(places: list[Organisation], *, by: Actor, changes: dict[str, tuple[dict[str, Any], dict[str, Any]]]) -> None:
    if not places:
        return
    for place in places:
        place.search = search_text(place)
    keys = {key for before, _after in changes.values() for key in before}
    Organisation.objects.bulk_update(places, sorted({*keys, "search"}), batch_size=200)
    journal.record_many(
        [
            (
                "organisation.changed",
                subject(place),
                {"before": jsonable(changes[place.code][0]), "after": jsonable(changes[place.code][1])},
            )
            for place in places
        ],
        by=by,
    )


def _parents_first(rows: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    ordered: dict[str, dict[str, Any]] = {}

    for code in rows:
        chain = [code]
        while rows[chain[-1]]["parent"] in rows and rows[chain[-1]]["parent"] not in ordered:
            chain.append(rows[chain[-1]]["parent"])
        for one in reversed(chain):
            ordered.setdefault(one, rows[one])
    return list(ordered.values())


def _write_people(lines: list[Line], *, by: Actor, source: str) -> list[dict[str, Any]]:
    """Make persons known and give them their posts; everybody is told once for each post."""
    added = [line for line in lines if line.act == "add"]
    emails = {line.values["email"] for line in added}
    known = {user.email: user for user in User.objects.filter(email__in=emails)}
    new: dict[str, User] = {}
    for line in added:
        email = line.values["email"]
        if email not in known and line.values["name_th"] and email not in new:
            new[email] = User(email=email, name_th=line.values["name_th"], name_en=line.values["name_en"])
            new[email].set_unusable_password()
    User.objects.bulk_create(new.values(), batch_size=500)
    known |= {user.email: user for user in User.objects.filter(email__in=new)}
    places = {o.code: o for o in Organisation.objects.filter(code__in={line.values["organisation"] for line in added})}
    posts = [
        Membership(
            user=known[line.values["email"]],
            organisation=places[line.values["organisation"]],
            role=line.values["role"],
            subtree=line.values["subtree"],
            starts_on=line.values["starts_on"],
            ends_on=line.values["ends_on"],
            vouched_by=by.name,
        )
        for line in added
    ]
    Membership.objects.bulk_create(posts, batch_size=500)
    journal.record_many(
        [
            (
                "post.given",
                subject(post.organisation),
                {"person": post.user.ref, "name": post.user.name_th, "role": post.role, "subtree": post.subtree, "source": source},
            )
            for post in posts
        ],
        by=by,
    )  # fmt: skip
    tell_of_posts(posts, by=by)
    return [
        {"act": "add", "person": post.user.ref, "new": post.user.email in new, "code": post.organisation.code,
         "role": post.role, "starts_on": post.starts_on.isoformat(), "ends_on": post.ends_on and post.ends_on.isoformat()}
        for post in posts
    ]  # fmt: skip


_WRITERS = {
    Import.Kind.ORGANISATIONS: _write_places,
    Import.Kind.CENTRES: _write_places,
    Import.Kind.PEOPLE: _write_people,
}


def _put_back(made: list[dict[str, Any]], *, by: Actor) -> None:
    places = {o.code: o for o in Organisation.objects.filter(code__in=[one["code"] for one in made])}
    added = [places[one["code"]] for one in made if one["act"] == "add" and one["code"] in places]
    changes: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    later = []
    for one in made:
        place = places.get(one["code"])
        if one["act"] != "change" or place is None:
            continue
        now = jsonable({key: getattr(place, key) for key in one["after"]})
        if now != one["after"]:
            later.append(Item(f"{place.code} {place.name_th}"))
        changes[place.code] = (one["after"], one["before"])
    if later:
        raise NotPossible(
            _("%(count)s organisations were corrected again after this file. Undo would overwrite that."),
            params={"count": len(later)},
            items=later[:MOST_NAMED],
        )
    _require_free(added)
    changed = [places[code] for code in changes]
    for place in changed:
        for key, value in changes[place.code][1].items():
            setattr(place, key, Organisation._meta.get_field(key).to_python(value))
    _save(changed, by=by, changes=changes)
    journal.record_many([("organisation.removed", subject(place), {}) for place in added], by=by)
    for at in range(0, len(added), 400):
        Organisation.objects.filter(pk__in=[place.pk for place in added[at : at + 400]]).delete()


def _require_free(added: list[Organisation]) -> None:
    """Refuse when something hangs on an organisation that is to go."""
    going = {place.pk: place for place in added}
    paths = {place.path: place.pk for place in added}
    held: dict[int, str] = {}
    for at in range(0, len(added), 400):
        part = [place.pk for place in added[at : at + 400]]
        for relation in Organisation._meta.related_objects:
            column = relation.field.attname
            for pk in relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": part}).values_list(column, flat=True)[:MOST_NAMED]:  # fmt: skip
                held.setdefault(pk, str(relation.related_model._meta.verbose_name))
    for path in Organisation.objects.filter(path__gte=min(paths, default="")).values_list("path", flat=True):
        if path not in paths and path[: -Organisation.steplen] in paths:
            held.setdefault(paths[path[: -Organisation.steplen]], str(_("organisation below it")))
    if held:
        raise NotPossible(
            _("The file cannot be undone: people, letters, applications or other offices hang on what it brought."),
            items=[Item(f"{going[pk].code} {going[pk].name_th}") for pk in list(held)[:MOST_NAMED]],
        )


def _take_posts_back(made: list[dict[str, Any]], *, by: Actor) -> None:
    users = {user.ref: user for user in User.objects.filter(uuid__in=[one["person"] for one in made])}
    places = {o.code: o for o in Organisation.objects.filter(code__in=[one["code"] for one in made])}
    standing = {
        (post.user_id, post.organisation_id, post.role, post.ends_on and post.ends_on.isoformat()): post
        for post in Membership.objects.filter(user__in=list(users.values()), organisation__in=list(places.values()))
    }
    posts = []
    for one in made:
        person, place = users.get(one["person"]), places.get(one["code"])
        post = standing.get((person.pk, place.pk, one["role"], one["ends_on"])) if person and place else None
        if post is not None:  # one that has been ended since stays as it is: it was held
            post.user, post.organisation = person, place
            posts.append(post)
    journal.record_many(
        [("post.taken_back", subject(p.organisation), {"person": p.user.ref, "name": p.user.name_th, "role": p.role}) for p in posts],
        by=by,
    )  # fmt: skip
    for at in range(0, len(posts), 400):
        Membership.objects.filter(pk__in=[post.pk for post in posts[at : at + 400]]).delete()
    alone = [users[one["person"]].pk for one in made if one["new"] and one["person"] in users]
    gone = User.objects.filter(pk__in=alone, last_login=None, memberships=None)
    for person in gone:
        try:
            with transaction.atomic():
                person.delete()
        except ProtectedError:
            continue  # somebody has named the person meanwhile: they stay known, without a post
