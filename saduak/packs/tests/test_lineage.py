"""What became of each criterion in the next standard: kept, replaced, merged, split, dropped; and what is refused."""

import copy
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from saduak.packs import commands, lineage, loader, queries, workbooks
from saduak.packs.mistakes import PackMistakes
from saduak.people.actor import system

CHARTER = "valdora/standards/citizens-charter"
BY = system("test")


def _content(*criteria, **more):
    """criteria: id, or (id, replaced ids), or (id, replaced ids, ids of sub-items)."""
    made = []
    for one in criteria:
        name, replaces, subs = (one, (), ()) if isinstance(one, str) else (*one, ())[:3]
        entry = {"id": name, "number": name, "title": {"th": f"ข้อ {name}", "en": f"Item {name}"}, "scoring": {}}
        if replaces:
            entry["replaces"] = list(replaces)
        if subs:
            entry["scoring"] = {"sub_items": [{**entry, "id": sub, "scoring": {}, "replaces": []} for sub in subs]}
        made.append(entry)
    return {"criteria": made, **more}


# what changes: (before, after, mapping, fates)
CASES = {
    "nothing": (["a", "b"], ["a", "b"], {"a": ("a",), "b": ("b",)}, []),
    "one to one": (["a", "b"], [("c", ["a"]), "b"], {"a": ("c",), "b": ("b",)}, ["renamed"]),
    "several to one": (["a", "b"], [("c", ["a", "b"])], {"a": ("c",), "b": ("c",)}, ["merged"]),
    "into one that stays": (["a", "b"], [("a", ["b"])], {"a": ("a",), "b": ("a",)}, ["merged"]),
    "one to several": (["a"], [("c", ["a"]), ("d", ["a"])], {"a": ("c", "d")}, ["split"]),
    "stays and gives": (["a"], ["a", ("d", ["a"])], {"a": ("a", "d")}, ["split"]),
    "dropped and new": (["a", "b"], ["b", "c"], {"a": (), "b": ("b",)}, ["dropped", "added"]),
    "into a part": (["a"], [("c", ["a"], ["c1"])], {"a": ("c",)}, ["renamed", "added"]),
}


@pytest.mark.parametrize("case", CASES)
def test_where_each_criterion_went(case):
    before, after, wanted, fates = CASES[case]
    old, new = _content(*before), _content(*after)
    moved = lineage.step(old, new)
    assert moved == wanted
    assert [one.fate for one in lineage.moves(old, new, moved)] == fates


def test_two_steps_are_followed_one_by_one():
    first, second, third = _content("a", "b", "x"), _content(("c", ["a", "b"])), _content(("d", ["c"]), ("e", ["c"]))
    both = lineage.composed(lineage.step(first, second), lineage.step(second, third))
    assert both == {"a": ("d", "e"), "b": ("d", "e"), "x": ()}


@pytest.mark.parametrize(
    ("criteria", "ways"),
    [
        ([("a", ["a"])], ["a → a"]),
        ([("a", ["b"]), ("b", ["a"])], ["a → b → a"]),
        ([("a", ["b"]), ("b", ["c"]), ("c", ["b"])], ["b → c → b"]),
        ([("a", ["b"]), "b", ("c", ["b", "old"])], []),
        ([(f"n{n}", [f"n{n + 1}"]) for n in range(5000)], []),  # long, but it ends
    ],
)
def test_a_way_that_leads_back_is_found(criteria, ways):
    assert [way for _, way in lineage.loops(_content(*criteria))] == ways


def _rewrite(path: Path, **swaps):
    text = path.read_text(encoding="utf-8")
    for old, new in swaps.values():
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def _second(folder: Path, replaces="", retired=""):
    """The charter's second version, in which r-4 stands where r-3 stood."""
    item, main = folder / f"{CHARTER}/criteria/r-3.yaml", folder / f"{CHARTER}/standard.yaml"
    _rewrite(item, id=("id: r-3", f"id: r-4{replaces}"))
    item.rename(item.with_name("r-4.yaml"))
    _rewrite(main, version=("version: 1", f"version: 2{retired}"))


