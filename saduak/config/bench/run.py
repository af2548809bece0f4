"""One run of the benchmark: servers up, pages in turns, work that is timed by itself, and a report."""

import contextlib
import copy
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from django.db import connection

from saduak.config.bench import applications, circulars, copies, measure, world
from saduak.config.bench.measure import Page
from saduak.config.bench.plain.settings import SCHEMA

Row = tuple[str, str, str, str]


# What is measured in one world, and what needs a world of its own: applications grow there from few to many.
WORLDS = (("pages", "circulars", "submits"), ("applications", "uploads"))
PARTS = tuple(part for world_of in WORLDS for part in world_of)


def run(say: Callable[[str], None], *, rounds: int = 40, only: Collection[str] = WORLDS[0]) -> str:
    """Measure some of PARTS, all of one of WORLDS; returns the report as Markdown. Needs an empty database (the command
    makes one)."""
    if set(only) & set(WORLDS[1]):
        return _growing(say, rounds, only)
    bench = world.build(say, filled="pages" in only)
    connection.cursor().execute("ANALYZE")
    fan_out, ledgers = None, None
    if "circulars" in only:
        say("timing a circular to the whole country")
        large, fan_out = circulars.issue_to_all(bench)
        ledgers = circulars.ledgers(bench, large)
        applications.settle()
    say("timing pages")
    pages, memory = _pages(bench, rounds, ledgers, everything="pages" in only)
    submits = []
    if "submits" in only:
        say("timing submits")
        submits = applications.hand_in(bench, 12)
    return report(pages, fan_out, ledgers, submits, memory)


def _growing(say: Callable[[str], None], rounds: int, only: Collection[str]) -> str:
    """The report about applications at 200, 2,000 and 20,000, and about uploads."""
    many = applications.STEPS[-1] + 300 if "applications" in only else 300
    bench = world.build(say, filled=False, centres_of_the_country=many)
    uploaded, steps = None, []
    if "uploads" in only:
        say("timing an upload")
        with _servers() as (process, ours, plain):
            # A warm server: the first page of a process takes memory that no upload takes again.
            warm = Page("form page", ours, f"/applications/{bench.draft}/form/", bench.cookies["coordinator"])
            measure.take_turns([copy.copy(plain), warm], rounds=3)
            uploaded = applications.upload(bench, process.pid, ours)
    if "applications" in only:
        steps = _steps(bench, say, rounds)
    return growing_report(steps, uploaded, rounds)


def _steps(bench: world.Bench, say: Callable[[str], None], rounds: int) -> list[applications.Step]:
    """Grow the world, keep a copy of it at each size, and measure all of them side by side, each with its own server."""
    original = applications.prepare(bench)
    drafts = applications.ready(bench, applications.HANDED_IN)
    with contextlib.ExitStack() as stack:
        addresses = []
        for many in applications.STEPS:
            each = f"{applications.ANSWERS} answers and {applications.PIECES} pieces of evidence"
            say(f"{many:,} applications with {each} each")
            applications.grow(original, many)
            applications.settle()
            # The largest is not copied: it is the world itself.
            addresses.append(stack.enter_context(copies.copied()) if many != applications.STEPS[-1] else "")
        process, ours, plain = stack.enter_context(_servers())
        steps = []
        for many, address in zip(applications.STEPS, addresses, strict=True):
            port, pid = ours, process.pid
            if address:
                port = measure.free_port()
                pid = stack.enter_context(_ours(port, {"DATABASE_URL": address})).pid
            steps.append(applications.Step(many, port, pid))
        say("timing the pages of all of them in turns")
        applications.measure_steps(bench, steps, drafts, plain, rounds)
    return steps


def _plain(folder: str) -> dict[str, str]:
    """The environment of the plain project: on PostgreSQL a schema of its own beside our tables."""
    if connection.vendor != "postgresql":
        return {"PLAIN_DATABASE": str(Path(folder, "plain.sqlite3"))}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
    return {"PLAIN_DATABASE_URL": os.environ["DATABASE_URL"]}


def _ours(port: int, environment: dict[str, str]) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    own = {"DJANGO_SETTINGS_MODULE": "saduak.config.settings", **environment}
    return measure.server("saduak.config.wsgi:application", port, own)


