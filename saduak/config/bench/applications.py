"""Applications at 200, at 2,000 and at 20,000, each with its answers and evidence: do the form, its autosave, handing in
and the officer's queue take longer when there are many? And how much memory an upload takes of the server."""

import copy
import http.client
import secrets
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.db.models import Model

from saduak.applications import commands
from saduak.applications.models import Answer, Application, Evidence, Submission
from saduak.config.bench import measure, world
from saduak.config.bench.measure import Page
from saduak.config.demo import centres
from saduak.kernel import clock
from saduak.people.actor import system
from saduak.people.models import Kind, Organisation

STEPS = (200, 2_000, 20_000)
ANSWERS, PIECES = 50, 30
SAVES = 60  # over which the server's processor time is taken, which is counted in hundredths of a second
HANDED_IN = 12  # applications that are handed in in each world
STATES = ["SUBMITTED", "RETURNED", "READY", "NOT_READY"]
UPLOAD = 20 * 2**20 - 4096  # with what is around the noise just under what is allowed


@dataclass
class Step:
    """A world with so many applications: its server, and seconds of each page, turn by turn beside those of the others."""

    many: int
    port: int
    pid: int
    pages: dict[str, Page] = field(default_factory=dict)
    autosave_cpu: float = 0.0  # milliseconds of the server's processor for one

    def growth(self, few: "Step", name: str) -> list[float]:
        """How many times as long a page takes as in a smaller world: lower quartile, median and upper quartile over the
        turns, each compared with the same turn there, because what else the machine does changes from turn to turn."""
        both = zip(self.pages[name].times, few.pages[name].times, strict=True)
        return statistics.quantiles([large / small for large, small in both], n=4)


NAMES = ("form page", "autosave", "submit", "officer's queue")


@dataclass(frozen=True)
class Draft:
    """A complete application that waits to be handed in, and the cookie of the head who does."""

    number: str
    cookie: str


def prepare(bench: world.Bench) -> Application:
    """The application of which the others are copies, with fifty answers and thirty pieces of evidence at least."""
    original = Application.objects.get(number=bench.submitted)
    answers = list(original.answers.all())
    more = [copy.copy(answers[0]) for _ in range(ANSWERS - len(answers))]
    for place, one in enumerate(more):
        one.pk, one.item = None, f"bench.{place}"
    Answer.objects.bulk_create(more)
    pieces = list(original.evidence.all())
    extra = [copy.copy(pieces[place % len(pieces)]) for place in range(PIECES - len(pieces))]
    for piece in extra:
        piece.pk, piece.uuid = None, uuid4()
    Evidence.objects.bulk_create(extra)
    return original


def grow(original: Application, many: int) -> None:
    """Copies until there are so many applications, one in each spare centre, in bulk: what belongs to them is written by
    the database itself."""
    missing = many - Application.objects.count()
    free = Organisation.objects.filter(kind=Kind.CENTRE, applications=None, memberships=None)
    spare = list(free.order_by("path")[:missing])
    last = Application.objects.order_by("-pk").values_list("pk", flat=True)[0]
    made = []
    for number, centre in enumerate(spare):
        one = copy.copy(original)
        one._state = copy.copy(original._state)
        one.pk, one.number, one.centre, one.state = None, f"A-B{many}{number:05}", centre, STATES[number % 4]
        one.moved_at = one.submitted_at = original.moved_at - timedelta(minutes=number)
        made.append(one)
    Application.objects.bulk_create(made, batch_size=500)
    uuid = "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    _copies(Answer, original.pk, last, {})
    _copies(Evidence, original.pk, last, {"uuid": uuid})
    _copies(Submission, original.pk, last, {"receipt_number": "'B' || a.id"})


