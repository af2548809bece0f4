"""`saduak exchange`: addresses in the exchange of letters, and its work done by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from saduak.circulars import commands, jobs
from saduak.circulars.models import ExchangeAddress, ExchangeMessage
from saduak.circulars.queries import exchange as queries
from saduak.kernel.clock import BANGKOK
from saduak.kernel.refusals import Refusal
from saduak.people.actor import system
from saduak.web.refusals import sentence


class Command(BaseCommand):
    help = "Exchange letters with other systems (docs/exchange.md): list, set, stop, run, retry."

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="what", required=True)
        parts.add_parser("list", help="addresses, and what waits or failed")
        given = parts.add_parser("set", help="give an office an address, or another one")
        given.add_argument("office", help="code of the office in our tree, such as TH-54")
        given.add_argument("--side", choices=["ours", "theirs"], required=True, help="who uses this Saduak: we empty its box; or another system: letters to it leave through the exchange")  # fmt: skip
        given.add_argument("--carrier", choices=["folder", "soap"], required=True)
        given.add_argument("--place", required=True, help="the folder that all offices share, or the gateway's address")
        given.add_argument("--department", required=True, help="the office's code in the exchange")
        given.add_argument("--ministry", default="", help="its ministry's code in the exchange")
        parts.add_parser("stop", help="exchange nothing with an office any more").add_argument("office")
        parts.add_parser("run", help="empty our boxes and send what waits, now")
        parts.add_parser("retry", help="send again what was given up")

    def handle(self, *args: Any, **options: Any) -> None:
        with override("en"):
            try:
                getattr(self, f"_{options['what']}")(options)
            except Refusal as refusal:
                raise CommandError(sentence(refusal)) from refusal
            except ExchangeAddress.DoesNotExist:
                raise CommandError(f"{options['office']} has no address in the exchange.") from None

    def _list(self, _options: dict[str, Any]) -> None:
        for one in queries.addresses():
            state = "" if one.active else " (stopped)"
            self.stdout.write(
                f"{one.side:7} {one.organisation.code:14} {one.department:14} {one.carrier:7} {one.place}{state}"
            )
            if one.trouble:
                self.stdout.write(f"        {one.trouble}")
        for state in ("WAITING", "FAILED", "REFUSED"):
            found = ExchangeMessage.objects.filter(state=state)
            self.stdout.write(f"{state.lower()}: {found.count()}")
            for message in found.order_by("-at")[:10]:
                self.stdout.write(
                    f"        {message.at.astimezone(BANGKOK):%Y-%m-%d %H:%M} {message.kind} {message.other} {message.why}"
                )
        lost = queries.without_address().count()
        if lost:
            self.stdout.write(
                f"{lost} letters to partners cannot leave: their senders have no address (saduak exchange set … --side ours)"
            )

    def _set(self, options: dict[str, Any]) -> None:
        made = commands.set_address(
            options["office"],
            by=system("operator"),
            side=options["side"].upper(),
            carrier=options["carrier"].upper(),
            place=options["place"],
            department=options["department"],
            ministry=options["ministry"],
        )
        self.stdout.write(f"{made.organisation.code} is {made.department} in the exchange.")

    def _stop(self, options: dict[str, Any]) -> None:
        commands.stop_address(options["office"], by=system("operator"))
        self.stdout.write("Stopped; what was exchanged stays.")

    def _run(self, _options: dict[str, Any]) -> None:
        for department, counted in jobs.exchange_now().items():
            self.stdout.write(f"{department}: " + ", ".join(f"{many} {what}" for what, many in counted.items()))

    def _retry(self, _options: dict[str, Any]) -> None:
        self.stdout.write(f"{commands.retry_failed(by=system('operator'))} messages wait again.")
