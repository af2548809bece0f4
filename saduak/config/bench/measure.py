"""Starting servers and timing pages on them, in turns, so that a noisy machine is noisy for all alike."""

import contextlib
import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

TURN = "turn-of-bench"


@dataclass
class Page:
    """name: in the table; port: of its server; path; cookie: of a session or empty; aim: at most this times the plain
    page; body: of a form that is sent by a script, with the token that stands in the cookie, and the number of the turn
    where TURN stands; answer: the status that is right."""

    name: str
    port: int
    path: str
    cookie: str = ""
    aim: float | None = None
    body: str = ""
    answer: int = 200
    times: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Median in milliseconds."""
        return statistics.median(self.times) * 1000


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(target: str, port: int, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """One granian process with one thread at the port, until the block ends. Raises RuntimeError when it does not answer."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "1", "--log-level", "warning", "--no-ws", target,
    ]  # fmt: skip
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        wait_for(port)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for(port: int) -> None:
    """Until something answers at the port. Raises RuntimeError after 30 seconds."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"no server answers at port {port}")


def fetch(connection: http.client.HTTPConnection, page: Page, turn: str) -> tuple[int, bytes]:
    headers = {"Cookie": page.cookie} if page.cookie else {}
    if page.body:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    connection.request("POST" if page.body else "GET", page.path, page.body.replace(TURN, turn) or None, headers)
    response = connection.getresponse()
    return response.status, response.read()


def take_turns(pages: list[Page], *, rounds: int, warm: int = 5) -> None:
    """Fetch each page once a turn, `rounds` times after warming up; fills `times` (seconds). Raises RuntimeError for a page
    that answers otherwise than it should."""
    connections = {page.port: http.client.HTTPConnection("127.0.0.1", page.port, timeout=60) for page in pages}
    for turn in range(warm + rounds):
        for connection in connections.values():
            # A server hangs up on who was silent for seconds, as the slow turns of a busy machine make us.
            connection.close()
            connection.connect()
        for page in pages:
            started = time.perf_counter()
            status, body = fetch(connections[page.port], page, f"{id(page)}-{turn}")
            taken = time.perf_counter() - started
            if status != page.answer:
                raise RuntimeError(f"{page.name}: {page.path} answered {status}: {body[:200]!r}")
            if turn >= warm:
                page.times.append(taken)


def worker_memory_mib(pid: int) -> float:
    """Resident memory of the largest process among a server's own and its children's: the one that serves, in MiB."""
    return max(memory_of(one) for one in [pid, *_children(pid)])


def worker_seconds(pid: int) -> float:
    """Seconds of processor that a server's own process and its children have used: what a busy machine does not stretch."""
    used = 0.0
    for one in [pid, *_children(pid)]:
        with contextlib.suppress(OSError), open(f"/proc/{one}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
            used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


def memory_of(pid: int) -> float:
    with contextlib.suppress(OSError), open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next((int(line.split()[1]) for line in status if line.startswith("VmRSS")), 0) / 1024
    return 0.0


def _children(pid: int) -> list[int]:
    with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as listing:
        return [int(word) for word in listing.read().split()]
    return []


def machine() -> str:
    """One line about the machine: processor, cores, memory, Python."""
    model = "unknown processor"
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8") as info:
        model = next((line.split(":", 1)[1].strip() for line in info if line.startswith("model name")), model)
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{model}, {os.cpu_count()} cores, {pages:.0f} GiB, Python {sys.version.split()[0]}"