# what is written: (on the criterion, on the standard, what the refusal says or None)
WRITTEN = {
    "replaced": ("\nreplaces: [r-3]", "", None),
    "replaced and retired": ("\nreplaces: [r-3, p-1]", "\nretired_ids: [r-3]", None),
    "dropped": ("", "\nretired_ids: [r-3]", None),
    "forgotten": ("", "", "“r-3” is gone: name it under replaces"),
    "unknown": ("\nreplaces: [r-9]", "\nretired_ids: [r-3]", "names “r-9”, which no earlier version has"),
    "loop": ("\nreplaces: [r-4]", "\nretired_ids: [r-3]", "leads back to itself: r-4 → r-4"),
    "double": ("\nreplaces: [r-3, r-3]", "", "lists the same thing twice"),
    "not a list": ("\nreplaces: r-3", "", "must be a list"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", WRITTEN)
def test_publishing_asks_where_every_criterion_went(folder: Path, case):
    commands.publish(folder, CHARTER, by=BY)
    replaces, retired, refusal = WRITTEN[case]
    _second(folder, replaces, retired)
    if refusal is None:
        commands.publish(folder, CHARTER, by=BY)
        old, new = (queries.published(CHARTER, number) for number in (1, 2))
        mapping = queries.mapping(old, new)
        assert mapping["r-3"] == (("r-4",) if replaces else ())
        assert mapping["p-2"] == ("p-2",)
        assert queries.mapping(new, old)["r-4"] == ()  # back again only what has the same id
        assert queries.mapping(old, old)["r-3"] == ("r-3",)
        return
    with pytest.raises(PackMistakes, match=refusal) as refused:
        commands.publish(folder, CHARTER, by=BY)
    assert refused.value.mistakes[0].file.startswith(CHARTER)
    with pytest.raises(SystemExit):  # the rehearsal says the same
        call_command("publish_pack", CHARTER, "--dry-run", "--root", str(folder), stderr=StringIO())


@pytest.mark.django_db
def test_a_standard_of_another_name_says_what_it_follows(folder: Path):
    nextone = "valdora/standards/charter-next"
    commands.publish(folder, CHARTER, by=BY)
    second = Path(folder / nextone)
    (folder / CHARTER).rename(second)
    commands_root = folder / CHARTER
    commands_root.mkdir()
    for path in second.rglob("*.yaml"):  # the first stays where it was
        copied = commands_root / path.relative_to(second)
        copied.parent.mkdir(exist_ok=True)
        copied.write_bytes(path.read_bytes())
    main = second / "standard.yaml"
    follows = f"id: {nextone}\nfollows: {{pack: {CHARTER}, version: 1}}"
    _rewrite(main, id=(f"id: {CHARTER}", follows))
    _rewrite(second / "criteria/p-2.yaml", id=("id: p-2", "id: p-20\nreplaces: [p-2]"))
    (second / "criteria/p-2.yaml").rename(second / "criteria/p-20.yaml")
    commands.publish(folder, nextone, by=BY)
    old, new = queries.published(CHARTER), queries.published(nextone)
    assert queries.before(new) == old
    assert queries.mapping(old, new)["p-2"] == ("p-20",)
    # Its second version still names what the first replaced, and the way goes through both.
    _rewrite(main, version=("version: 1\n", "version: 2\n"))
    commands.publish(folder, nextone, by=BY)
    assert queries.mapping(old, queries.published(nextone))["p-2"] == ("p-20",)
    # A circle of standards is refused.
    _rewrite(
        commands_root / "standard.yaml",
        id=(f"id: {CHARTER}", f"id: {CHARTER}\nfollows: {{pack: {nextone}, version: 2}}"),
    )
    with pytest.raises(PackMistakes, match="refers back to itself"):
        loader.load(folder, nextone)


@pytest.mark.django_db
def test_what_has_no_forerunner_replaces_nothing_and_strangers_share_nothing(folder: Path):
    _rewrite(folder / f"{CHARTER}/criteria/p-1.yaml", id=("id: p-1", "id: p-1\nreplaces: [p-0]"))
    with pytest.raises(PackMistakes, match="no earlier version"):
        commands.publish(folder, CHARTER, by=BY)
    _rewrite(folder / f"{CHARTER}/criteria/p-1.yaml", id=("\nreplaces: [p-0]", ""))
    commands.publish_all(folder, by=BY)
    gecc, charter = queries.published("gecc/standards/2568"), queries.published(CHARTER)
    assert set(queries.mapping(gecc, charter).values()) == {()}


@pytest.mark.django_db
def test_approvers_are_told_where_criteria_went(folder: Path):
    commands.publish(folder, CHARTER, by=BY)
    _second(folder, "\nreplaces: [r-3, p-1]")
    out = StringIO()
    call_command("diff_pack", f"{CHARTER}@1", CHARTER, root=folder, stdout=out)
    told = out.getvalue()
    assert "Old and new criteria" in told
    assert "แยกเป็นหลายข้อ / Split into several: p-1" in told
    assert "r-3 (" in told
    # Two versions on, what came first is still followed; a workbook is compared like any pack.
    commands.publish(folder, CHARTER, by=BY)
    item = folder / f"{CHARTER}/criteria/r-4.yaml"
    _rewrite(item, id=("id: r-4\nreplaces: [r-3, p-1]", "id: r-5\nreplaces: [r-4]"))
    item.rename(item.with_name("r-5.yaml"))
    _rewrite(folder / f"{CHARTER}/standard.yaml", version=("version: 2", "version: 3"))
    book = folder / "charter.xlsx"
    book.write_bytes(workbooks.write(loader.load(folder, CHARTER).content))
    for after in (CHARTER, str(book)):
        out = StringIO()
        call_command("diff_pack", f"{CHARTER}@1", after, root=folder, stdout=out)
        assert "Split into several: p-1" in out.getvalue()
        assert "r-5 (" in out.getvalue()
        assert "Dropped" not in out.getvalue()
    book.write_bytes(b"PK nothing")
    with pytest.raises(SystemExit):
        call_command("diff_pack", f"{CHARTER}@1", str(book), root=folder, stdout=StringIO())


def test_the_content_is_not_touched():
    before, after = _content("a"), _content(("b", ["a"]))
    kept = copy.deepcopy((before, after))
    lineage.moves(before, after, lineage.step(before, after))
    assert (before, after) == kept
