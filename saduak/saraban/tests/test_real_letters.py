"""Real letters that are not in the repository: scored where their folder is at hand."""

import importlib.util
import json
import os
from pathlib import Path

import pytest

from saduak.saraban.reader import read

ROOT = Path(__file__).parents[3]
FOLDER = Path(os.environ.get("SADUAK_LETTERS") or ROOT.parent / "shared" / "letters" / "dev")
SCORER = FOLDER.parent.parent / "tools" / "score_letters.py"

pytestmark = pytest.mark.skipif(
    not (FOLDER.is_dir() and SCORER.is_file()),
    reason="the folder of real letters is not here (set SADUAK_LETTERS to it); the scorer is looked for in ../../tools beside it",
)


def load_scorer():
    spec = importlib.util.spec_from_file_location("score_letters", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pairs():
    for path in sorted(FOLDER.glob("*.json")):
        yield (
            path.stem,
            json.loads(path.read_text(encoding="utf-8")),
            read(path.with_suffix(".txt").read_text(encoding="utf-8")),
        )


def test_score_and_every_bundle_split_rightly():
    scorer = load_scorer()
    right = wrong = missed = 0
    for name, gold, reading in pairs():
        found = reading.to_json()["letters"]
        assert len(found) == len(gold["letters"]), name
        for expected, letter in scorer.pair(gold["letters"], found):
            for field, how in scorer.FIELDS.items():
                if not scorer.skipped(expected, field):
                    counts = scorer.count(scorer.get(expected, field), scorer.get(letter, field), how)
                    right, wrong, missed = right + counts[0], wrong + counts[1], missed + counts[2]
    precision, recall = right / (right + wrong), right / (right + missed)
    assert 2 * precision * recall / (precision + recall) >= 0.95
    assert precision >= 0.97


def test_the_bundle_of_the_round_shows_its_inconsistencies():
    path = FOLDER / "00.txt"
    if not path.is_file():
        pytest.skip("the bundle of the round is not in this folder")
    found = {finding.code for finding in read(path.read_text(encoding="utf-8")).findings}
    assert found >= {
        "number-blank",
        "cited-number-differs",
        "link-spelling",
        "receipt-after-deadline",
        "receipt-after-forwarding",
        "receipt-outside-chain",
        "date-passed",
    }
