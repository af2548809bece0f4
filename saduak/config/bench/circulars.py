"""Circulars at the size of the country: issuing to all, against the bare insert of the same rows; the ledger, large and
small, by time and by number of queries."""

import copy
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saduak.circulars import commands
from saduak.circulars.models import Circular, Delivery
from saduak.config.bench import world
from saduak.kernel import clock
from saduak.outbox.models import Message
from saduak.people import queries as people
from saduak.people.actor import system
from saduak.people.models import Kind, Organisation

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
    """Public codes of a small cascade, of one whose first letter went to all, and of one that walks down level by level;
    and how many queries the same page asks at the small one and at the large one."""

    small: str
    large: str
    walked: str
    province: str  # a hop of the walked one that was passed on
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
        for place, message in enumerate(messages):
            message.pk, message.code = None, f"N-B{place:07}"
        started = time.perf_counter()
        Delivery.objects.bulk_create(deliveries, batch_size=500)
        Message.objects.bulk_create(messages, batch_size=500)
        taken = time.perf_counter() - started
        raise _Undone
    return taken


def ledgers(bench: world.Bench, large: Circular) -> Ledgers:
    """A cascade of a few addressees and one that walks down the country beside the large one, and the queries of their
    pages."""
    # One district and its local bodies: some ten offices.
    small = _sent(bench, world.NOW, {"kinds": EVERYBODY, "within": "TH-5001"})
    walked = walk(bench)
    province = Delivery.objects.filter(circular=walked, forwards__isnull=False).order_by("pk")[0]
    browser = Client()
    name, _equals, value = bench.cookies["officer"].partition("=")
    browser.cookies[name] = value
    queries = {}
    for path in ("ledger/", "branch/?kind=LOCAL_BODY"):
        queries[path] = (_asked(browser, small.code, path), _asked(browser, large.code, path))
    return Ledgers(small.code, large.code, walked.code, province.code, queries)


def _sent(bench: world.Bench, at: datetime, selection: dict[str, object]) -> Circular:
    with clock.at(at):
        draft = commands.draft(bench.round_code, by=bench.officer)
        commands.save_draft(draft.code, by=bench.officer, texts=TEXTS, selection=selection)
        issued = commands.issue(draft.code, by=bench.officer)
        while commands.send_batch(issued.code, by=system("bench")):
            pass
    return issued


def walk(bench: world.Bench) -> Circular:
    """A cascade that goes by steps: the first letter to the provinces, theirs to the districts, theirs to the local
    bodies, some days each. One office in eight sits on it; of the last ones half have received it. Rows in bulk."""
    left = world.NOW - timedelta(days=20)
    root = _sent(bench, left, {"kinds": [Kind.PROVINCE]})
    tiers = [list(Delivery.objects.filter(circular=root).select_related("organisation"))]
    for depth, kind in enumerate((Kind.DISTRICT, Kind.LOCAL_BODY), start=1):
        tiers.append(_pass_on(root, tiers[-1], kind, left + timedelta(days=5 * depth)))
    for tier in tiers:
        for place, one in enumerate(tier):
            if place % 2 or tier is not tiers[-1]:
                _stamp(one, place + 1)
        Delivery.objects.bulk_update(
            tier, ["state", "received_number", "received_year", "received_at", "received_by"], 300
        )
    return root


def _stamp(one: Delivery, number: int) -> None:
    one.state, one.received_number, one.received_year = "RECEIVED", number, 2565
    one.received_at, one.received_by = one.sent_at + timedelta(days=1), "นางสาวธุรการ สมมติ"


def _pass_on(root: Circular, holders: list[Delivery], kind: str, at: datetime) -> list[Delivery]:
    """Letters of seven in eight of the holders to the offices of a kind right below them, and their deliveries."""
    under: dict[str, list[Organisation]] = {}
    for office in Organisation.objects.filter(kind=kind).order_by("path"):
        under.setdefault(office.path[: -Organisation.steplen], []).append(office)
    letters, addressees = [], []
    for place, holder in enumerate(holders):
        found = under.get(holder.organisation.path, [])
        if place % 8 == 7 or not found:
            continue
        letter = copy.copy(root)
        letter._state = copy.copy(root._state)
        letter.pk, letter.code = None, f"L-B{kind[0]}{place:05}"
        letter.sender, letter.parent, letter.root = holder.organisation, holder, root
        letter.prefix, letter.number, letter.running = f"บ {place}", f"บ {place}/ว 1", 1
        letter.issued_at = letter.created_at = at + timedelta(hours=place % 72)
        letter.addressee_ids, letter.addressee_count = [office.pk for office in found], len(found)
        letter.sent_count = len(found)
        letters.append(letter)
        addressees.append(found)
    Circular.objects.bulk_create(letters, batch_size=200)
    places = people.places([office.pk for found in addressees for office in found])
    deliveries = [
        Delivery(
            code=f"D-B{kind[0]}{office.pk:06}", circular=letter, root=root, organisation=office, kind=kind,
            province_code=places[office.pk][1], below=places[office.pk][2], sent_at=letter.issued_at,
        )
        for letter, found in zip(letters, addressees, strict=True)
        for office in found
    ]  # fmt: skip
    return Delivery.objects.bulk_create(deliveries, batch_size=300)


def _asked(browser: Client, code: str, path: str) -> int:
    address = f"/circulars/{code}/{path}"
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return len(asked)
