"""Two at once: the last sheets, two decisions, two releases (T15). On SQLite the write lock decides, on PostgreSQL the row."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from saduak.assessment import commands
from saduak.assessment.models import Decision, ResultsRelease, Sheet
from saduak.assessment.tests.conftest import ASSESSING, DECIDING
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import Refusal


def together(moment, *acts: Callable[[], object]) -> list[str]:
    """What each comes to when all begin at the same time."""
    start, found = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            with clock.at(moment):
                start.wait(timeout=10)
                act()
            found.append("ok")
        except Refusal as refusal:
            found.append(str(refusal.status))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=30)
    return sorted(found)


@pytest.mark.django_db(transaction=True)
def test_the_last_two_sheets_handed_in_at_once_open_the_case_once(walk, world):
    case = walk.declared(walk.assigned())
    with clock.at(ASSESSING):
        for name in ("assessor1", "assessor2"):
            commands.save_marks(case.number, walk.full_marks(), by=getattr(world, name))
    outcome = together(
        ASSESSING,
        lambda: commands.hand_in(case.number, by=world.assessor1),
        lambda: commands.hand_in(case.number, by=world.assessor2),
        lambda: commands.hand_in(case.number, by=world.assessor1),
    )
    case.refresh_from_db()
    assert outcome == ["409", "ok", "ok"]
    assert case.state == "MARKED"
    assert Sheet.objects.filter(state="HANDED_IN").count() == 2
    assert Entry.objects.filter(event="case.marked").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_decisions_and_two_releases_at_once(walk, world):
    case = walk.agreed()
    meeting = walk.meeting(case)
    with clock.at(DECIDING):
        for name in ("committee1", "committee2"):
            commands.declare(case.number, "NONE", by=getattr(world, name))
    outcome = together(
        DECIDING,
        lambda: commands.decide(meeting.code, case.number, "excellent", by=world.committee1),
        lambda: commands.decide(meeting.code, case.number, "advanced", by=world.committee2, reason="เหตุผล"),
    )
    assert outcome == ["ok", "ok"]  # one corrects the other; both are kept, in an order
    assert sorted(Decision.objects.values_list("sequence", flat=True)) == [1, 2]
    release = lambda: commands.release_results(walk.round.code, by=world.officer)  # noqa: E731
    assert together(DECIDING, release, release) == ["409", "ok"]
    assert ResultsRelease.objects.get().cases == 1
