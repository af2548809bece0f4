"""Counts, shares and means of answers; and which questions are asked. Pure, from the packs of the house."""

from decimal import Decimal

import pytest
from django.conf import settings

from saduak.packs.asking import form_of
from saduak.packs.loader import load
from saduak.surveys import checking
from saduak.surveys.tallies import overall, tallied, word_of
from saduak.surveys.tests.conftest import ALL


@pytest.fixture(scope="module")
def incentives():
    return form_of(load(settings.PACKS, "gecc/surveys/incentives").content)


@pytest.fixture(scope="module")
def satisfaction():
    return form_of(load(settings.PACKS, "gecc/surveys/satisfaction").content)


def test_every_answer_is_counted_with_its_share(incentives):
    found = tallied(incentives, [ALL, ALL | {"worth": "s5", "for_office": ["budget", "score"]}, {"plan": "later"}, {}])
    lines = {one.code: (one.many, one.share) for one in found["for_office"].lines}
    assert found["for_office"].answered == 2
    assert lines["budget"] == (2, Decimal("100.0"))
    assert lines["score"] == (1, Decimal("50.0"))
    assert lines["visits"] == (0, Decimal("0.0"))
    assert found["worth"].mean == Decimal("4.50")
    assert (found["plan"].answered, found["words"].answered, found["words"].in_words) == (3, 2, True)
    assert found["plan"].mean is None


def test_a_mean_is_said_in_the_words_of_the_pack(satisfaction):
    rated = [one.id for one in satisfaction.questions if one.type == "one_of" and one.options[0].score is not None]
    best = {one: satisfaction.question(one).options[0].code for one in rated}
    found = tallied(satisfaction, [best])
    mean = overall(found.values())
    assert len(rated) == 16
    assert mean == Decimal("5.00")
    assert word_of(satisfaction, mean).en == "Very high"
    assert word_of(satisfaction, None) is None
    assert overall([]) is None


def test_only_what_is_asked_is_missing(incentives):
    assert checking.check(incentives, ALL).missing == []
    asked = checking.check(incentives, ALL | {"plan": "later"})
    assert [one.where for one in asked.missing] == ["office#a-obstacles"]
    assert asked.done == {"office": (2, 3), "incentives": (4, 4)}
    assert "obstacles" not in checking.check(incentives, ALL | {"obstacles": ["people"]}).asked
    # An answer on the same page may make it asked, so that page shows it from the start.
    assert "obstacles" in {one.id for one in checking.asked_in(incentives, incentives.groups[0], {})}


def test_an_old_answer_that_no_longer_fits_is_told(incentives):
    wrong = checking.check(incentives, ALL | {"worth": "s9", "for_staff": ["pay"] * 9})
    assert {one.where for one in wrong.missing} >= {"incentives#a-worth"}
