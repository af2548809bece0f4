"""One whole round in the browser, from the letter to the certificate anybody can check, by people with different rights.

Nine steps, one test each, in order; each begins where the one before ended. The clock is moved as the real dates went.
"""

import pytest

from saduak.kernel.clock import bangkok

from . import applying, assessing, certifying, letters, screening
from .walk import Walk

pytestmark = pytest.mark.journey


@pytest.fixture(scope="class")
def walk(start_house, browser):
    made = Walk.begin(start_house("prepared"), browser)
    yield made
    made.cast.leave()


class TestRound:
    def test_1_the_bundle_is_read_and_confirmed(self, walk: Walk):
        with walk.step(1, bangkok(2021, 12, 21, 9, 30)):
            letters.read_the_bundle(walk)

    def test_2_the_round_is_opened_from_it(self, walk: Walk):
        with walk.step(2, bangkok(2021, 12, 21, 10, 15)):
            letters.open_the_round(walk)

    def test_3_the_circular_goes_down_the_tree(self, walk: Walk):
        with walk.step(3, bangkok(2021, 12, 22, 10, 5)):
            letters.issue(walk)
            letters.go_down(walk)
            letters.arrive(walk)
            letters.follow(walk)

    def test_4_a_centre_applies(self, walk: Walk):
        with walk.step(4, bangkok(2022, 1, 19, 9)):
            applying.begin(walk)
            applying.fill_the_form(walk)
            applying.prove(walk)
            applying.propose(walk)
            applying.endorse(walk)

    def test_5_screening_and_readiness(self, walk: Walk):
        with walk.step(5, bangkok(2022, 3, 7, 9)):
            screening.send_back(walk)
            screening.correct(walk)
            screening.conclude(walk)
            screening.release(walk)

    def test_6_assessment_and_decision(self, walk: Walk):
        with walk.step(6, bangkok(2022, 5, 2, 9)):
            assessing.form_a_team(walk)
            assessing.hide_from_the_conflicted(walk)
            assessing.mark_blind(walk)
            assessing.agree_on_marks(walk)
            assessing.call_the_committee(walk)
            assessing.decide(walk)
            assessing.announce(walk)

    def test_7_a_certificate_anybody_can_check(self, walk: Walk):
        with walk.step(7, bangkok(2022, 9, 1, 10)):
            certifying.issue(walk)
            certifying.check_the_paper(walk)
            revoked = certifying.tell_apart(walk)
            certifying.keep_to_ones_own(walk, revoked)

    def test_8_the_register_lists_it(self, walk: Walk):
        with walk.step(8, bangkok(2022, 9, 1, 11)):
            certifying.look_it_up(walk)

    def test_9_the_journal_proves_it(self, walk: Walk):
        with walk.step(9, bangkok(2022, 9, 2, 9)):
            certifying.prove_the_journal(walk)
