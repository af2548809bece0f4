"""Every address of the house, asked by everybody, behind which stands something that belongs to one office (T1, T2).

`answers` holds what each must get; an address that is not in it fails with the line to add.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from saduak.journal.models import Entry
from tests.security.addresses import ABSENT, address, names
from tests.security.answers import BODY, FOREIGN, OF_OTHERS, PEOPLE, READS, WRITES

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": ?"[^"]+"')
OURS = [name for name, _ in names() if not name.startswith(OF_OTHERS)]
CASES = [
    (name, state)
    for name in OURS
    for state in (("marked", "draft") if name.startswith("applications:") else ("marked",))
]
# Rounds and offices are no secret: of them everybody may learn that they exist.
KNOWN_TO_ALL = {
    "people:give_post",
    "rounds:end",
    "rounds:late_entry",
    "rounds:move_window",
    # The first letter of a cascade is known to every office it came to; strangers get "." in the table.
    "circulars:remind",
    "circulars:remind_rule",
    # A survey is known to every office that it asks.
    "surveys:move_close",
    "surveys:end",
    "surveys:texts",
    "certificates:round",
    "certificates:progress",
    "certificates:issue_round",
}
MARKS = {200: "o", 302: "o", 403: "n", 409: "n", 422: "n", 404: ".", 405: "m"}


def enter(client: Client, house: Any, person: str) -> Client:
    """The browser of a person, in the post that the table means."""
    client.logout()
    if person == "visitor":
        return client
    client.force_login(house.world.users[person])
    if person in house.world.actors:
        session = client.session
        session["membership"] = house.world.actors[person].membership_id
        session.save()
    return client


@contextmanager
def undone() -> Iterator[list[str]]:
    """Whatever is written inside is undone; gives the statements that wrote, those of sessions left out."""
    written: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            written.append(sql[:80])
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(look):
        yield written
        transaction.set_rollback(True)


def mark(answer: Any) -> str:
    """One letter: o an answer, n a no with its reason, . not found, m not by this method, l sign in first."""
    if answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/"):
        return "l"
    return MARKS.get(answer.status_code, str(answer.status_code))


def key(name: str, state: str) -> str:
    return f"{name} draft" if state == "draft" else name


def test_the_table_knows_every_address() -> None:
    wanted = {key(*case) for case in CASES}
    missing = sorted(wanted - READS.keys())
    assert not missing, f"Say in answers.READS (and WRITES, if it takes POST) who may see: {missing}"
    assert not READS.keys() - wanted, "answers.READS names addresses that are gone"
    assert WRITES.keys() <= READS.keys()
    assert all(len(line) == len(PEOPLE) for table in (READS, WRITES) for line in table.values())


@pytest.mark.parametrize("person", PEOPLE)
def test_who_sees_what(house: Any, client: Client, person: str) -> None:
    enter(client, house, person)
    column = PEOPLE.index(person)
    wrong = {}
    for name, state in CASES:
        with undone():
            found = mark(client.get(address(name, house, state)))
        if found != READS[key(name, state)][column]:
            wrong[key(name, state)] = f"{READS[key(name, state)][column]} expected, {found} found"
    assert not wrong


@pytest.mark.parametrize("person", PEOPLE)
def test_who_changes_what(house: Any, client: Client, person: str) -> None:
    """`w` in the table: may write. For everybody else a POST with plausible fields writes nothing at all."""
    enter(client, house, person)
    column, before = PEOPLE.index(person), Entry.objects.count()
    wrong = {}
    for name, state in CASES:
        line = WRITES.get(key(name, state))
        if line is None and person not in ("visitor", "colleague"):  # takes no POST: two are enough to see that
            continue
        expected = line[column] if line else READS[key(name, state)][column] if person == "visitor" else "m"
        with undone() as written:
            found = mark(client.post(address(name, house, state), BODY))
            if expected == "w":
                found = "w" if found == "o" else found
            elif written or Entry.objects.count() != before:
                found = f"{found}, and wrote {written}"
        if found != expected and not (line is None and found == "m"):
            wrong[key(name, state)] = f"{expected} expected, {found} found"
    assert not wrong


@pytest.mark.parametrize("person", FOREIGN)
def test_for_others_it_is_as_if_it_were_not_there(house: Any, client: Client, person: str) -> None:
    """Byte for byte the answer for a thing that does not exist, by GET and by POST."""
    enter(client, house, person)
    column, wrong = PEOPLE.index(person), {}
    for name, state in CASES:
        there, absent = address(name, house, state), address(name, house, state, **ABSENT)
        if there == absent or name in KNOWN_TO_ALL or READS[key(name, state)][column] == "o":
            continue
        for method in (client.get, client.post) if key(name, state) in WRITES else (client.get,):
            with undone():
                seen, unseen = method(there), method(absent)
                if (seen.status_code, _bytes(seen, there)) != (unseen.status_code, _bytes(unseen, absent)):
                    wrong[f"{method.__name__} {key(name, state)}"] = (seen.status_code, unseen.status_code)
    assert not wrong, "\n".join(f"{name}: {seen}" for name, seen in wrong.items())


def _bytes(answer: Any, path: str) -> bytes:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return TOKEN.sub(b"", body.replace(path.encode(), b"PATH"))
