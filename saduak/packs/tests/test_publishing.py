"""Publishing: once, all or nothing, never changed afterwards."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from saduak.journal.models import Entry
from saduak.kernel.refusals import NotAllowed
from saduak.packs import commands, loader, queries
from saduak.packs.mistakes import PackMistakes
from saduak.packs.models import Kind, PublishedPack
from saduak.people.actor import NOBODY, system

CHARTER = "valdora/standards/citizens-charter"
BY = system("test")

pytestmark = pytest.mark.django_db


def test_publish_writes_the_pack_and_what_it_refers_to(root: Path):
    done = commands.publish(root, "gecc/rounds/2565", by=BY)
    ids = [pack.pack_id for pack in done]
    assert ids[-1] == "gecc/rounds/2565"
    assert {"gecc/standards/2568", "gecc/rounds/2562", "gecc/letters/province"} < set(ids)
    assert [entry.event for entry in Entry.objects.all()] == ["pack.published"] * len(done)
    pack = queries.published("gecc/standards/2568")
    assert (pack.version, pack.kind, pack.slug) == (2, "standard", "gecc-2568")
    assert loader.digest(pack.content) == pack.sha256 == loader.load(root, pack.pack_id).sha256


def test_publish_again_changes_nothing(root: Path):
    first = commands.publish(root, "gecc/rounds/2565", by=BY)
    lines = Entry.objects.count()
    assert commands.publish(root, "gecc/rounds/2565", by=BY) == first
    assert (PublishedPack.objects.count(), Entry.objects.count()) == (len(first), lines)


def test_publish_all(root: Path):
    done = commands.publish_all(root, by=BY)
    assert {pack.pack_id for pack in done} == set(loader.pack_ids(root))


def test_publish_refuses_a_change_without_a_new_version(folder: Path):
    commands.publish(folder, CHARTER, by=BY)
    _change(folder / f"{CHARTER}/criteria/p-1.yaml", "en: Promises people can check", "en: Promises")
    with pytest.raises(PackMistakes) as refusal:
        commands.publish(folder, CHARTER, by=BY)
    (mistake,) = refusal.value.mistakes
    assert (mistake.file, mistake.line) == (f"{CHARTER}/standard.yaml", 4)
    assert "set version to 2" in mistake.en
    assert PublishedPack.objects.count() == 1
    _change(folder / f"{CHARTER}/standard.yaml", "version: 1", "version: 2")
    commands.publish(folder, CHARTER, by=BY)
    assert queries.published(CHARTER).version == 2
    assert queries.published(CHARTER, 1).version == 1
    assert [pack.version for pack in queries.versions(CHARTER)] == [2, 1]
    first, second = (queries.standard(queries.published(CHARTER, number)) for number in (1, 2))
    assert first.criterion("p-1").title.en == "Promises people can check"
    assert second.criterion("p-1").title.en == "Promises"
    assert [pack.version for pack in queries.latest(Kind.STANDARD)] == [2]


def test_publish_refuses_to_go_back(folder: Path):
    _change(folder / f"{CHARTER}/standard.yaml", "version: 1", "version: 5")
    commands.publish(folder, CHARTER, by=BY)
    _change(folder / f"{CHARTER}/standard.yaml", "version: 5", "version: 4")
    with pytest.raises(PackMistakes, match="set version to 6"):
        commands.publish(folder, CHARTER, by=BY)


def test_an_id_that_was_given_up_is_never_used_again(folder: Path):
    commands.publish(folder, CHARTER, by=BY)
    item, main = folder / f"{CHARTER}/criteria/r-3.yaml", folder / f"{CHARTER}/standard.yaml"
    renamed = item.with_name("r-4.yaml")
    item.rename(renamed)
    _change(renamed, "id: r-3", "id: r-4\nreplaces: [r-3]")
    _change(main, "version: 1", "version: 2")
    commands.publish(folder, CHARTER, by=BY)
    renamed.rename(item)
    _change(item, "id: r-4\nreplaces: [r-3]", "id: r-3\nreplaces: [r-4]")
    _change(main, "version: 2", "version: 3")
    with pytest.raises(PackMistakes, match="“r-3” belonged to a criterion that was given up"):
        commands.publish(folder, CHARTER, by=BY)


def test_publish_with_a_mistake_publishes_nothing_of_it(folder: Path):
    _change(folder / "gecc/letters/district.yaml", "{round_year}", "{nothing}")
    with pytest.raises(PackMistakes):
        commands.publish(folder, "gecc/rounds/2565", by=BY)
    with pytest.raises(PackMistakes):
        commands.publish_all(folder, by=BY)
    assert not PublishedPack.objects.exists()
    assert not Entry.objects.exists()


def test_publish_is_not_for_everybody(root: Path, world):
    for actor in (NOBODY, world.coordinator, world.head, world.assessor1, world.stranger, world.auditor):
        with pytest.raises(NotAllowed):
            commands.publish(root, CHARTER, by=actor)
    assert not PublishedPack.objects.exists()
    assert commands.publish(root, CHARTER, by=world.officer)[0].published_by == world.officer.name


def test_two_packs_do_not_share_an_address(folder: Path):
    commands.publish(folder, CHARTER, by=BY)
    (folder / "valdora-citizens/standards").mkdir(parents=True)
    twin = folder / "valdora-citizens/standards/charter"
    (folder / CHARTER).rename(twin)
    _change(twin / "standard.yaml", f"id: {CHARTER}", "id: valdora-citizens/standards/charter")
    with pytest.raises(PackMistakes, match="address on the web"):
        commands.publish(folder, "valdora-citizens/standards/charter", by=BY)


def test_a_published_pack_is_never_changed_nor_removed(root: Path):
    commands.publish(root, CHARTER, by=BY)
    pack = queries.published(CHARTER)
    pack.title_th = "อื่น"
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        pack.save()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        PublishedPack.objects.update(version=9)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        pack.delete()


def test_a_standard_is_built_once_and_its_content_read_once(root: Path, django_assert_num_queries):
    commands.publish(root, CHARTER, by=BY)
    queries._standards.clear()
    with django_assert_num_queries(2):
        built = queries.standard(queries.published(CHARTER))
    with django_assert_num_queries(1):
        assert queries.standard(queries.published(CHARTER)) is built
    commands.publish(root, "gecc/letters/province", by=BY)
    with pytest.raises(ValueError, match="no standard"):
        queries.standard(queries.published("gecc/letters/province"))


def test_the_console_publishes_and_says_what(root: Path, capsys):
    call_command("publish_pack", CHARTER, "--root", str(root), "--dry-run")
    assert not PublishedPack.objects.exists()
    call_command("publish_pack", str(root / CHARTER), "--root", str(root))
    assert capsys.readouterr().out.count(f"{CHARTER} version 2 ") == 2
    call_command("publish_pack", "--root", str(root))
    assert PublishedPack.objects.count() == len(loader.pack_ids(root))


@pytest.mark.parametrize("flags", [[], ["--dry-run"]])
def test_the_console_refuses_a_mistake_with_exit_2_file_line_and_reason(folder: Path, capsys, flags):
    _change(folder / f"{CHARTER}/criteria/p-1.yaml", "points: 4", "points: four")
    with pytest.raises(SystemExit) as left:
        call_command("publish_pack", CHARTER, "--root", str(folder), *flags)
    assert left.value.code == 2
    told = capsys.readouterr().err
    line = (folder / f"{CHARTER}/criteria/p-1.yaml").read_text(encoding="utf-8").splitlines().index("points: four") + 1
    assert f"{CHARTER}/criteria/p-1.yaml:{line}: “points” ต้องเป็นตัวเลข" in told
    assert "must be a number" in told
    assert not PublishedPack.objects.exists()


def test_what_is_published_is_plain_json(root: Path):
    commands.publish(root, "gecc/standards/2568", by=BY)
    content = queries.published("gecc/standards/2568").content
    assert json.loads(loader.canonical(content)) == content
    step = next(one for one in content["criteria"] if one["id"] == "q-2-01")["scoring"]["step"]
    assert step == "0.5"


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
