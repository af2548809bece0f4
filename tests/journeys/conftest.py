"""A real server and worker on a world of their own, and a browser that walks through it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from saduak.config import demo_clock

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class House:
    """A running instance: its address and its data folder."""

    url: str
    data: Path

    def set_clock(self, moment: datetime) -> None:
        """Move the clock of the demonstration, as time would."""
        demo_clock.set_to(self.data / "clock.json", moment)

    def console(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the console command on this instance."""
        return subprocess.run(
            [sys.executable, "-m", "saduak.config.console", *arguments],
            env=_environment(self.data, self.url),
            capture_output=True,
            text=True,
            check=False,
        )


def _environment(data: Path, url: str) -> dict[str, str]:
    # The instance has its own database, whatever the suite runs on; the walks say which one that is.
    inherited = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SADUAK_BASE_URL"}}
    return {**inherited, "SADUAK_DEMO": "1", "SADUAK_DATA": str(data), "PORT": url.rsplit(":", 1)[1]}


@pytest.fixture(scope="session")
def start_house(tmp_path_factory) -> Iterator[object]:
    """start_house("prepared") gives a House whose world stands at that stage."""
    running: list[subprocess.Popen[bytes]] = []

    def start(stage: str) -> House:
        data = tmp_path_factory.mktemp(stage)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{probe.getsockname()[1]}"
        log = (data / "log.txt").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "saduak.config.console", "start", "--stage", stage],
            env=_environment(data, url),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        running.append(process)
        until = time.monotonic() + 240
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(url.rsplit(":", 1)[1]))) == 0:
                    return House(url, data)
            time.sleep(0.3)
        raise RuntimeError(
            "the server did not start:\n" + (data / "log.txt").read_text(encoding="utf-8", errors="replace")
        )

    yield start
    for process in running:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
