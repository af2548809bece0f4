"""Reading published packs. They are public: nothing here depends on who asks."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery

from saduak.packs import lineage, policy
from saduak.packs.asking import Form, form_of
from saduak.packs.models import Kind, PackDraft, PublishedPack
from saduak.packs.references import Reference, references
from saduak.packs.standard import Standard, from_resolved
from saduak.people.actor import Actor

_standards: dict[str, Standard] = {}  # by hash: a published version never changes, so it is built once
_forms: dict[str, Form] = {}


def published(pack_id: str, version: int | None = None) -> PublishedPack:
    """That version of the pack, or its newest. Raises PublishedPack.DoesNotExist."""
    found = PublishedPack.objects.filter(pack_id=pack_id)
    return found.get(version=version) if version is not None else found.latest("version")


def versions(pack_id: str) -> QuerySet[PublishedPack]:
    """All versions of the pack, newest first."""
    return PublishedPack.objects.filter(pack_id=pack_id).order_by("-version")


def latest(kind: Kind) -> list[PublishedPack]:
    """The newest version of every pack of the kind, by title."""
    newest = PublishedPack.objects.filter(kind=kind).values("pack_id").annotate(newest=Max("version")).order_by()
    wanted = {(row["pack_id"], row["newest"]) for row in newest}
    packs = PublishedPack.objects.filter(kind=kind, pack_id__in=[pack_id for pack_id, _ in wanted])
    return sorted((one for one in packs if (one.pack_id, one.version) in wanted), key=lambda one: one.title_th)


def mapping_to(old: PublishedPack, content: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The same as ``mapping`` for a content that is not published yet and will follow the newest version."""
    last = versions(content["id"]).first() or followed(content)
    if last is None:
        shared = set(lineage.ids(content)) if old.pack_id == content["id"] else set()
        return {name: (name,) if name in shared else () for name in lineage.ids(old.content)}
    moved = lineage.step(last.content, content)
    return moved if last.pk == old.pk else lineage.composed(mapping(old, last), moved)


def newest(kind: str = "") -> QuerySet[PublishedPack]:
    """The newest version of every pack, of one kind or of all, by kind and title; ``versions`` counts those there are."""
    same = PublishedPack.objects.filter(pack_id=OuterRef("pack_id"))
    counted = same.order_by().values("pack_id").annotate(many=Count("pk")).values("many")
    found = PublishedPack.objects.exclude(Exists(same.filter(version__gt=OuterRef("version"))))
    found = found.filter(kind=kind) if kind else found
    return found.annotate(versions=Subquery(counted)).order_by("kind", "title_th", "pack_id")


def counts() -> dict[str, int]:
    """How many packs there are of each kind."""
    found = PublishedPack.objects.order_by().values("kind").annotate(many=Count("pack_id", distinct=True))
    return {row["kind"]: row["many"] for row in found}


def of_kind(kind: str) -> QuerySet[PublishedPack]:
    """Every version of every pack of the kind, the newest published first; at most 500, to choose from."""
    return PublishedPack.objects.filter(kind=kind).order_by("-published_at", "-version", "slug")[:500]


def by_slug(kind: Kind, slug: str, version: int | None = None) -> PublishedPack:
    """The pack behind a public address, in that version or its newest. Raises PublishedPack.DoesNotExist."""
    found = PublishedPack.objects.filter(kind=kind, slug=slug)
    return found.get(version=version) if version is not None else found.latest("version")


def standard(pack: PublishedPack) -> Standard:
    """The standard that ``pack`` holds. Raises ValueError when it is a pack of another kind."""
    if pack.kind != Kind.STANDARD:
        raise ValueError(f"{pack} is no standard")
    found = _standards.get(pack.sha256)
    if found is None:
        found = _standards[pack.sha256] = from_resolved(pack.content)
    return found


def before(pack: PublishedPack) -> PublishedPack | None:
    """The standard that ``pack`` follows: the version before it, or for a first version what it says it ``follows``."""
    earlier = PublishedPack.objects.filter(pack_id=pack.pack_id, version__lt=pack.version).order_by("-version").first()
    return earlier or followed(pack.content)


def followed(content: Mapping[str, Any]) -> PublishedPack | None:
    """The standard of another name that this content says it ``follows``, where it was published."""
    follows = content.get("follows")
    return follows and PublishedPack.objects.filter(pack_id=follows["pack"], version=follows["version"]).first()


def mapping(old: PublishedPack, new: PublishedPack) -> dict[str, tuple[str, ...]]:
    """id of a criterion or sub-item of ``old`` → the ids in ``new`` that ask the same, none where it was dropped.

    Follows the versions in between one by one. Where ``new`` does not come after ``old``, an older version of the same
    pack keeps its ids, and any other standard has nothing in common with it.
    """
    if old.sha256 == new.sha256:
        return {name: (name,) for name in lineage.ids(old.content)}
    found: dict[str, tuple[str, ...]] | None = None
    after, seen = new, {new.pk}
    while (earlier := before(after)) is not None and earlier.pk not in seen:
        moved = lineage.step(earlier.content, after.content)
        found = moved if found is None else lineage.composed(moved, found)
        if earlier.pk == old.pk:
            return found
        seen.add(earlier.pk)
        after = earlier
    shared = set(lineage.ids(new.content)) if old.pack_id == new.pack_id else set()
    return {name: (name,) if name in shared else () for name in lineage.ids(old.content)}


def named(content: Mapping[str, Any]) -> list[tuple[Reference, PublishedPack | None]]:
    """The packs that a content names, as they were published; None for one that is not published yet."""
    found = references(content)
    packs = PublishedPack.objects.filter(pack_id__in=[one.pack_id for one in found])
    by_name = {(one.pack_id, one.version): one for one in packs}
    return [(one, by_name.get((one.pack_id, one.version))) for one in found]


def form(pack: PublishedPack) -> Form:
    """The form or survey that ``pack`` holds. Raises ValueError when it is a pack of another kind."""
    if pack.kind not in (Kind.FORM, Kind.SURVEY):
        raise ValueError(f"{pack} is no form")
    found = _forms.get(pack.sha256)
    if found is None:
        found = _forms[pack.sha256] = form_of(pack.content)
    return found


def drafts(actor: Actor) -> QuerySet[PackDraft]:
    """Workbooks that were brought, newest first; none for those who do not look after packs."""
    found = PackDraft.objects.select_related("published").defer("content")
    return found if policy.may_look_after(actor) else found.none()


def lock_draft(code: str, *, actor: Actor) -> PackDraft:
    """One workbook, held until the transaction ends. Raises PackDraft.DoesNotExist for a stranger."""
    return PackDraft.objects.select_for_update().get(code=code, pk__in=drafts(actor).values("pk"))
