"""`saduak verify-journal`: proves that no line of the journal was changed, removed or put in between."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saduak.journal import queries


class Command(BaseCommand):
    help = "Recompute the whole chain of the journal. Exit 0: whole. Exit 1: says which line is at fault."

    def handle(self, *args: Any, **options: Any) -> None:
        proof = queries.verify()
        if not proof.whole:
            raise CommandError(f"The journal was tampered with: {proof.fault}.\nบันทึกเหตุการณ์ถูกแก้ไข: {proof.fault}")
        self.stdout.write(
            f"The journal is whole: {proof.lines} lines. / บันทึกเหตุการณ์ครบถ้วน ไม่มีการแก้ไข: {proof.lines} รายการ"
        )
