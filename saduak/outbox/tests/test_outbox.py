"""Messages: laid in the recipient's language, held until released, sent once, tried again, and of nobody else's business."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.header import decode_header, make_header

import pytest
from django.core import mail
from django.db import connection
from django.utils.translation import pgettext_lazy

from saduak.kernel import clock
from saduak.outbox import commands, jobs, queries
from saduak.outbox.models import Message

NOON = clock.bangkok(2022, 2, 1, 12)


@dataclass(frozen=True)
class Person:
    ref: str
    name: str = "สมหญิง ขยันยิ่ง"
    email: str = "somying@example.go.th"
    language: str = "th"


@pytest.fixture
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def lay(*people: Person, **more) -> list[Message]:
    given = {
        "subject": "เรื่อง %(what)s",
        "body": "เรียน %(what)s",
        "params": {"what": "ใบสมัคร"},
        "about": ("application", "A-1"),
    }
    return commands.notify("application.submitted", to=people or [Person("a")], **given | more)


@pytest.mark.django_db
def test_each_person_gets_one_in_their_own_language(noon):
    lay(
        Person("a"),
        Person("a"),
        Person("b", language="en"),
        subject=pgettext_lazy("message", "sent"),
        body="",
        params={},
    )
    thai, english = Message.objects.order_by("recipient_ref")
    assert (thai.recipient_ref, english.recipient_ref) == ("a", "b")
    assert english.subject == "sent"
    assert thai.subject != "sent"
    assert thai.created_at == thai.released_at == NOON


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["a\r\nBcc: thief@example.com", "a\nX: y", "a\x0bb", "a\u2028Bcc: x", "%s %(x)s {0} {{ x }}"]
)
def test_a_name_stays_text_and_adds_no_header(noon, name):
    lay(params={"what": name}, url="/applications/A-1/")
    assert jobs.send_ready() == 1
    (sent,) = mail.outbox
    message = sent.message()
    assert str(make_header(decode_header(message["Subject"]))) == sent.subject
    assert not {"Bcc", "X"} & set(message.keys())
    assert sent.to == ["somying@example.go.th"]
    assert "\n" not in sent.subject
    assert sent.subject.startswith("เรื่อง a") or sent.subject == "เรื่อง %s %(x)s {0} {{ x }}"


@pytest.mark.django_db
def test_links_lead_to_the_configured_address_only(noon, settings):
    settings.BASE_URL = "https://gecc.example.go.th"
    lay(url="/applications/A-1/")
    jobs.send_ready()
    assert mail.outbox[0].body.endswith("\n\nhttps://gecc.example.go.th/applications/A-1/")


@pytest.mark.django_db
def test_a_draft_waits_for_its_release_and_is_seen_by_nobody(noon):
    lay(hold=True)
    assert jobs.send_ready() == 0
    assert not queries.inbox("a").exists()
    assert queries.unread_count("a") == 0
    assert queries.drafts_about("application", "A-1").count() == 1
    assert commands.release(("application", "A-2")) == 0
    assert commands.release(("application", "A-1")) == 1
    assert commands.release(("application", "A-1")) == 0
    assert jobs.send_ready() == 1
    assert queries.inbox("a").get().state == "SENT"


@pytest.mark.django_db
def test_discard_takes_back_drafts_and_leaves_what_has_left(noon):
    lay(Person("a"))
    lay(Person("b"), hold=True)
    assert commands.discard(("application", "A-1")) == 1
    assert Message.objects.get().recipient_ref == "a"


@pytest.mark.django_db
def test_only_the_recipient_marks_a_message_as_read(noon):
    (message,) = lay(Person("a"))
    assert commands.mark_read(message.code, recipient_ref="stranger") == 0
    assert queries.unread_count("a") == 1
    assert commands.mark_read(message.code, recipient_ref="a") == 1
    assert queries.unread_count("a") == 0
    assert not queries.inbox("stranger").exists()


@pytest.mark.django_db
def test_without_an_address_it_is_told_inside_only(noon):
    lay(Person("a", email=""))
    assert jobs.send_ready() == 1
    assert mail.outbox == []


@pytest.fixture
def dead_mail_server(settings) -> None:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = probe.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        2,
    )


@pytest.mark.django_db
def test_what_cannot_leave_is_tried_later_and_later_and_then_said_to_have_failed(dead_mail_server):
    (message,) = lay()
    at, pauses = NOON, []
    for turn in range(1, commands.MOST_TRIES + 1):
        with clock.at(at):
            Message.objects.filter(not_before=None).update(created_at=at)
            assert queries.waiting() == [message.pk]
            assert jobs.send_ready() == 0
            message.refresh_from_db()
            assert (message.tries, bool(message.error)) == (turn, True)
            assert queries.waiting() == []
        pauses.append(message.not_before - at)
        at = message.not_before
    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=4), timedelta(minutes=16)]
    assert message.state == "FAILED"
    with clock.at(at + timedelta(days=365)):
        assert queries.waiting() == []


@pytest.mark.django_db
def test_a_server_that_was_away_for_an_hour_loses_nothing(dead_mail_server, settings):
    with clock.at(NOON):
        lay()
        assert jobs.send_ready() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.at(NOON + timedelta(hours=1)):
        assert jobs.send_ready() == 1
    assert Message.objects.get().error == ""


@pytest.mark.django_db
def test_an_address_that_is_none_holds_up_nobody(noon):
    lay(Person("a", email="a@example.go.th\nBcc: thief@example.com"))
    lay(Person("b"))
    assert jobs.send_ready() == 1
    assert [one.to for one in mail.outbox] == [["somying@example.go.th"]]
    assert Message.objects.get(recipient_ref="a").state == "READY"


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_message_once():
    with clock.at(NOON):
        (message,) = lay()
    start, sent = threading.Barrier(4), []

    def work() -> None:
        start.wait()
        with clock.at(NOON):
            sent.append(commands.send_one(message.pk))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(sent) == [False, False, False, True]
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_what_a_dead_worker_had_in_hand_is_taken_up_later():
    (message,) = lay()
    with clock.at(NOON):
        Message.objects.filter(pk=message.pk).update(created_at=NOON, not_before=NOON + commands.IN_HAND, tries=1)
        assert commands.send_one(message.pk) is False
    with clock.at(NOON + commands.IN_HAND):
        assert commands.send_one(message.pk) is True
