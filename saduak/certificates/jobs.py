"""Issuing a whole round is work for the worker: the officer presses once and watches."""

from django.db import transaction
from django_tasks import task

from saduak.certificates import commands
from saduak.certificates.models import Issuing
from saduak.people.actor import Actor


@task()
def carry_on(issuing: int) -> int:
    """Issue what the round still lacks; returns how many came out."""
    return commands.carry_on(issuing)


@transaction.atomic
def issue_round(code: str, *, by: Actor) -> Issuing:
    """Take the order and hand it to the worker, in one transaction. Raises as commands.issue_round does."""
    issuing = commands.issue_round(code, by=by)
    carry_on.enqueue(issuing.pk)
    return issuing
