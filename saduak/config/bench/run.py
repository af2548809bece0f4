"""One run of the benchmark: servers up, pages in turns, work that is timed by itself, and a report."""

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from saduak.applications import commands as applications
from saduak.circulars import commands as circulars
from saduak.config.bench import measure, world
from saduak.config.bench.measure import Page
from saduak.config.demo import centres
from saduak.kernel import clock
from saduak.people.actor import system
from saduak.people.models import Kind

Row = tuple[str, str, str, str]


def run(say: Callable[[str], None], *, rounds: int = 40) -> str:
    """Measure everything; returns the report as Markdown. Needs an empty database (the command makes one)."""
    bench = world.build(say)
    connection.cursor().execute("ANALYZE")
    say("timing pages")
    pages, memory = _pages(bench, rounds)
    say("timing a circular to the whole country")
    fan_out = _fan_out(bench)
    say("timing submits")
    submits = _submits(bench)
    return report(pages, fan_out, submits, memory)


def _pages(bench: world.Bench, rounds: int) -> tuple[list[Page], float]:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        plain_database = str(Path(folder, "plain.sqlite3"))
        prepared = subprocess.run(
            [sys.executable, "-m", "saduak.config.bench.plain.prepare"],
            env={**os.environ, "PLAIN_DATABASE": plain_database}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        ours, plain = measure.free_port(), measure.free_port()
        process = stack.enter_context(
            measure.server("saduak.config.wsgi:application", ours, {"DJANGO_SETTINGS_MODULE": "saduak.config.settings"})
        )
        stack.enter_context(
            measure.server("saduak.config.bench.plain.wsgi:application", plain, {"PLAIN_DATABASE": plain_database})
        )
        cookie = f"sessionid={prepared.stdout.strip().splitlines()[-1]}"
        officer, coordinator = bench.cookies["officer"], bench.cookies["coordinator"]
        pages = [
            Page("empty view", plain, "/empty/"),
            Page("plain page", plain, "/plain/", cookie),
            Page("home", ours, "/", officer, 3),
            Page("application form, 50 items", ours, f"/applications/{bench.draft}/form/", coordinator, 3),
            Page("case file", ours, f"/cases/{bench.submitted}/", officer, 3),
            Page("list of 10,000 applications", ours, "/applications/", officer, 2),
            Page("public register of 10,000", ours, "/register/", "", 2),
            Page("verification", ours, f"/v/{bench.certificate}/", "", 0.7),
        ]
        measure.take_turns(pages, rounds=rounds)
        return pages, measure.worker_memory_mib(process.pid)


def _fan_out(bench: world.Bench) -> dict[str, float]:
    """A circular to every local body of the country: the press of the button, and the work of the job, in seconds."""
    with clock.at(world.NOW):
        draft = circulars.draft(bench.round_code, by=bench.officer)
        texts = {"signatory": "นายดำรง สมมติวงศ์", "position": "ปลัดสำนักนายกรัฐมนตรี"}
        circulars.save_draft(
            draft.code,
            by=bench.officer,
            texts=texts,
            selection={"kinds": [Kind.LOCAL_BODY, Kind.DISTRICT, Kind.PROVINCE]},
        )
        started = time.perf_counter()
        issued = circulars.issue(draft.code, by=bench.officer)
        pressed = time.perf_counter()
        while circulars.send_batch(draft.code, by=system("bench")):
            pass
        done = time.perf_counter()
    return {"addressees": issued.addressee_count, "press": pressed - started, "job": done - pressed}


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


def report(pages: list[Page], fan_out: dict[str, float], submits: list[float], memory: float) -> str:
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
    submit = statistics.median(submits) * 1000
    lines += [
        "",
        "| work | measured | aim | |",
        "|---|---:|---:|---|",
        _work(
            f"circular to {fan_out['addressees']:,} addressees: the job",
            f"{fan_out['job']:.2f} s",
            "10 s",
            fan_out["job"] < 10,
        ),
        _work("… the press of the button", f"{fan_out['press'] * 1000:.0f} ms", "at once", fan_out["press"] < 1),
        _work("handing in an application, server time", f"{submit:.0f} ms", "200 ms", submit < 200),
        _work("memory of the server process", f"{memory:.0f} MiB", "250 MiB", memory < 250),
    ]
    return "\n".join(lines)


def _work(what: str, measured: str, aim: str, met: bool) -> str:
    return f"| {what} | {measured} | {aim} | {'met' if met else 'missed'} |"
