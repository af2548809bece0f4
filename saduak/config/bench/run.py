"""One run of the benchmark: servers up, pages in turns, work that is timed by itself, and a report."""

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from pathlib import Path

from django.db import connection

from saduak.applications import commands as applications
from saduak.config.bench import circulars, measure, world
from saduak.config.bench.measure import Page
from saduak.config.bench.plain.settings import SCHEMA
from saduak.config.demo import centres
from saduak.kernel import clock
from saduak.people.actor import system

Row = tuple[str, str, str, str]


PARTS = ("pages", "circulars", "submits")


def run(say: Callable[[str], None], *, rounds: int = 40, only: Collection[str] = PARTS) -> str:
    """Measure everything, or only some of PARTS; returns the report as Markdown. Needs an empty database (the command
    makes one)."""
    bench = world.build(say, filled="pages" in only)
    connection.cursor().execute("ANALYZE")
    fan_out, ledgers = None, None
    if "circulars" in only:
        say("timing a circular to the whole country")
        large, fan_out = circulars.issue_to_all(bench)
        ledgers = circulars.ledgers(bench, large)
        connection.cursor().execute("ANALYZE")
    say("timing pages")
    pages, memory = _pages(bench, rounds, ledgers, everything="pages" in only)
    submits = []
    if "submits" in only:
        say("timing submits")
        submits = _submits(bench)
    return report(pages, fan_out, ledgers, submits, memory)


def _plain(folder: str) -> dict[str, str]:
    """The environment of the plain project: on PostgreSQL a schema of its own beside our tables."""
    if connection.vendor != "postgresql":
        return {"PLAIN_DATABASE": str(Path(folder, "plain.sqlite3"))}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
    return {"PLAIN_DATABASE_URL": os.environ["DATABASE_URL"]}


def _pages(
    bench: world.Bench, rounds: int, ledgers: circulars.Ledgers | None, *, everything: bool
) -> tuple[list[Page], float]:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        environment = _plain(folder)
        prepared = subprocess.run(
            [sys.executable, "-m", "saduak.config.bench.plain.prepare"],
            env={**os.environ, **environment}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        ours, plain = measure.free_port(), measure.free_port()
        process = stack.enter_context(
            measure.server("saduak.config.wsgi:application", ours, {"DJANGO_SETTINGS_MODULE": "saduak.config.settings"})
        )
        stack.enter_context(measure.server("saduak.config.bench.plain.wsgi:application", plain, environment))
        cookie = f"sessionid={prepared.stdout.strip().splitlines()[-1]}"
        officer, coordinator = bench.cookies["officer"], bench.cookies["coordinator"]
        pages = [
            Page("empty view", plain, "/empty/"),
            Page("plain page", plain, "/plain/", cookie),
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


def _submits(bench: world.Bench, count: int = 12) -> list[float]:
    """Seconds of server time for handing in one complete application with its evidence, several times."""
    times = []
    with clock.at(world.NOW):
        from_story = centres.gather_more(count, by=system("bench"))
        for applicant in from_story:
            number = centres.begin(applicant, bench.round_code)
            centres.fill(number, applicant)
            started = time.perf_counter()
            applications.submit(number, by=applicant.head)
            times.append(time.perf_counter() - started)
    return times


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


def _work(what: str, measured: str, aim: str, met: bool) -> str:
    return f"| {what} | {measured} | {aim} | {'met' if met else 'missed'} |"
