"""From marks to points, and from points to a level. Pure and exact: decimals only, the same answer on every machine.

The rules come from the standard alone (its parts, weights, bands and rule for fractions); nothing here knows
a programme. Frame of the GECC standard of 2568: all items of the gate must be met or the unit is not assessed
further; the level follows the total in half-open bands. How a fraction falls is a setting of the standard,
because the public frame does not say.
"""

from __future__ import annotations

import decimal
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from saduak.packs.amounts import shown as shown
from saduak.packs.criteria import ZERO, Scoring
from saduak.packs.standard import Part, Standard
from saduak.packs.text import Text

Mark = Decimal | bool

EXACT = "exact"
ROUND_HALF_UP = "round_half_up_to_integer"
FRACTIONS = (EXACT, ROUND_HALF_UP)

# Nothing is ever rounded silently: a sum that does not fit stops the computation.
_EXACTLY = decimal.Context(prec=50, traps=[decimal.Inexact, decimal.InvalidOperation, decimal.Overflow])


class BadMark(ValueError):
    """A mark that this standard does not allow. ``key`` is the criterion or sub-item, ``text`` the reason."""

    def __init__(self, key: str, text: Text) -> None:
        super().__init__(f"{key}: {text.en}")
        self.key = key
        self.text = text


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation, with the amount it arrives at (None where it is a finding, not an
    amount).
    """

    code: str
    text: Text
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """What marks come to.

    ``gate_passed`` is None while gate items are unmarked and none has failed. ``total`` and ``level`` are
    None when the gate failed or marks are missing; ``so_far`` is the sum of what is marked. ``counted`` is
    the total after the rule for fractions, the amount that the level follows. ``parts`` and ``sides`` are in
    points of the total (weights applied), ``items`` are the bare points of each marked criterion. ``level``
    is None under the lowest band.
    """

    gate_passed: bool | None
    failed_gate: tuple[str, ...]
    missing: tuple[str, ...]
    items: Mapping[str, Decimal]
    parts: Mapping[str, Decimal]
    sides: Mapping[str, Decimal]
    so_far: Decimal
    total: Decimal | None
    counted: Decimal | None
    level: str | None
    steps: tuple[Step, ...] = field(default=())

    @property
    def complete(self) -> bool:
        return not self.missing


def compute(standard: Standard, marks: Mapping[str, Mark]) -> ScoreResult:
    """Points, total and level that ``marks`` come to under ``standard``.

    ``marks`` maps ids of ``standard.marks_wanted`` to True/False (yes_no) or a Decimal. Raises BadMark for an
    unknown id or a mark that cannot be given there; a float is never accepted.
    """
    for key in marks:
        if key not in standard.marks_wanted:
            raise BadMark(key, Text("ไม่มีข้อนี้ในมาตรฐาน", "the standard has no such item"))
    points = {
        key: points_of(key, scoring, marks[key]) for key, scoring in standard.marks_wanted.items() if key in marks
    }
    missing = tuple(key for key in standard.marks_wanted if key not in marks)
    failed = tuple(one.id for one in standard.gate if marks.get(one.id) is False)
    gate_open = any(one.id in missing for one in standard.gate)
    gate_passed = False if failed else None if gate_open else True
    steps = _gate_steps(standard, failed, gate_passed)
    if failed:
        return ScoreResult(False, failed, missing, {}, {}, {}, ZERO, None, None, None, tuple(steps))
    with decimal.localcontext(_EXACTLY):
        items, parts, sides = _sums(standard, points)
        so_far = sum(parts.values(), ZERO)
    steps += _part_steps(standard, parts)
    if missing:
        steps.append(_missing_step(len(missing), so_far))
        return ScoreResult(gate_passed, (), missing, items, parts, sides, so_far, None, None, None, tuple(steps))
    counted = counted_total(so_far, standard.fractions)
    level = standard.level_of(counted)
    steps += _total_steps(standard, so_far, counted)
    code = level.code if level else None
    return ScoreResult(gate_passed, (), (), items, parts, sides, so_far, so_far, counted, code, tuple(steps))


def points_of(key: str, scoring: Scoring, mark: Mark) -> Decimal:
    """The points of one mark. Raises BadMark when ``scoring`` does not allow it."""
    if isinstance(mark, bool):
        if scoring.type != "yes_no":
            raise BadMark(key, Text("ข้อนี้ให้เป็นคะแนน ไม่ใช่ผ่านหรือไม่ผ่าน", "this item takes points, not yes or no"))
        return scoring.maximum if mark else ZERO
    if scoring.type == "yes_no":
        raise BadMark(key, Text("ข้อนี้ให้ผ่านหรือไม่ผ่านเท่านั้น", "this item takes yes or no"))
    if not isinstance(mark, Decimal):
        raise BadMark(key, Text("คะแนนต้องเป็นทศนิยมแน่นอน", "points must be an exact decimal"))
    if not scoring.allows(mark):
        raise BadMark(key, _allowed(scoring, mark))
    return mark


def counted_total(total: Decimal, fractions: str) -> Decimal:
    """The total that the level follows, after the standard's rule for fractions. Raises ValueError for an
    unknown rule.
    """
    if fractions == EXACT:
        return total
    if fractions == ROUND_HALF_UP:
        return total.quantize(Decimal(1), rounding=decimal.ROUND_HALF_UP)
    raise ValueError(f"unknown rule for fractions: {fractions}")


def _sums(
    standard: Standard, points: Mapping[str, Decimal]
) -> tuple[dict[str, Decimal], dict[str, Decimal], dict[str, Decimal]]:
    scored: dict[str, Part] = {part.id: part for part in standard.parts if not part.gate}
    items: dict[str, Decimal] = {}
    parts = dict.fromkeys(scored, ZERO)
    sides = {side.id: ZERO for side in standard.sides}
    for one in standard.criteria:
        given = [points[key] for key, _ in one.marked() if key in points]
        if one.part_id not in scored or not given:
            continue
        items[one.id] = sum(given, ZERO)
        weighted = items[one.id] * scored[one.part_id].weight
        parts[one.part_id] += weighted
        if one.side_id is not None:
            sides[one.side_id] += weighted
    return items, parts, sides


def _allowed(scoring: Scoring, mark: Decimal) -> Text:
    most, given = shown(scoring.maximum), str(mark)[:20]
    if scoring.type == "bands":
        scores = ", ".join(shown(band.score) for band in scoring.bands)
        return Text(f"ให้คะแนนได้ {scores} แต่พบ {given}", f"may be {scores}, but is {given}")
    step = shown(scoring.step)
    return Text(
        f"ให้คะแนนได้ 0 ถึง {most} ครั้งละ {step} แต่พบ {given}", f"may be 0 to {most} in steps of {step}, but is {given}"
    )


def _gate_steps(standard: Standard, failed: tuple[str, ...], passed: bool | None) -> list[Step]:
    count = len(standard.gate)
    if not count:
        return []
    if failed:
        numbers = ", ".join(standard.criterion(key).number for key in failed)
        text = Text(
            f"ไม่ผ่านเกณฑ์บังคับข้อ {numbers} จึงไม่ประเมินในส่วนถัดไป",
            f"gate items not met: {numbers}; nothing further is assessed",
        )
        return [Step("gate_failed", text)]
    if passed is None:
        return [Step("gate_open", Text("ยังตรวจเกณฑ์บังคับไม่ครบทุกข้อ", "not every gate item has been marked yet"))]
    return [Step("gate_passed", Text(f"ผ่านเกณฑ์บังคับครบ {count} ข้อ", f"all {count} gate items are met"))]


def _part_steps(standard: Standard, parts: Mapping[str, Decimal]) -> list[Step]:
    steps = []
    for part in standard.parts:
        if part.id not in parts:
            continue
        amount, most = shown(parts[part.id]), shown(part.maximum)
        weight_th = weight_en = ""
        if part.weight != 1:
            weight_th, weight_en = f" (น้ำหนัก {shown(part.weight)})", f" (weight {shown(part.weight)})"
        text = Text(
            f"ส่วนที่ {part.number} {part.title.th}{weight_th}: {amount} จาก {most} คะแนน",
            f"part {part.number}, {part.title.en}{weight_en}: {amount} of {most} points",
        )
        steps.append(Step("part", text, parts[part.id]))
    return steps


def _missing_step(count: int, so_far: Decimal) -> Step:
    text = Text(
        f"ยังไม่ให้คะแนน {count} ข้อ รวมที่ให้แล้ว {shown(so_far)} คะแนน",
        f"{count} items are not marked yet; {shown(so_far)} points so far",
    )
    return Step("missing", text, so_far)


def _total_steps(standard: Standard, total: Decimal, counted: Decimal) -> list[Step]:
    most = shown(standard.total)
    steps = [
        Step("total", Text(f"รวม {shown(total)} จาก {most} คะแนน", f"total {shown(total)} of {most} points"), total)
    ]
    if counted != total:
        text = Text(
            f"ปัดเศษตามกติกาของมาตรฐานเป็น {shown(counted)} คะแนน",
            f"rounded by the standard's rule to {shown(counted)} points",
        )
        steps.append(Step("rounded", text, counted))
    level = standard.level_of(counted)
    if level is None:
        lowest = standard.levels[0]
        text = Text(
            f"ต่ำกว่า {shown(lowest.lower)} คะแนน: {standard.below_levels.th}",
            f"under {shown(lowest.lower)} points: {standard.below_levels.en}",
        )
        return [*steps, Step("below_levels", text)]
    if level.below is None:
        band_th = band_en = shown(level.lower)
        text = Text(f"ตั้งแต่ {band_th} คะแนนขึ้นไป: ระดับ{level.title.th}", f"{band_en} points or more: {level.title.en}")
    else:
        lower, below = shown(level.lower), shown(level.below)
        text = Text(
            f"ตั้งแต่ {lower} แต่ไม่ถึง {below} คะแนน: ระดับ{level.title.th}",
            f"from {lower} but under {below} points: {level.title.en}",
        )
    return [*steps, Step("level", text)]
