"""The journal cannot be changed unseen."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from saduak.journal import commands, queries
from saduak.journal.models import Entry
from saduak.people.actor import system

pytestmark = pytest.mark.django_db
CASE = commands.Subject("application", "A-7KQ2MX", "ศูนย์บริการ <b>ทดสอบ</b>")


@pytest.fixture
def three_lines():
    by = system("test")
    return commands.record_many([(f"application.step_{n}", CASE, {"n": n}) for n in range(3)], by=by)


def test_lines_are_numbered_and_chained(three_lines):
    assert [line.number for line in three_lines] == [1, 2, 3]
    assert three_lines[1].previous_hash == three_lines[0].hash
    assert queries.verify() == queries.Proof(3, None)
    assert [line.details for line in queries.about("application", "A-7KQ2MX")] == [{"n": 0}, {"n": 1}, {"n": 2}]


def test_an_empty_journal_is_whole():
    assert queries.verify() == queries.Proof(0, None)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_itself_refuses_a_change(three_lines, act):
    line = Entry.objects.filter(number=2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        line.update(actor="somebody else") if act == "update" else line.delete()


def _without_triggers(statement: str) -> None:
    """Do what a person with the database in their hands could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_entry_no_update")
            cursor.execute("DROP TRIGGER journal_entry_no_delete")
        else:
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_change")
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE journal_entry SET actor = 'x' WHERE number = 2", "line 2 was changed"),
        ("DELETE FROM journal_entry WHERE number = 2", "line 2 is missing"),
        ("DELETE FROM journal_entry WHERE number = 3", "should end at 3"),
    ],
)
def test_verify_names_the_line_at_fault(three_lines, statement, fault):
    _without_triggers(statement)
    assert fault in queries.verify().fault
    with pytest.raises(CommandError, match=fault):
        call_command("verify_journal")
