"""A worker that is killed: a program of its own that does the real work and ends by SIGKILL right behind a chosen statement.

Started by test_killed.py as `python killed.py CODE OFFICE ROUNDS`; each round is a process of its own. After each it prints what stands
in the database: [signal, state, letters sent as counted, deliveries, register lines, numbers taken].
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any


def main() -> None:
    """Rounds: [work, statement, nth]: killed behind the nth statement that begins so; statement None lets it end."""
    code, office, rounds = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    for work, statement, nth in rounds:
        ended = _apart(lambda: _work(work, code, office, statement, nth))  # noqa: B023  done before the next round
        _apart(lambda: _report(code, ended))  # noqa: B023


def _apart(do: Callable[[], None]) -> int:
    """Do it in a process of its own; returns the signal that ended it, 0 for none."""
    pid = os.fork()
    if pid == 0:
        try:
            do()
            os._exit(0)
        finally:
            os._exit(1)
    return os.WTERMSIG(os.waitpid(pid, 0)[1])


def _work(work: str, code: str, office: str, statement: str | None, nth: int) -> None:
    from saduak.circulars import jobs  # noqa: PLC0415  Django is set up below
    from saduak.people.actor import Actor  # noqa: PLC0415
    from saduak.people.models import Organisation  # noqa: PLC0415

    left = nth

    def kill(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal left
        done = execute(sql, params, many, context)
        if statement and sql.startswith(statement):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
        return done

    with connection.execute_wrapper(kill):
        if work == "issue":
            at = Organisation.objects.get(code=office)
            officer = Actor("officer", "เจ้าหน้าที่", "OFFICER", organisation_id=at.pk, path=at.path, subtree=True)
            jobs.issue(code, by=officer)
        else:
            jobs.send.call(code)


def _report(code: str, ended: int) -> None:
    from saduak.circulars.models import Circular, Counter, Delivery, RegisterEntry  # noqa: PLC0415

    letter = Circular.objects.get(code=code)
    said = [ended, letter.state, letter.sent_count, Delivery.objects.count(), RegisterEntry.objects.count()]
    print(json.dumps([*said, Counter.objects.count()]), flush=True)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "saduak.config.settings"
    import django
    from django.db import connection

    django.setup()
    main()