@contextlib.contextmanager
def _servers() -> Iterator[tuple[subprocess.Popen[bytes], int, Page]]:
    """Our server and the plain one: the process of ours, its port, and the plain page."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        environment = _plain(folder)
        prepared = subprocess.run(
            [sys.executable, "-m", "saduak.config.bench.plain.prepare"],
            env={**os.environ, **environment}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        ours, plain = measure.free_port(), measure.free_port()
        process = stack.enter_context(_ours(ours, {}))
        stack.enter_context(measure.server("saduak.config.bench.plain.wsgi:application", plain, environment))
        cookie = f"sessionid={prepared.stdout.strip().splitlines()[-1]}"
        yield process, ours, Page("plain page", plain, "/plain/", cookie)


def _pages(
    bench: world.Bench, rounds: int, ledgers: circulars.Ledgers | None, *, everything: bool
) -> tuple[list[Page], float]:
    with _servers() as (process, ours, plain):
        officer, coordinator = bench.cookies["officer"], bench.cookies["coordinator"]
        pages = [
            Page("empty view", plain.port, "/empty/"),
            plain,
        ]
        whole = [
            Page("home", ours, "/", officer, 3),
            Page("application form, 50 items", ours, f"/applications/{bench.draft}/form/", coordinator, 3),
            Page("case file", ours, f"/cases/{bench.submitted}/", officer, 3),
            Page("list of 10,000 applications", ours, "/applications/", officer, 2),
            Page("public register of 10,000", ours, "/register/", "", 2),
            Page("verification", ours, f"/v/{bench.certificate}/", "", 0.7),
        ]
        if everything:
            pages += whole
        if ledgers is not None:
            large, walked = f"/circulars/{ledgers.large}/", f"/circulars/{ledgers.walked}/"
            pages += [
                Page("ledger of a letter that went to the whole country at once", ours, f"{large}ledger/", officer, 3),
                Page("… a branch of 50 lines", ours, f"{large}branch/?kind=LOCAL_BODY", officer, 3),
                Page("ledger of a cascade that walks down the country", ours, f"{walked}ledger/", officer, 3),
                Page("… as it stood at a moment", ours, f"{walked}ledger/?at=2022-02-14T12:00", officer, 3),
                Page("… a branch of 50 lines", ours, f"{walked}branch/?kind=LOCAL_BODY", officer, 3),
                Page("… its map of the country", ours, f"{walked}map/", officer),
                Page("… its map of one province", ours, f"{walked}map/?province=50", officer),
                Page("… below one province", ours, f"{walked}branch/?hop={ledgers.province}", officer, 3),
            ]
        measure.take_turns(pages, rounds=rounds)
        return pages, measure.worker_memory_mib(process.pid)


def report(
    pages: list[Page],
    fan_out: circulars.FanOut | None,
    ledgers: circulars.Ledgers | None,
    submits: list[float],
    memory: float,
) -> str:
    """The tables of docs/benchmarks.md."""
    plain = next(page for page in pages if page.name == "plain page")
    lines = [
        f"Machine: {measure.machine()}; database {connection.vendor}; one server process, one thread; median of {len(plain.times)} turns.",
        "",
        "| page | median ms | times the plain page | aim | |",
        "|---|---:|---:|---:|---|",
    ]
    for page in pages:
        ratio = page.median / plain.median
        verdict = "" if page.aim is None else ("met" if ratio <= page.aim else "missed")
        lines.append(f"| {page.name} | {page.median:.1f} | {ratio:.2f} | {page.aim or ''} | {verdict} |")
    lines += ["", "| work | measured | aim | |", "|---|---:|---:|---|"]
    if fan_out is not None:
        lines += [
            _work(f"circular to {fan_out.addressees:,} addressees: the job", f"{fan_out.job:.2f} s", "5 s", fan_out.job < 5),
            _work(
                f"… times the bare insert of its rows ({fan_out.messages:,} messages, {fan_out.bare:.2f} s)",
                f"{fan_out.ratio:.2f}", "3", fan_out.ratio <= 3,
            ),
            _work("… the press of the button", f"{fan_out.press * 1000:.0f} ms", "at once", fan_out.press < 1),
        ]  # fmt: skip
    for path, (small, large) in ledgers.queries.items() if ledgers else ():
        words = f"queries of {path.split('?')[0]} at 8 and at all addressees"
        lines.append(_work(words, f"{small} and {large}", "the same", small == large))
    if submits:
        submit = statistics.median(submits) * 1000
        lines.append(_work("handing in an application, server time", f"{submit:.0f} ms", "200 ms", submit < 200))
    lines.append(_work("memory of the server process", f"{memory:.0f} MiB", "250 MiB", memory < 250))
    return "\n".join(lines)


def growing_report(steps: list[applications.Step], uploaded: applications.Upload | None, rounds: int) -> str:
    """The tables about applications and uploads."""
    lines = [
        f"Machine: {measure.machine()}; database {connection.vendor}; one server process, one thread; median of {rounds} turns. "
        f"Each application has {applications.ANSWERS} answers and {applications.PIECES} pieces of evidence; in brackets times the plain page of the same turns. "
        "The worlds stand side by side, each with its own server, and are asked in turns; how many times as long the largest takes as the "
        "smallest is the median over the turns, with its quartiles in brackets.",
    ]
    if steps:
        few, most = steps[0], steps[-1]
        heads = " | ".join(f"at {one.many:,}, ms" for one in steps)
        lines += [
            "",
            f"| with so many applications | {heads} | {most.many:,} to {few.many:,} | aim | |",
            "|---|" + "---:|" * (len(steps) + 2) + "---|",
        ]
        for name in applications.NAMES:
            cells = " | ".join(_beside(one, name) for one in steps)
            low, growth, high = most.growth(few, name)
            verdict = "met" if growth <= 1.5 else "missed"
            lines.append(f"| {name} | {cells} | {growth:.2f} ({low:.2f}–{high:.2f}) | 1.5 | {verdict} |")
    lines += ["", "| work | measured | aim | |", "|---|---:|---:|---|"]
    if steps:
        took = steps[-1].autosave_cpu
        what = f"one autosave at {steps[-1].many:,}: processor time of the server (at {steps[0].many:,}: {steps[0].autosave_cpu:.1f} ms)"
        lines.append(_work(what, f"{took:.1f} ms", "30 ms", took < 30))
    if uploaded is not None:
        said = f"{uploaded.extra:.0f} MiB more than the {uploaded.before:.0f} MiB before, {uploaded.seconds:.1f} s"
        met = uploaded.kept and uploaded.extra < 50
        lines.append(_work("memory while a file of 20 MB is added as evidence", said, "50 MiB", met))
    return "\n".join(lines)


def _beside(step: applications.Step, name: str) -> str:
    """The median of a page in one world, and times the plain page of the same turns."""
    taken = step.pages[name].median
    return f"{taken:.1f} ({taken / step.pages['plain page'].median:.2f}×)"


def _work(what: str, measured: str, aim: str, met: bool) -> str:
    return f"| {what} | {measured} | {aim} | {'met' if met else 'missed'} |"
