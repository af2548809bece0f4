"""Beginning from the last application under a newer standard: answers and evidence follow the mapping of its pack."""

import re
import shutil
from pathlib import Path

import pytest

from saduak.applications import commands, queries
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.packs import queries as published
from saduak.rounds import commands as rounds

pytestmark = pytest.mark.django_db
GECC = "gecc/standards/2568"
IN_WINDOW = clock.bangkok(2022, 2, 1, 10)


@pytest.fixture
def renewed(settings, tmp_path: Path, world):
    """The version of 2568 after ours: g-02 became g-20, g-03 and g-04 were merged into g-21, and g-22 is new."""
    root = Path(shutil.copytree(settings.PACKS, tmp_path / "packs"))
    main, criteria = root / GECC / "standard.yaml", root / GECC / "criteria"
    main.write_text(main.read_text(encoding="utf-8").replace("version: 2", "version: 3", 1), encoding="utf-8")
    for old, new, replaces in (("g-02", "g-20", "[g-02]"), ("g-03", "g-21", "[g-03, g-04]"), ("g-04", "g-22", None)):
        path = criteria / f"{old}.yaml"
        text = path.read_text(encoding="utf-8")
        more = f"\nreplaces: {replaces}" if replaces else ""
        path.write_text(text.replace(f"id: {old}", f"id: {new}{more}", 1), encoding="utf-8")
        path.rename(criteria / f"{new}.yaml")
    packs.publish(root, GECC, by=world.officer)
    return published.published(GECC, 3)


def test_answers_and_evidence_follow_the_mapping(world, submitted, renewed, settings, opened):
    opened.fiscal_year = 2562  # the round before
    opened.save(update_fields=["fiscal_year"])
    packs.publish(settings.PACKS, "gecc/rounds/2565-extra", by=world.officer)
    after = rounds.open_round("gecc/rounds/2565-extra", by=world.officer)
    after.standard_pack = renewed
    after.save(update_fields=["standard_pack"])
    made = commands.start(after.code, world.centre.code, by=world.coordinator, from_last=True)
    answers = queries.answers(made)
    assert {"g-02", "g-03", "g-04", "g-22"} & set(answers) == set()
    assert answers["g-20"].value is True
    assert answers["g-21"].justification == "มีหลักฐานและดำเนินการต่อเนื่อง"  # the same words of both stand once
    assert answers["o-1-1"].copied_from == opened.fiscal_year
    pieces = queries.evidence(made)
    assert len(pieces) == len(queries.evidence(submitted))
    assert {"g-20", "g-21", "q-1-01"} <= set(pieces[0].items)
    assert not {"g-02", "g-22"} & set(pieces[0].items)


def test_what_was_begun_before_questions_were_asked_goes_on_as_it_began(world, settings, tmp_path: Path, fill):
    """A running instance holds the version before ours: publishing ours changes nothing of its round."""
    root = Path(shutil.copytree(settings.PACKS, tmp_path / "packs"))
    for path in root.rglob("*.yaml"):
        text = re.sub(r"\bversion: [0-9]+", "version: 1", path.read_text(encoding="utf-8"))
        text = re.sub(r"^questions:\n(?:[ ].*\n)+", "", text, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
    with clock.at(IN_WINDOW):
        packs.publish(root, "gecc/rounds/2565", by=world.officer)
        opened = rounds.open_round("gecc/rounds/2565", by=world.officer)
        made = commands.start(opened.code, world.centre.code, by=world.coordinator)
        packs.publish_all(settings.PACKS, by=world.officer)
        assert published.published(GECC).version == 2
        assert queries.standard(made).version == 1
        assert not any(one.questions for one in queries.standard(made).criteria)
        fill(made)
        commands.submit(made.number, by=world.head)
        assert set(published.mapping(published.published(GECC, 1), published.published(GECC))["o-1"]) == {"o-1"}
