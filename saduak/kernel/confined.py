"""Programs of ours that open what strangers sent: each runs as a process of its own, within limits of the kernel.

`run` starts one; `limit` is the first thing that such a program does. A file that means harm can at worst end its process.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

MEMORY_BYTES = 1024 * 1024 * 1024  # of addresses; the libraries alone take a quarter
# What a stream inside a PDF may unpack to, for pypdf's `apply_configuration`: those of honest files take a few MB at most.
_UNPACKED_BYTES = 16 * 1024 * 1024
PDF_UNPACKED = {
    "zlib_maximum_output_length": _UNPACKED_BYTES,
    "lzw_maximum_output_length": _UNPACKED_BYTES,
    "run_length_maximum_output_length": _UNPACKED_BYTES,
    "array_based_stream_maximum_output_length": _UNPACKED_BYTES,
    "brotli_maximum_output_length": _UNPACKED_BYTES,
    "stream_decoding_work_maximum_length": 4 * _UNPACKED_BYTES,
}


@dataclass(frozen=True)
class Ended:
    """How a program ended: code is 0 when all is well, None when it was stopped for its time; said: its last words."""

    code: int | None
    said: str

    def __str__(self) -> str:
        return "it took too long" if self.code is None else f"ended with {self.code}: {self.said}"


def run(program: Path, order: Mapping[str, Any], *, seconds: int, given: IO[bytes], made: IO[bytes]) -> Ended:
    """Run the program with the order as JSON in its first argument, "seconds" among it, from `given` to `made`: two files
    of the system. Nothing else reaches it: no environment, no other open file. seconds: of processor time."""
    command = [sys.executable, "-I", str(program), json.dumps({**order, "seconds": seconds})]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, by its path
            command,
            stdin=given,
            stdout=made,
            stderr=subprocess.PIPE,
            timeout=seconds * 3,  # of the clock on the wall: a busy machine shares its processors
            cwd="/",
            env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Ended(None, "")
    return Ended(done.returncode, " ".join(done.stderr.decode(errors="replace").strip().splitlines()[-1:])[:200])


def limit(*, seconds: int, output_bytes: int) -> None:
    """Hold this process to so much processor time and output from now on, and to MEMORY_BYTES; it leaves no core."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output_bytes, output_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
