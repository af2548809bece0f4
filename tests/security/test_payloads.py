"""Hostile text in every text field of every form stays text: on pages, in mail, in PDFs and in tables (T6, T7, T8, T12).

Forms are found on the pages themselves and filled by their own markup, so that a new field is tried without a new test.
"""

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from saduak.outbox import jobs
from tests.security.addresses import address, names
from tests.security.answers import OF_OTHERS, PEOPLE, READS
from tests.security.test_object_access import enter

MARK = "zq7"  # by which what we wrote is found again
PAYLOADS = {
    "markup": f"""{MARK}<img src=x onerror=alert(1)></textarea><script>alert(1)</script>"onfocus="alert(1)"""
    + "{{ 7|add:'42' }}{% load x %}{0.__class__}%s%(office)s%(x)d"
    + """#read("/etc/passwd") #image("http://127.0.0.1:9/x") $x$ @ref <label> *b* \\""",
    "formula": f"=cmd|'/C {MARK}'!A0\r\nBcc: thief@example.com\r\n\r\nhello \u202egnp.exe\u2066\u200f" + "ก" * 80,
}
# Who fills which forms. What would end the thing that others still look at comes last.
WRITERS = ("colleague", "assessor1", "head", "registrar_body", "registrar_province", "committee1", "officer")
FINAL = ("withdraw", "drop", "discard", "end", "revoke", "remove", "act_as", "set_language", "prove", "issue")
READERS = ("colleague", "officer", "auditor", "registrar_province", "assessor1", "visitor")


class Forms(HTMLParser):
    """The forms of a page: where they go, and their fields with type and value."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []
        self.select: str = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(
                {"action": given.get("action", ""), "method": given.get("method", "get").lower(), "fields": []}
            )
        if not self.found:
            return
        fields, name = self.found[-1]["fields"], given.get("name", "")
        if tag == "input" and name:
            fields.append((name, given.get("type", "text"), given.get("value", ""), "checked" in given))
        elif tag == "textarea" and name:
            fields.append((name, "textarea", "", False))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and given.get("value"):
            fields.append((self.select, "option", given["value"], "selected" in given))
        elif tag == "button" and name:
            fields.append((name, "button", given.get("value", ""), False))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""


def filled(form: dict[str, Any], payload: str) -> dict[str, Any]:
    """Every text field holds the payload; everything else what the page proposes, or its first choice."""
    data: dict[str, Any] = {}
    for name, kind, value, chosen in form["fields"]:
        if kind in ("text", "textarea", "search", "url", "tel"):
            data[name] = payload
        elif kind == "email":
            data.setdefault(name, value or "new@example.go.th")
        elif kind in ("date", "time", "datetime-local", "number"):
            data.setdefault(
                name, value or {"date": "2022-09-30", "time": "09:00", "number": "1"}.get(kind, "2022-09-30T09:00")
            )
        elif kind in ("radio", "option", "checkbox"):
            if chosen or name not in data:
                data[name] = value
        elif kind == "hidden":
            data[name] = value
    return data


def forms_of(answer: Any) -> list[dict[str, Any]]:
    if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    parser = Forms()
    parser.feed(answer.content.decode())
    return [form for form in parser.found if form["method"] == "post"]


def seen_by(person: str, house: Any) -> Iterator[str]:
    for name, _pattern in names():
        if name.startswith(OF_OTHERS):
            continue
        for state in ("marked", "draft") if name.startswith("applications:") else ("marked",):
            line = READS[f"{name} draft" if state == "draft" else name]
            if line[PEOPLE.index(person)] == "o":
                yield address(name, house, state)


def write_everywhere(house: Any, client: Client, payload: str) -> int:
    """Fill every form that every writer meets; returns how many were taken."""
    taken = 0
    for person in WRITERS:
        enter(client, house, person)
        for path in seen_by(person, house):
            for form in forms_of(client.get(path)):
                target = form["action"] or path
                if (
                    any(f"/{word.replace('_', '-')}/" in target for word in FINAL)
                    or not target.startswith("/")
                    or "accounts" in target
                    or "language" in target
                ):
                    continue
                answer = client.post(target, filled(form, payload))
                assert answer.status_code < 500, (person, target)
                harmless(answer, target)
                taken += answer.status_code == 302
    return taken


def harmless(answer: Any, path: str) -> None:
    """No markup of ours, no template and no formula came to life."""
    kind = answer.headers.get("Content-Type", "")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind.startswith(("text/html", "image/svg")):
        text = body.decode()
        for alive in ("<img src=x", "<script>alert", '"onfocus="alert', f"{MARK}49", "zq7742"):
            assert alive not in text, (path, text[max(0, text.index(alive) - 200) : text.index(alive) + 100])
    elif kind.startswith("text/csv"):
        for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))):
            assert not [cell for cell in row if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))], (
                path,
                row,
            )
    elif kind.startswith("application/pdf"):
        assert body.startswith(b"%PDF"), path
        assert b"root:x:0:0" not in body


@pytest.mark.parametrize("what", PAYLOADS)
def test_hostile_text_stays_text_everywhere(house: Any, client: Client, what: str) -> None:
    assert write_everywhere(house, client, PAYLOADS[what]) > 10
    met = 0
    for person in READERS:
        enter(client, house, person)
        for path in seen_by(person, house):
            answer = client.get(path)
            assert answer.status_code < 500, path
            met += not answer.streaming and MARK.encode() in answer.content
            harmless(answer, path)
    assert met > 3, "what was written is not met anywhere: the test has lost its way"
    jobs.send_ready()
    for one in mail.outbox:
        message = one.message()
        assert message["Bcc"] is None
        assert message["To"].count("@") == 1
        assert not re.search(r"[\r\n]", one.subject)
