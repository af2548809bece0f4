"""Beginning from the last application under a newer standard: answers and evidence follow the mapping of its pack."""

import shutil
from pathlib import Path

import pytest

from saduak.applications import commands, queries
from saduak.packs import commands as packs
from saduak.packs import queries as published
from saduak.rounds import commands as rounds

pytestmark = pytest.mark.django_db
GECC = "gecc/standards/2568"


@pytest.fixture
def renewed(settings, tmp_path: Path, world):
    """The second version of 2568: g-02 became g-20, g-03 and g-04 were merged into g-21, and g-22 is new."""
    root = Path(shutil.copytree(settings.PACKS, tmp_path / "packs"))
    main, criteria = root / GECC / "standard.yaml", root / GECC / "criteria"
    main.write_text(main.read_text(encoding="utf-8").replace("version: 1", "version: 2", 1), encoding="utf-8")
    for old, new, replaces in (("g-02", "g-20", "[g-02]"), ("g-03", "g-21", "[g-03, g-04]"), ("g-04", "g-22", None)):
        path = criteria / f"{old}.yaml"
        text = path.read_text(encoding="utf-8")
        more = f"\nreplaces: {replaces}" if replaces else ""
        path.write_text(text.replace(f"id: {old}", f"id: {new}{more}", 1), encoding="utf-8")
        path.rename(criteria / f"{new}.yaml")
    packs.publish(root, GECC, by=world.officer)
    return published.published(GECC, 2)


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
