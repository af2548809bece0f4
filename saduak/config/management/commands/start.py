"""`saduak start`: everything at once, for a demonstration or a first look: set-up, worker, server."""

import io
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from saduak.config.management.commands.serve import granian
from saduak.people.models import Organisation
from saduak.people.sign_in import DEMO_PASSWORD, demo_people


class Command(BaseCommand):
    help = "Prepare the instance if it is new, then run server and worker until Ctrl-C. A second start keeps the data."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stage", default="assessing", help="how far the demonstration's round has come, on a first start"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if port_in_use(settings.PORT):
            raise CommandError(f"Port {settings.PORT} is in use. Choose another: make run PORT={settings.PORT + 10}")
        call_command("compile_texts", stdout=io.StringIO())
        call_command("migrate", verbosity=0)
        if settings.DEMO and not Organisation.objects.exists():
            self.stdout.write("Making the demonstration world …")
            call_command("demo", stage=options["stage"], stdout=self.stdout)
        # Each in a session of its own: a Ctrl-C at the keyboard reaches this process only, which then ends them in order.
        commands = [granian("127.0.0.1", settings.PORT, 2), [sys.executable, "-m", "saduak.config.console", "worker"]]
        signal.signal(signal.SIGTERM, _interrupt)
        signal.signal(signal.SIGINT, _interrupt)
        children = [subprocess.Popen(command, start_new_session=True) for command in commands]
        try:
            self._say_hello()
            while all(child.poll() is None for child in children):
                time.sleep(0.5)
        except KeyboardInterrupt:
            pass
        finally:
            for child in children:
                _end(child)
            self.stdout.write("\nSaduak has stopped; the data stays in " + str(settings.DATA))

    def _say_hello(self) -> None:
        lines = ["", f"  สะดวก · Saduak  →  {settings.BASE_URL}", ""]
        people = demo_people()
        if people:
            lines += [f"  Sign in as (all invented; password for everyone: {DEMO_PASSWORD})", ""]
            lines += [
                f"    {person['email']:44} {person['role_label']} · {person['organisation']}" for person in people
            ]
            lines += [
                "",
                "  Try first: sign in as the officer and open “Circulars”; README.md walks you through a whole round.",
                "  Ctrl-C stops. `make demo-reset` starts over.",
                "",
            ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(timeout=15)
    except subprocess.TimeoutExpired:
        child.kill()


def port_in_use(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
