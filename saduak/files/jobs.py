"""The clock's work on files."""

from datetime import timedelta

from saduak.files import commands, malware, queries
from saduak.files.commands import erasing
from saduak.files.models import Scan
from saduak.journal import commands as journal
from saduak.kernel import clock

AT_ONCE = 200
NEW_FOR = timedelta(days=30)  # so long a file is asked about again whenever the scanner has learned something


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


def scan_with_new_signatures() -> int:
    """Ask again about the files of the last 30 days that were scanned with other signatures than the scanner has now: what
    is new is often not known as malware on its first day. Returns how many got an answer.
    """
    now = malware.signatures()
    if not now:
        return 0
    answered = 0
    for pk in queries.scanned_otherwise(now, since=clock.now() - NEW_FOR).values_list("pk", flat=True)[:AT_ONCE]:
        if commands.scan_again(pk).scanned_with != now:
            break
        answered += 1
    return answered


def erase_unneeded(*, by: journal.Author) -> int:
    """Note what nothing refers to, and erase what has been so for long enough; returns how many files were erased."""
    erasing.mark_unneeded()
    return sum(erasing.erase(pk, by=by) for pk in erasing.due().values_list("pk", flat=True)[:AT_ONCE])


def forget_expired_uploads() -> int:
    """Throw away what has arrived of uploads that nobody went on with; returns how many."""
    return commands.forget_expired()
