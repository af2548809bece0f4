"""The dry run: what each line would do to what stands now. Reads only."""

from typing import Any

from saduak.people.actor import Actor
from saduak.people.importing import centres, organisations, people
from saduak.people.importing.lines import Line
from saduak.people.models import Import

_CHECKS = {
    Import.Kind.ORGANISATIONS: organisations.check,
    Import.Kind.CENTRES: centres.check,
    Import.Kind.PEOPLE: people.check,
}


def check(kind: str, rows: list[dict[str, Any]], *, by: Actor) -> list[Line]:
    """One Line for each row {"number", "cells"}: what would be written for whom, or why it cannot be."""
    lines = [Line(row["number"], dict(row["cells"])) for row in rows]
    _CHECKS[Import.Kind(kind)](lines, by=by)
    return lines
