"""The reader against the press: invented letters with known contents, in the forms and with the damage that real ones show.

A failing seed is printed with its form, so that the cause can be found: `press(seed).text` is the letter.
"""

import difflib
import re
import unicodedata

import pytest

from saduak.saraban.reader import read
from saduak.saraban.tests.letterpress import press
from saduak.saraban.tests.letterpress_odd import press_odd
from saduak.thai.digits import to_arabic

SINGLE = ["kind", "urgency", "number", "agency", "date", "subject"]
LISTS = ["addressees", "references", "enclosures", "dates_in_body", "urls", "phones", "emails", "receipts"]
SIGNED = ["name", "position", "acting_for"]


def bare(value) -> str:
    text = to_arabic(unicodedata.normalize("NFC", str(value))).replace("\u0e4d\u0e32", "\u0e33")
    return re.sub(r"\s+", "", text).lower()


def same(name, gold, found) -> bool:
    if isinstance(gold, dict):
        keys = ("from", "to") if name == "dates_in_body" else ("number", "date")
        return all(bare(gold[key]) == bare(found[key]) for key in keys)
    if name in ("phones",):
        return re.sub(r"\D", "", bare(gold)) == re.sub(r"\D", "", bare(found))
    if name in ("kind", "urgency", "number", "date", "urls", "emails"):
        return bare(gold) == bare(found)
    return difflib.SequenceMatcher(None, bare(gold), bare(found), autojunk=False).ratio() >= 0.85


def scored(gold, found):
    """Right, wrong and missed values of one letter, with the names of what was not right."""
    right = wrong = missed = 0
    faults = []
    pairs = [(name, [gold[name]] if gold[name] else [], [found[name]] if found[name] else []) for name in SINGLE]
    pairs += [(name, list(gold[name]), list(found[name])) for name in LISTS]
    signed = found["signatory"] or {}
    pairs += [
        (name, [gold["signatory"][name]] if gold["signatory"][name] else [], [signed[name]] if signed.get(name) else [])
        for name in SIGNED
    ]
    for name, golds, founds in pairs:
        hits = 0
        for value in golds:
            match = next((other for other in founds if same(name, value, other)), None)
            if match is not None:
                founds.remove(match)
                hits += 1
        right, wrong, missed = right + hits, wrong + len(founds), missed + len(golds) - hits
        if founds or hits < len(golds):
            faults.append(name)
    return right, wrong, missed, faults


@pytest.mark.parametrize(
    ("make", "first", "least_precision", "least_recall"),
    [
        (press, 0, 0.998, 0.998),
        (press, 5000, 0.998, 0.998),
        (press_odd, 0, 0.995, 0.99),
        (press_odd, 5000, 0.995, 0.99),
    ],
    ids=["forms", "forms-unseen", "odd", "odd-unseen"],
)
def test_the_reader_reads_what_the_press_printed(make, first, least_precision, least_recall):
    right = wrong = missed = 0
    faults, split = [], []
    for seed in range(first, first + 150):
        pressed = make(seed)
        letters = read(pressed.text).to_json()["letters"]
        if len(letters) != len(pressed.letters):
            split.append((seed, pressed.style))
            continue
        for gold, found in zip(pressed.letters, letters, strict=True):
            counts = scored(gold, found)
            right, wrong, missed = right + counts[0], wrong + counts[1], missed + counts[2]
            if counts[3]:
                faults.append((seed, pressed.style, counts[3]))
    assert not split, "every bundle is split rightly"
    assert right / (right + wrong) >= least_precision, faults
    assert right / (right + missed) >= least_recall, faults
