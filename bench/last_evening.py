"""The storm of the last evening: `python bench/last_evening.py [--minutes 5] [--writers 500] [--submits 200]`.

500 people whose pages save every ten seconds, and 200 submits a minute, against `saduak serve` with two processes. Then
every text that a page was told is saved is looked for in the database, and every application that was handed in must
have been handed in once. Uses a new folder and SQLite, or the empty database that DATABASE_URL names.
"""

import argparse
import copy
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

FOLDER = tempfile.mkdtemp(prefix="saduak-evening-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saduak.config.settings")
os.environ.update(SADUAK_DEMO="1", SADUAK_DATA=FOLDER)
ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import django  # noqa: E402 - the path comes first

django.setup()

from django.conf import settings  # noqa: E402 - settings come first
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from saduak.applications import questionnaire  # noqa: E402
from saduak.applications.models import Answer, Application, Evidence, Submission  # noqa: E402
from saduak.config import demo_clock  # noqa: E402
from saduak.config.bench import measure, world  # noqa: E402
from saduak.config.demo import centres  # noqa: E402
from saduak.config.demo.story import ROUND, Story  # noqa: E402
from saduak.kernel import clock  # noqa: E402
from saduak.people import queries as people  # noqa: E402
from saduak.people.models import Kind, Membership, Organisation, User  # noqa: E402
from saduak.people.roles import Role  # noqa: E402
from saduak.rounds import commands as rounds  # noqa: E402
from saduak.rounds import queries as round_queries  # noqa: E402

SUBMITTERS = 20  # who hand in, one application after the other
LAST_EVENING = clock.bangkok(2022, 2, 28, 20)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=5)
    asked.add_argument("--writers", type=int, default=500)
    asked.add_argument("--submits", type=int, default=200, help="a minute")
    given = asked.parse_args()
    plan = prepare(given.writers, int(given.submits * given.minutes) + 50, given.submits)
    where = Path(FOLDER, "plan.json")
    where.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    storm(where, given.minutes, given.writers + SUBMITTERS)
    return report(json.loads(Path(f"{where}.found").read_text(encoding="utf-8")), given.minutes)


def prepare(writers: int, drafts: int, submits: int) -> dict[str, object]:
    """The house: the whole country, and as many complete drafts as there will be people, each with a head of its own."""
    call_command("migrate", verbosity=0)
    story = Story(lambda _: None)
    story.prepared()
    demo_clock.set_to(settings.DEMO_CLOCK, LAST_EVENING)
    with clock.at(LAST_EVENING):
        round = rounds.open_round(ROUND, by=story.officer)
        first = story.applicants[1]
        number = centres.begin(first, round.code)
        centres.fill(number, first)
        world.grow_country(writers + drafts)
        numbers = clone(Application.objects.get(number=number), writers + drafts)
        cookies = heads(numbers)
    standard = round_queries.standard(round)
    section = questionnaire.sections(standard)[0]
    people_of_the_evening = [{"number": one, "cookie": cookies[one]} for one in numbers]
    connection.cursor().execute("ANALYZE")
    connection.close()
    return {
        "writers": people_of_the_evening[:writers],
        "drafts": people_of_the_evening[writers:],
        "section": section.id,
        "items": [one.id for one in section.criteria],
        "submits_a_minute": submits,
        "submitters": SUBMITTERS,
    }


def clone(original: Application, many: int) -> list[str]:
    """Copies of a complete draft with its answers and evidence, each in a centre of its own; their numbers."""
    spare = list(Organisation.objects.filter(kind=Kind.CENTRE, applications=None).order_by("-path")[:many])
    answers, pieces = list(original.answers.all()), list(original.evidence.all())
    made = []
    for at, centre in enumerate(spare):
        one = copy.copy(original)
        one.pk, one.number, one.centre = None, f"A-E{at:05}", centre
        one._state = copy.copy(original._state)
        made.append(one)
    with transaction.atomic():
        Application.objects.bulk_create(made, batch_size=500)
        copies: dict[type, list[object]] = {Answer: [], Evidence: []}
        for one in made:
            for part in (*answers, *pieces):
                other = copy.copy(part)
                other.pk, other.application = None, one
                other._state = copy.copy(part._state)
                if isinstance(other, Evidence):
                    other.uuid = uuid4()
                copies[type(part)].append(other)
        for model, rows in copies.items():
            model.objects.bulk_create(rows, batch_size=500)
    return [one.number for one in made]


