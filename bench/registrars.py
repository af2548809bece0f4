"""Registrars at one register at the same moment: `python bench/registrars.py [threads]`, 200 unless told.

Each enters a letter on paper into the same register; afterwards every number from 1 on must stand there once. On SQLite in
a folder of its own, or on the database that DATABASE_URL names (a fresh one).
"""

import os
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saduak.config.settings")
os.environ.setdefault("SADUAK_DEMO", "1")
os.environ["SADUAK_DATA"] = tempfile.mkdtemp()
sys.path.insert(0, str(Path(__file__).parents[1]))

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - settings come first
from django.db import connection  # noqa: E402 - settings come first

from saduak.circulars import commands  # noqa: E402 - settings come first
from saduak.circulars.models import RegisterEntry  # noqa: E402 - settings come first
from saduak.people import commands as people  # noqa: E402 - settings come first
from saduak.people.actor import Actor, system  # noqa: E402 - settings come first
from saduak.people.models import Kind, Organisation  # noqa: E402 - settings come first


def main(many: int) -> None:
    call_command("migrate", verbosity=0)
    office = [{"code": "OPM", "kind": Kind.SECRETARIAT, "name_th": "สปน.", "parent": None, "letter_prefix": "นร 0106"}]
    people.grow_tree(office, by=system("bench"), source="bench")
    top = Organisation.objects.get(code="OPM")
    by = Actor(ref="registrar", name="สารบรรณ", role="REGISTRAR", organisation_id=top.pk, path=top.path)
    start, refused, waits = threading.Barrier(many), [], []

    def enter(number: int) -> None:
        start.wait()
        began = time.perf_counter()
        texts = {"letter_number": f"นค 1/{number}", "from_name": "จังหวัดหนองคาย", "subject": "เรื่อง"}
        try:
            commands.enter_letter("OPM", "IN", by=by, texts=texts)
            waits.append(time.perf_counter() - began)
        except Exception as error:
            refused.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=(number,)) for number in range(many)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    numbers = sorted(RegisterEntry.objects.values_list("number", flat=True))
    whole = numbers == list(range(1, many - len(refused) + 1))
    print(
        f"{many} registrars at once on {connection.vendor}: {took:.1f} s, the last waited {max(waits, default=0):.1f} s"
    )
    print(f"numbers {numbers[0]} to {numbers[-1]}, {'none missing, none twice' if whole else 'WITH GAPS OR DOUBLES'}")
    print(f"refused: {len(refused)} {sorted(set(refused))[:3]}")
    sys.exit(0 if whole and not refused else 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
