"""Publishing packs: from a folder of YAML into the database, all or nothing."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.packs import lineage, loader, policy
from saduak.packs.loader import ResolvedPack
from saduak.packs.mistakes import Mistake, PackMistakes
from saduak.packs.models import Kind, PublishedPack
from saduak.people.actor import Actor

_OF = {Kind.STANDARD: ("เกณฑ์", "criterion"), Kind.FORM: ("คำถาม", "question"), Kind.SURVEY: ("คำถาม", "question")}


def publish(root: Path, pack_id: str, *, by: Actor) -> list[PublishedPack]:
    """Publish the pack ``pack_id`` of the folder ``root`` and every pack it refers to; what is referred to comes first.

    What is published with the same content already is returned as it is, so publishing twice changes nothing.
    Raises NotAllowed, and PackMistakes (422) when a pack is wrong, when its content changed without a new
    version, or when it takes up an id that an earlier version had given up; nothing is published then.
    """
    policy.may_publish(by).require()
    return publish_resolved(loader.load_with_references(root, pack_id), by=by)


def publish_all(root: Path, *, by: Actor) -> list[PublishedPack]:
    """Publish every pack of the folder, as ``publish`` does."""
    policy.may_publish(by).require()
    return publish_resolved(loader.load_all(root), by=by)


def publish_resolved(packs: list[ResolvedPack], *, by: Actor) -> list[PublishedPack]:
    """Publish packs that were read and checked; the caller has asked ``may_publish``."""
    try:
        return publish_now(packs, by=by)
    except IntegrityError:  # another publisher was quicker by a moment; what was written then is known now
        return publish_now(packs, by=by)


@transaction.atomic
def publish_now(packs: list[ResolvedPack], *, by: Actor) -> list[PublishedPack]:
    """The same, once: raises IntegrityError when another publisher was quicker by a moment."""
    known = _known(packs, PublishedPack.objects.select_for_update())
    _check(packs, known)
    done, lines = [], []
    for pack in packs:
        same = next((one for one in known[pack.pack_id] if one.sha256 == pack.sha256), None)
        if same is None:
            same = _written(pack, by)
            lines.append(
                (
                    "pack.published",
                    journal.Subject("pack", f"{pack.pack_id}@{pack.version}"[-64:], same.title_th),
                    {"pack": pack.pack_id, "kind": pack.kind, "version": pack.version, "sha256": pack.sha256},
                )
            )
        done.append(same)
    if lines:
        journal.record_many(lines, by=by)
    return done


def check(packs: list[ResolvedPack]) -> None:
    """Whether the packs could be published now. Raises PackMistakes, as ``publish`` would; writes nothing."""
    _check(packs, _known(packs, PublishedPack.objects.all()))


def _known(packs: list[ResolvedPack], published: QuerySet[PublishedPack]) -> dict[str, list[PublishedPack]]:
    """The published versions of each of the packs, oldest first."""
    known: dict[str, list[PublishedPack]] = {pack.pack_id: [] for pack in packs}
    for one in published.filter(pack_id__in=known).order_by("version"):
        known[one.pack_id].append(one)
    return known


def _check(packs: list[ResolvedPack], known: dict[str, list[PublishedPack]]) -> None:
    by_id = {pack.pack_id: pack for pack in packs}
    mistakes = [mistake for pack in packs for mistake in _unfit(pack, known[pack.pack_id], by_id)]
    mistakes += _same_address(packs)
    if mistakes:
        raise PackMistakes(mistakes)


def slug_of(pack_id: str) -> str:
    """The public name of a pack in addresses: ``gecc/standards/2568`` is ``gecc-2568``."""
    programme, *rest = pack_id.split("/")
    return "-".join([programme, *(rest[1:] or rest)])


def _written(pack: ResolvedPack, by: Actor) -> PublishedPack:
    title = pack.content["title"]
    return PublishedPack.objects.create(
        pack_id=pack.pack_id,
        kind=Kind(pack.kind),
        version=pack.version,
        sha256=pack.sha256,
        slug=slug_of(pack.pack_id),
        title_th=title["th"],
        title_en=title["en"],
        content=pack.content,
        published_at=clock.now(),
        published_by=by.name,
    )


def _unfit(pack: ResolvedPack, known: list[PublishedPack], by_id: Mapping[str, ResolvedPack]) -> Iterable[Mistake]:
    """Why the pack cannot follow the versions that are published."""
    if any(one.sha256 == pack.sha256 for one in known):
        return
    if pack.kind in _OF:
        yield from _unfit_lineage(pack, known, by_id)
    if not known:
        return
    file, line = pack.version_at
    newest = known[-1].version
    if pack.version <= newest:
        th = f"เนื้อหาต่างจากรุ่น {newest} ที่เผยแพร่แล้ว ให้เปลี่ยน version เป็น {newest + 1}"
        en = f"the content differs from version {newest}, which is published; set version to {newest + 1}"
        yield Mistake(file, line, f"“{pack.pack_id}” {th}", f"“{pack.pack_id}”: {en}")
    given_up = set().union(*(_ids(one.content) for one in known[:-1])) - _ids(known[-1].content)
    for name in sorted(given_up & _ids(pack.content)):
        th = f"รหัส “{name}” เคยใช้กับ{_OF[pack.kind][0]}ที่เลิกไปแล้ว ห้ามนำกลับมาใช้"
        en = f"the id “{name}” belonged to a {_OF[pack.kind][1]} that was given up; it is not used again"
        yield Mistake(file, line, th, en)


def _unfit_lineage(
    pack: ResolvedPack, known: list[PublishedPack], by_id: Mapping[str, ResolvedPack]
) -> Iterable[Mistake]:
    """What is wrong in how criteria and questions follow those of the version before."""
    follows = pack.content.get("follows")
    other = _followed(follows, by_id) if follows else None
    if follows and other is None:
        file, line = pack.version_at
        named = f"{follows['pack']}@{follows['version']}"
        th, en = "ยังไม่มีการเผยแพร่มาตรฐานที่ระบุใน follows", "the standard it follows has not been published"
        yield Mistake(file, line, f"“{named}”: {th}", f"“{named}”: {en}")
        return
    before = known[-1].content if known else other
    contents = [one.content for one in known] + ([other] if other else [])
    # What an earlier version says it replaced was checked when that version was published.
    earlier = {
        name
        for content in contents
        for one in lineage.entries(content)
        for name in (one["id"], *one.get("replaces", ()))
    }
    places = {**pack.places, "": pack.version_at}
    if before is not None:
        yield from lineage.unfit(pack.content, before, earlier, places)
        return
    for one in lineage.entries(pack.content):
        if one.get("replaces"):
            file, line = places[one["id"]]
            thing = _OF[pack.kind]
            th, en = f"ยังไม่มี{thing[0]}รุ่นก่อนให้แทน", f"there is no earlier version whose {thing[1]} it could replace"
            yield Mistake(file, line, f"“replaces”: {th}", f"“replaces”: {en}")


def _followed(follows: Mapping[str, Any], by_id: Mapping[str, ResolvedPack]) -> dict[str, Any] | None:
    """The content of the standard that is followed: of those being published, or published before; None: there is none."""
    found = by_id.get(follows["pack"])
    if found is not None and found.version == follows["version"]:
        return found.content
    published = PublishedPack.objects.filter(pack_id=follows["pack"], version=follows["version"]).first()
    return published.content if published is not None else None


def _ids(content: Mapping[str, Any]) -> set[str]:
    """What old answers hang on: ids of criteria, or of questions; none in other kinds."""
    found = {one["id"] for one in content.get("criteria", ())}
    return found | {one["id"] for group in content.get("groups", ()) for one in group["questions"]}


def _same_address(packs: list[ResolvedPack]) -> Iterable[Mistake]:
    """Two packs of one kind must not share a public address."""
    for pack in packs:
        taken = PublishedPack.objects.filter(kind=pack.kind, slug=slug_of(pack.pack_id)).exclude(pack_id=pack.pack_id)
        other = taken.values_list("pack_id", flat=True).first()
        if other:
            th, en = f"ที่อยู่ในเว็บซ้ำกับ “{other}”", f"its address on the web is that of “{other}”"
            file, line = pack.version_at
            yield Mistake(file, line, f"“{pack.pack_id}” {th}", f"“{pack.pack_id}”: {en}")
