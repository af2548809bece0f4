"""The arithmetic of levels: the public frame's consequences, and properties that hold for any marks."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.packs import loader, scoring
from saduak.packs.scoring import BadMark, Mark, compute
from saduak.packs.standard import Standard, from_resolved

HOUSE = Path(__file__).resolve().parents[3] / "packs"
GECC = from_resolved(loader.load(HOUSE, "gecc/standards/2568").content)
CHARTER = from_resolved(loader.load(HOUSE, "valdora/standards/citizens-charter").content)
BIG = [one.id for one in GECC.criteria_of("advanced") if one.points == 6]


def everything(standard: Standard, share: int = 1) -> dict[str, Mark]:
    """Full marks (share 1) or none (share 0) everywhere; the gate is always met."""
    gate = {one.id for one in standard.gate}
    return {
        key: (bool(share) or key in gate) if one.type == "yes_no" else one.maximum * share
        for key, one in standard.marks_wanted.items()
    }


def with_parts(standard: Standard, *full: str) -> dict[str, Mark]:
    """Full marks in the named parts, none in the others."""
    marks = everything(standard, 0)
    for part in full:
        for one in standard.criteria_of(part):
            for key, rule in one.marked():
                marks[key] = True if rule.type == "yes_no" else rule.maximum
    return marks


def test_full_marks_are_a_hundred_and_excellent():
    result = compute(GECC, everything(GECC))
    assert (result.total, result.level, result.gate_passed, result.missing) == (100, "excellent", True, ())
    assert result.parts == {"basic": 8, "advanced": 62, "outcome": 30}
    assert result.sides == {"place": 14, "service": 31, "personnel": 11, "technology": 14}
    assert all(isinstance(value, Decimal) for value in [result.total, *result.parts.values(), *result.sides.values()])


@pytest.mark.parametrize(
    ("big", "total", "level"), [(0, 82, "advanced"), (1, 88, "advanced"), (2, 94, "excellent"), (3, 100, "excellent")]
)
def test_the_ceiling_without_the_six_point_items(big: int, total: int, level: str):
    marks = everything(GECC)
    for key in BIG[big:]:
        marks[key] = Decimal(0)
    result = compute(GECC, marks)
    assert (result.total, result.level) == (total, level)


def test_excellent_needs_eight_of_the_eighteen_points_of_the_six_point_items():
    marks = everything(GECC)
    marks |= dict(zip(BIG, (Decimal(6), Decimal("1.5"), Decimal(0)), strict=True))
    assert compute(GECC, marks).level == "advanced"  # 82 + 7.5 = 89.5
    marks[BIG[1]] = Decimal(2)
    assert (compute(GECC, marks).total, compute(GECC, marks).level) == (90, "excellent")


def test_full_quality_and_no_outcome_is_exactly_the_lowest_level():
    result = compute(GECC, with_parts(GECC, "basic", "advanced"))
    assert (result.total, result.level) == (70, "basic")


def test_full_basic_and_outcome_without_advanced_is_not_certified():
    result = compute(GECC, with_parts(GECC, "basic", "outcome"))
    assert (result.total, result.level) == (38, None)
    assert result.steps[-1].code == "below_levels"


@pytest.mark.parametrize(
    ("taken", "level"),
    [
        ("0", "excellent"),
        ("10", "excellent"),
        ("10.5", "advanced"),
        ("20", "advanced"),
        ("20.5", "basic"),
        ("30", "basic"),
        ("30.5", None),
    ],
)
def test_bands_are_half_open(taken: str, level: str | None):
    assert compute(GECC, _less(Decimal(taken))).level == level


def test_fractions_fall_as_the_standard_says():
    rounded = _with_fractions(GECC, scoring.ROUND_HALF_UP)
    marks = _less(Decimal("20.5"))
    assert (compute(GECC, marks).total, compute(GECC, marks).counted, compute(GECC, marks).level) == (
        Decimal("79.5"),
        Decimal("79.5"),
        "basic",
    )
    result = compute(rounded, marks)
    assert (result.total, result.counted, result.level) == (Decimal("79.5"), 80, "advanced")
    assert "rounded" in [step.code for step in result.steps]
    assert [
        scoring.counted_total(Decimal(x), scoring.ROUND_HALF_UP) for x in ("79.4", "79.49999", "79.5", "80.5", "81.5")
    ] == [79, 79, 80, 81, 82]
    with pytest.raises(ValueError, match="unknown rule"):
        scoring.counted_total(Decimal(1), "banker")


def test_a_failed_gate_stops_everything():
    marks = everything(GECC) | {"g-03": False, "g-14": False}
    result = compute(GECC, marks)
    assert result.gate_passed is False
    assert result.failed_gate == ("g-03", "g-14")
    assert (result.total, result.level, result.parts, result.sides) == (None, None, {}, {})
    assert [step.code for step in result.steps] == ["gate_failed"]
    assert "3, 14" in result.steps[0].text.th
    assert "3, 14" in result.steps[0].text.en


def test_a_failed_gate_is_known_before_the_rest_is_marked():
    result = compute(GECC, {"g-01": False})
    assert (result.gate_passed, result.failed_gate, result.total) == (False, ("g-01",), None)


def test_marks_that_are_missing_leave_the_total_open():
    marks = everything(GECC)
    del marks["o-1-3"], marks["g-02"]
    result = compute(GECC, marks)
    assert (result.gate_passed, result.total, result.level, result.so_far) == (None, None, None, 95)
    assert result.missing == ("g-02", "o-1-3")
    assert result.items["o-1"] == 5
    assert compute(GECC, {}).so_far == 0


@pytest.mark.parametrize(
    ("key", "mark"),
    [
        ("q-2-01", Decimal("0.3")),
        ("q-2-01", Decimal("1.5")),
        ("q-2-01", Decimal("-0.5")),
        ("q-2-01", Decimal("NaN")),
        ("q-2-01", Decimal("Infinity")),
        ("q-2-01", Decimal("0.5000000000000000000000000001")),
        ("q-2-01", True),
        ("q-2-01", 0.5),
        ("q-2-01", 1),
        ("q-2-01", "1"),
        ("q-2-01", None),
        ("g-01", Decimal(1)),
        ("o-1", Decimal(10)),
        ("o-1-1", Decimal("1.5")),
        ("o-3-1", Decimal(2)),
        ("nothing", Decimal(1)),
    ],
)
def test_a_mark_that_cannot_be_given_is_refused_with_its_place(key, mark):
    with pytest.raises(BadMark) as refusal:
        compute(GECC, {key: mark})
    assert refusal.value.key == key
    assert refusal.value.text.th
    assert refusal.value.text.en


def test_the_explanation_adds_up_and_speaks_both_languages():
    steps = compute(GECC, _less(Decimal("10.5"))).steps
    assert [step.code for step in steps] == ["gate_passed", "part", "part", "part", "total", "level"]
    assert sum(step.amount for step in steps if step.code == "part") == steps[4].amount == Decimal("89.5")
    assert steps[-1].text.th == "ตั้งแต่ 80 แต่ไม่ถึง 90 คะแนน: ระดับก้าวหน้า"
    assert steps[-1].text.en == "from 80 but under 90 points: Advanced"


def test_another_standard_is_scored_by_its_own_rules():
    marks = everything(CHARTER)
    result = compute(CHARTER, marks)
    assert (result.total, result.level, result.gate_passed) == (100, "gold", True)
    assert result.parts == {"promises": 60, "results": 40}
    marks["r-1-2"] = Decimal("4.25")  # 1.75 less, which counts twice: 96.5, rounded up to 97
    marks["p-4"] = False  # 4 less, which counts three times
    result = compute(CHARTER, marks)
    assert (result.total, result.counted, result.level) == (Decimal("84.5"), 85, "gold")
    assert "น้ำหนัก 3" in result.steps[0].text.th


def marks_of(standard: Standard) -> st.SearchStrategy[dict[str, Mark]]:
    """Any complete marks that meet the gate."""
    gate = {one.id for one in standard.gate}

    def mark(key: str) -> st.SearchStrategy[Mark]:
        rule = standard.marks_wanted[key]
        if key in gate:
            return st.just(True)
        if rule.type == "yes_no":
            return st.booleans()
        if rule.type == "bands":
            return st.sampled_from([band.score for band in rule.bands])
        return st.integers(0, int(rule.maximum / rule.step)).map(lambda steps: steps * rule.step)

    return st.fixed_dictionaries({key: mark(key) for key in standard.marks_wanted})


@pytest.mark.parametrize("standard", [GECC, CHARTER], ids=["gecc", "charter"])
@settings(deadline=None, max_examples=50)  # the machine may be busy
@given(data=st.data())
def test_totals_are_exact_within_bounds_and_have_one_level(standard: Standard, data: st.DataObject):
    marks = data.draw(marks_of(standard))
    result = compute(standard, marks)
    points = {key: scoring.points_of(key, standard.marks_wanted[key], mark) for key, mark in marks.items()}
    weights = {key: standard.part(one.part_id).weight for one in standard.criteria for key, _ in one.marked()}
    assert result.total == sum(points[key] * weights[key] for key in points)
    assert 0 <= result.total <= standard.total
    assert sum(result.parts.values()) == result.total
    assert result.total == result.so_far
    holding = [level.code for level in standard.levels if level.holds(result.counted)]
    assert holding == ([result.level] if result.level else [])
    assert compute(standard, dict(reversed(marks.items()))) == result


@pytest.mark.parametrize("standard", [GECC, CHARTER], ids=["gecc", "charter"])
@settings(deadline=None, max_examples=50)  # the machine may be busy
@given(data=st.data())
def test_a_better_mark_never_lowers_total_or_level(standard: Standard, data: st.DataObject):
    marks = data.draw(marks_of(standard))
    other = data.draw(marks_of(standard))
    better = {key: max(marks[key], other[key]) for key in marks}
    low, high = compute(standard, marks), compute(standard, better)
    ranks = [None, *[level.code for level in standard.levels]]
    assert high.total >= low.total
    assert ranks.index(high.level) >= ranks.index(low.level)
    assert all(high.parts[part] >= low.parts[part] for part in low.parts)


@settings(deadline=None)
@given(total=st.decimals(0, 100, places=3))
def test_rounding_moves_a_total_by_a_half_at_most(total: Decimal):
    counted = scoring.counted_total(total, scoring.ROUND_HALF_UP)
    assert counted == counted.to_integral_value()
    assert -Decimal("0.5") < counted - total <= Decimal("0.5")


def _less(taken: Decimal) -> dict[str, Mark]:
    """Full marks but for ``taken`` points (in halves) of the two-point items."""
    marks = everything(GECC)
    for one in GECC.criteria_of("advanced"):
        if one.points == 2 and taken > 0:
            off = min(taken, one.points)
            marks[one.id] = one.points - off
            taken -= off
    return marks


def _with_fractions(standard: Standard, rule: str) -> Standard:
    content = loader.load(HOUSE, standard.pack_id).content
    return from_resolved(content | {"fractions": rule})
