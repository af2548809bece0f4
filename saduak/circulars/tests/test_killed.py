"""kill −9 while a letter is issued and sent: nothing half-done, nothing twice, nothing missing, on both databases."""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from saduak.circulars import commands, jobs
from saduak.circulars.models import Circular, Delivery, RegisterEntry
from saduak.circulars.tests.conftest import sign
from saduak.circulars.tests.test_letters import _officer as officer_without_world
from saduak.journal import queries as journal
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.people import commands as people
from saduak.people.actor import system
from saduak.people.models import Kind

MANY = 1_100  # two batches of 500 and a rest
DELIVERIES = 'INSERT INTO "circulars_delivery"'


def database_url() -> str:
    """The test database, for a program of its own."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{given['NAME']}"
    return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**given)


@pytest.mark.django_db(transaction=True)
def test_a_letter_whose_issuing_is_killed_again_and_again_reaches_everybody_once(tmp_path):
    officer = officer_without_world()
    bodies = [
        {"code": f"L-K{number}", "kind": Kind.LOCAL_BODY, "name_th": f"เทศบาลทดสอบ {number}", "parent": "MOI"}
        for number in range(MANY)
    ]
    people.grow_tree(bodies, by=system("set-up"), source="tests")
    draft = commands.draft("GECC-2565", by=officer)
    sign(draft, by=officer, selection={"kinds": [Kind.LOCAL_BODY]})
    rounds = [
        ["issue", 'INSERT INTO "circulars_registerentry"', 1],
        ["issue", None, 0],
        ["send", DELIVERIES, 1],
        ["send", 'UPDATE "circulars_circular"', 2],
        ["send", DELIVERIES, 2 if connection.vendor == "postgresql" else 6],
    ]
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database_url(),
        "SADUAK_DEMO": "1",
        "SADUAK_DATA": str(tmp_path),
    }
    program = [sys.executable, str(Path(__file__).with_name("killed.py"))]
    done = subprocess.run(
        [*program, draft.code, "OPM", json.dumps(rounds)],
        env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one[0] for one in said] == [signal.SIGKILL, 0, *[signal.SIGKILL] * 3], done.stderr[-2000:]
    assert said[0][1:] == ["DRAFT", 0, 0, 0, 0], "killed behind its register line: no number is taken"
    assert said[1][1:] == ["ISSUING", 0, 0, 1, 1]
    assert said[2][1:] == ["ISSUING", 0, 0, 1, 1], "killed within the first batch"
    assert said[3][1:4] == ["ISSUING", 500, 500], "killed within the second: the first one is kept"
    assert said[4][1] == "ISSUING"
    assert said[4][2] == said[4][3]
    assert said[4][2] in (500, 1000)

    with clock.at(clock.now() + timedelta(days=1)):
        assert jobs.resume() == [draft.code]
        assert DBTaskResult.objects.filter(task_path__endswith="jobs.send").count() == 2, "ordered once, taken up once"
        jobs.send.call(draft.code)
        assert jobs.resume() == []
    letter = Circular.objects.get(code=draft.code)
    assert (letter.state, letter.sent_count) == ("ISSUED", MANY)
    assert Delivery.objects.count() == Delivery.objects.values("organisation").distinct().count() == MANY
    assert [one.number for one in RegisterEntry.objects.all()] == [letter.running] == [1]
    assert Entry.objects.filter(event="circular.sent").count() == 1
    assert journal.verify().whole
