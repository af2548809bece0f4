"""`saduak replay-2565`: the circular of the 2565 round as it went in fact, in a demonstration of its own."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from saduak.circulars import commands as circulars
from saduak.config import demo_clock
from saduak.config.demo import replay_2565
from saduak.config.demo.story import BUNDLE, ROUND, Story
from saduak.config.management.commands.demo import empty
from saduak.config.management.commands.start import port_in_use
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.people.models import Organisation
from saduak.rounds import commands as rounds


class Command(BaseCommand):
    help = "Play the chain of letters of the 2565 round with its real dates, and stop the clock at a moment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", default="2022-01-10T17:00", help="play up to this moment (Bangkok time)")
        parser.add_argument("--reset", action="store_true", help="throw away the demonstration that is there")

    def handle(self, *args: Any, at: str, reset: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demonstration: set SADUAK_DEMO=1 to play the chain of 2565.")
        try:
            until = datetime.fromisoformat(at).replace(tzinfo=BANGKOK)
        except ValueError:
            raise CommandError(f"{at!r} is no moment; write it like 2021-12-27T15:37.") from None
        if until < replay_2565.FIRST:
            raise CommandError(
                f"Nothing had happened by {at}: the first letter left on {replay_2565.FIRST:%Y-%m-%dT%H:%M}."
            )
        if reset and port_in_use(settings.PORT):
            raise CommandError(f"Something is running at port {settings.PORT}. Stop it first, then reset.")
        if reset:
            empty()
        call_command("migrate", verbosity=0)
        if Organisation.objects.exists():
            raise CommandError("There is a world already. To start over: saduak replay-2565 --reset.")
        self._play(until)

    def _play(self, until: datetime) -> None:
        story = Story(self.stdout.write)
        self.stdout.write("  the line of command, its people and the packs …")
        story.prepared()
        with clock.at(clock.bangkok(2021, 12, 21, 9, 30)):
            reading = circulars.read(BUNDLE.read_text(encoding="utf-8"), by=story.officer, source_name=BUNDLE.name)
            seen = dict.fromkeys(range(len(reading.result["findings"])), "ตรวจแล้ว")
            circulars.correct(reading.code, {}, by=story.officer, seen=seen)
            circulars.confirm(reading.code, by=story.officer)
            round = rounds.open_round(ROUND, by=story.officer, source={"reading": reading.code})
        root = replay_2565.Replay(round.code, story.officer).play(until, self.stdout.write)
        demo_clock.set_to(settings.DEMO_CLOCK, until)
        self.stdout.write(f"At {until:%Y-%m-%d %H:%M} the ledger says:")
        for line in replay_2565.what_the_ledger_says(root, story.officer, until):
            self.stdout.write(f"  {line}")
        moment = until.strftime("%Y-%m-%dT%H:%M")
        self.stdout.write(f"See it: saduak serve, sign in as the officer, /circulars/{root.code}/ledger/?at={moment}")
        self.stdout.write(f"The map of it: /circulars/{root.code}/map/?action=A1&at={moment}")
