"""The clock's work on files."""

from saduak.files import commands, malware, queries
from saduak.files.models import Scan

AT_ONCE = 200


def scan_missed() -> int:
    """Ask the scanner about files that were stored while it was away; returns how many got an answer.

    Stops at the first file without one: the scanner is still away, and the next run asks again.
    """
    if not malware.configured():
        return 0
    answered = 0
    for pk in queries.unscanned().values_list("pk", flat=True)[:AT_ONCE]:
        if commands.scan_again(pk).scan == Scan.UNSCANNED:
            break
        answered += 1
    return answered
