"""Circulars at the size of the country: issuing to all, against the bare insert of the same rows; the ledger, large and
small, by time and by number of queries."""

import time
from contextlib import suppress
from dataclasses import dataclass

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saduak.circulars import commands
from saduak.circulars.models import Circular, Delivery
from saduak.config.bench import world
from saduak.kernel import clock
from saduak.outbox.models import Message
from saduak.people.actor import system
from saduak.people.models import Kind

EVERYBODY = [Kind.PROVINCE, Kind.DISTRICT, Kind.LOCAL_BODY]
TEXTS = {"signatory": "นายดำรง สมมติวงศ์", "position": "ปลัดสำนักนายกรัฐมนตรี"}


@dataclass(frozen=True)
class FanOut:
    """One issue to the whole country, in seconds. bare: inserting the same deliveries and messages and nothing else."""

    addressees: int
    messages: int
    press: float
    job: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.job / self.bare


@dataclass(frozen=True)
class Ledgers:
    """Public codes of a small and a large cascade, and how many queries the same page asks at each."""

    small: str
    large: str
    queries: dict[str, tuple[int, int]]  # path → (at the small one, at the large one)


class _Undone(Exception):
    """Ends a transaction whose rows were only inserted to see how long that takes."""


def issue_to_all(bench: world.Bench) -> tuple[Circular, FanOut]:
    """Issue a circular and send it to the end; then insert the same rows bare, and take those back."""
    with clock.at(world.NOW):
        draft = commands.draft(bench.round_code, by=bench.officer)
        commands.save_draft(draft.code, by=bench.officer, texts=TEXTS, selection={"kinds": EVERYBODY})
        before = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        started = time.perf_counter()
        issued = commands.issue(draft.code, by=bench.officer)
        pressed = time.perf_counter()
        while commands.send_batch(draft.code, by=system("bench")):
            pass
        done = time.perf_counter()
    deliveries = list(Delivery.objects.filter(circular=issued))
    messages = list(Message.objects.filter(pk__gt=before))
    bare = _bare(deliveries, messages)
    return issued, FanOut(issued.addressee_count, len(messages), pressed - started, done - pressed, bare)


def _bare(deliveries: list[Delivery], messages: list[Message]) -> float:
    """Seconds for inserting these rows once more into the same tables, in batches of the same size, and nothing else."""
    spare = Circular.objects.get(pk=deliveries[0].circular_id)
    spare.pk, spare.code, spare.running = None, "L-BENCHBARE", (spare.running or 0) + 1_000_000
    taken = 0.0
    with suppress(_Undone), transaction.atomic():
        spare.save(force_insert=True)
        for place, one in enumerate(deliveries):
            one.pk, one.code, one.circular, one.root = None, f"D-B{place:07}", spare, spare
        for message in messages:
            message.pk = None
        started = time.perf_counter()
        Delivery.objects.bulk_create(deliveries, batch_size=500)
        Message.objects.bulk_create(messages, batch_size=500)
        taken = time.perf_counter() - started
        raise _Undone
    return taken


def ledgers(bench: world.Bench, large: Circular) -> Ledgers:
    """A cascade of a few addressees beside the large one, and the queries of their pages."""
    with clock.at(world.NOW):
        small = commands.draft(bench.round_code, by=bench.officer)
        selection = {"kinds": EVERYBODY, "within": "TH-5001"}  # one district and its local bodies: some ten offices
        commands.save_draft(small.code, by=bench.officer, texts=TEXTS, selection=selection)
        commands.issue(small.code, by=bench.officer)
        commands.send_batch(small.code, by=system("bench"))
    browser = Client()
    name, _equals, value = bench.cookies["officer"].partition("=")
    browser.cookies[name] = value
    queries = {}
    for path in ("ledger/", "branch/?kind=LOCAL_BODY"):
        queries[path] = (_asked(browser, small.code, path), _asked(browser, large.code, path))
    return Ledgers(small.code, large.code, queries)


def _asked(browser: Client, code: str, path: str) -> int:
    address = f"/circulars/{code}/{path}"
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return len(asked)