def heads(numbers: list[str]) -> dict[str, str]:
    """A head for each centre, signed in; number → cookie."""
    found = list(Application.objects.filter(number__in=numbers).select_related("centre").order_by("number"))
    users = [User(email=f"{one.number.lower()}@bench.invalid", name_th=f"หัวหน้า {one.number}") for one in found]
    for user in users:
        user.set_unusable_password()
    with transaction.atomic():
        User.objects.bulk_create(users, batch_size=500)
        users = list(User.objects.filter(email__endswith="@bench.invalid").order_by("email"))
        Membership.objects.bulk_create(
            [
                Membership(user=user, organisation=one.centre, role=Role.HEAD, subtree=True, starts_on=clock.today(), vouched_by="bench")
                for user, one in zip(users, found, strict=True)
            ],
            batch_size=500,
        )  # fmt: skip
        return {one.number: world.cookie(people.actor_for(user)) for user, one in zip(users, found, strict=True)}


def storm(plan: Path, minutes: float, people: int) -> None:
    port = measure.free_port()
    environment = {**os.environ, "PORT": str(port), "LAST_EVENING": str(plan)}
    saduak = [sys.executable, "-m", "saduak.config.console"]
    serving = subprocess.Popen([*saduak, "serve", "--port", str(port), "--workers", "2"], env=environment, cwd=ROOT)
    working = subprocess.Popen([*saduak, "worker"], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        measure.wait_for(port)
        subprocess.run(
            [
                sys.executable, "-m", "locust", "-f", str(Path(__file__).with_name("last_evening_people.py")), "--headless",
                "--host", f"http://127.0.0.1:{port}", "--run-time", f"{int(minutes * 60)}s", "--users", str(people), "--spawn-rate", "50",
                "--stop-timeout", "30", "--only-summary", "--loglevel", "WARNING", "--exit-code-on-error", "0",
            ],
            env=environment, cwd=ROOT, check=False, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    finally:
        for process in (serving, working):
            process.terminate()
        for process in (serving, working):
            process.wait(timeout=30)


def report(found: dict[str, object], minutes: float) -> int:
    """Print what was measured and what was lost; 1 when anything was."""
    print(f"Machine: {measure.machine()}; database {connection.vendor}; two server processes, a worker and the load itself; {minutes:g} minutes.\n")  # fmt: skip
    print("| request | many | a second | failed | p50 ms | p95 ms | p99 ms | longest ms |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for row in found["rows"]:
        print(f"| {row['name']} | {row['requests']} | {row['a second']:.1f} | {row['failures']} | {row['p50']:.0f} | {row['p95']:.0f} | {row['p99']:.0f} | {row['longest']:.0f} |")  # fmt: skip
    lost = [
        f"{number} {item}"
        for number, texts in found["promised"].items()
        for item, text in texts.items()
        if not Answer.objects.filter(application__number=number, item=item, justification=text).exists()
    ]
    handed_in = found["handed_in"]
    once = [n for n in handed_in if Submission.objects.filter(application__number=n).count() == 1]
    receipts = list(Submission.objects.values_list("receipt_number", flat=True))
    saved = sum(len(texts) for texts in found["promised"].values())
    print(f"\nLost: {len(lost)} of {saved} last texts that a page was told are saved. Handed in: {len(handed_in)}, "
          f"{len(handed_in) - len(once)} of them not exactly once; {len(receipts) - len(set(receipts))} receipt numbers double.")  # fmt: skip
    for line in found["complaints"]:
        print("  ", line)
    return int(bool(lost or len(once) != len(handed_in) or len(receipts) != len(set(receipts))))


if __name__ == "__main__":
    sys.exit(main())