def settle() -> None:
    """Let the database finish what writing in bulk has left behind, so that no page pays for it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("ANALYZE")
        else:
            cursor.execute("VACUUM ANALYZE")


def _copies(model: type[Model], original: int, last: int, own: dict[str, str]) -> None:
    """Rows of the original for every application after `last`; own: columns that are to differ, as SQL."""
    columns = [one.column for one in model._meta.concrete_fields if not one.primary_key]
    wanted = [own.get(name, "a.id" if name == "application_id" else f't."{name}"') for name in columns]
    table, names = model._meta.db_table, ", ".join(f'"{name}"' for name in columns)
    sql = (
        f'INSERT INTO "{table}" ({names}) SELECT {", ".join(wanted)} FROM "{table}" t, "{Application._meta.db_table}" a '  # noqa: S608  names of our own tables
        "WHERE t.application_id = %s AND a.id > %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [original, last])


def ready(bench: world.Bench, count: int) -> list[Draft]:
    """Complete applications that wait to be handed in, each in a centre of its own."""
    made = []
    with clock.at(world.NOW):
        for applicant in centres.gather_more(count, by=system("bench")):
            number = centres.begin(applicant, bench.round_code)
            centres.fill(number, applicant)
            made.append(Draft(number, world.cookie(applicant.head)))
    return made


def measure_steps(bench: world.Bench, steps: list[Step], drafts: list[Draft], plain: Page, rounds: int) -> None:
    """Fetch every page of every world in turns beside the plain page, then save, then hand in, in turns as well."""
    token = secrets.token_hex(16)
    together = [replace(plain, times=[])]
    for step in steps:
        step.pages = {page.name: page for page in _pages(bench, step, token)}
        together += step.pages.values()
    measure.take_turns(together, rounds=rounds)
    saves = [replace(step.pages["autosave"], times=[]) for step in steps]
    before = [measure.worker_seconds(step.pid) for step in steps]
    measure.take_turns(saves, rounds=SAVES, warm=0)
    for step, used in zip(steps, before, strict=True):
        step.autosave_cpu = (measure.worker_seconds(step.pid) - used) / SAVES * 1000
    for step in steps:
        step.pages["plain page"] = together[0]
        step.pages["submit"] = Page("submit", step.port, "")
    for place, draft in enumerate(drafts):
        for step in steps:
            page = Page(
                "submit", step.port, f"/applications/{draft.number}/submit/",
                f"{draft.cookie}; {settings.CSRF_COOKIE_NAME}={token}",
                body=urlencode({"endorse": "on", "csrfmiddlewaretoken": token}), answer=302,
            )  # fmt: skip
            measure.take_turns([page], rounds=1, warm=0)
            if place:  # the first one of a process meets what is not compiled yet
                step.pages["submit"].times += page.times


def _pages(bench: world.Bench, step: Step, token: str) -> list[Page]:
    coordinator = f"{bench.cookies['coordinator']}; {settings.CSRF_COOKIE_NAME}={token}"
    base = f"/applications/{bench.draft}"
    item = (
        Answer.objects.filter(application__number=bench.draft)
        .exclude(justification="")
        .values_list("item", flat=True)[0]
    )
    # Each turn writes something else: what is there already is not written again.
    words = f"ทุกถ้อยคำที่พิมพ์ถูกเก็บไว้ {measure.TURN}"
    written = urlencode({f"j:{item}": words, "editor": "bench", "csrfmiddlewaretoken": token})
    return [
        Page("form page", step.port, f"{base}/form/", coordinator),
        Page("autosave", step.port, f"{base}/save/", coordinator, body=written),
        Page("officer's queue", step.port, "/assessment/screening/", bench.cookies["officer"]),
    ]


def hand_in(bench: world.Bench, count: int) -> list[float]:
    """Seconds of server time for handing in one complete application with its evidence, several times."""
    times = []
    with clock.at(world.NOW):
        for applicant in centres.gather_more(count, by=system("bench")):
            number = centres.begin(applicant, bench.round_code)
            centres.fill(number, applicant)
            started = time.perf_counter()
            commands.submit(number, by=applicant.head)
            times.append(time.perf_counter() - started)
    return times


@dataclass
class Upload:
    """Memory of the server process in MiB before and at the highest while a file of 20 MB came in, and what it said."""

    before: float
    highest: float
    answered: int  # status; 302 when the file was kept
    kept: bool
    seconds: float

    @property
    def extra(self) -> float:
        return self.highest - self.before


def upload(bench: world.Bench, pid: int, port: int) -> Upload:
    """One PDF of 20 MB as evidence, by the form without scripts; the server's memory is looked at every few ms."""
    token = secrets.token_hex(16)
    cookie = f"{bench.cookies['coordinator']}; {settings.CSRF_COOKIE_NAME}={token}"
    item = (
        Answer.objects.filter(application__number=bench.draft)
        .exclude(item__startswith="profile.")
        .values_list("item", flat=True)[0]
    )
    fields = {"csrfmiddlewaretoken": token, "title": "คู่มือปฏิบัติงานฉบับเต็ม", "items": item, "shows": "ขั้นตอนทั้งหมด"}
    boundary = "saduakbench"
    head = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    head += f'--{boundary}\r\nContent-Disposition: form-data; name="uploads"; filename="bench.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    tail = f"\r\n--{boundary}--\r\n".encode()
    body = head.encode() + _pdf(UPLOAD) + tail
    server = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    path = f"/applications/{bench.draft}/evidence/add/"
    started = time.perf_counter()
    with _watched(pid) as seen:
        server.request(
            "POST", path, body, {"Cookie": cookie, "Content-Type": f"multipart/form-data; boundary={boundary}"}
        )
        answer = server.getresponse()
        answer.read()
        time.sleep(0.05)
    taken = time.perf_counter() - started
    return Upload(seen[0], max(seen), answer.status, answer.status == 302, taken)


def _pdf(size: int) -> bytes:
    """A PDF of one empty page that carries so many bytes of noise, as a scan does."""
    noise = secrets.token_bytes(size)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Length %d >>\nstream\n" % len(noise) + noise + b"\nendstream",
    ]  # fmt: skip
    whole, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table
    return whole + end + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(whole))


@contextmanager
def _watched(pid: int) -> Iterator[list[float]]:
    """Memory of the serving process in MiB, looked at until the block ends; the first value is from before."""
    seen, over = [measure.worker_memory_mib(pid)], threading.Event()

    def look() -> None:
        while not over.wait(0.005):
            seen.append(measure.worker_memory_mib(pid))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()
