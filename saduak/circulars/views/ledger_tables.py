"""The tables of a ledger's first page, row by row. Like the lines of hops they are written here and not by templates,
because the words of a cell are looked up once a page instead of once a row."""

from collections.abc import Iterable
from functools import cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saduak.circulars.queries.ledger import Passing, Prospect, Prospects, Row
from saduak.web.components import dates
from saduak.web.components.marks import tag

CELL = '<td class="figure" data-label="{}">{}</td>'


def levels(rows: Iterable[Row]) -> SafeString:
    """How far the letter has come, one row for each level."""
    heads = [
        _("Are to have it"), _("Have it"), _("Received"), _("Acknowledged"), _("Passed on"), _("Silent"),
        _("Days to pass on (median)"), _("Usual days"),
    ]  # fmt: skip
    assumed = " " + _("(assumed)")
    written = []
    for row in rows:
        counts = (row.expected, row.addressed, row.received, row.acknowledged, row.forwarded, row.silent)
        days = "–" if row.days is None else dates.number(row.days, 1)
        usual = dates.number(row.pace.days, 1) + ("" if row.pace.observed else assumed)
        cells = (*map(dates.number, counts), days, usual)
        written.append(f'<tr><th scope="row">{escape(row.label)}</th>{_cells(heads, cells)}</tr>')
    return mark_safe("".join(written))  # noqa: S308  words of ours and numbers


def prospects(found: Iterable[Prospects]) -> list[tuple[Prospects, SafeString]]:
    """Each action with the rows of its table, one for each level."""
    writer = _Prospects()
    return [(one, mark_safe("".join(map(writer.row, one.levels)))) for one in found]  # noqa: S308  words of ours and numbers


def _cells(heads: Iterable[str], cells: Iterable[str]) -> str:
    return "".join([CELL.format(head, cell) for head, cell in zip(heads, cells, strict=True)])


class _Prospects:
    def __init__(self) -> None:
        self.heads = [_("Had it in time"), _("Had it too late"), _("Without it")]
        self.meaning = _("What that means")
        self.not_asked = _("(not asked)")
        self.tag = cache(tag)
        self.day = cache(dates.thai_date)

    def row(self, one: Prospect) -> str:
        label = escape(one.level.label)
        head = label if one.asked else f'{label} <span class="muted small">{self.not_asked}</span>'
        cells = _cells(self.heads, map(dates.number, (one.in_time, one.late, one.without)))
        return (
            f'<tr{"" if one.asked else " class=not-asked"}><th scope="row">{head}</th>{cells}'
            f'<td data-label="{self.meaning}"><div>{self._verdict(one)}{"".join(self._why(one))}</div></td></tr>'
        )

    def _verdict(self, one: Prospect) -> SafeString:
        if one.nobody:
            return self.tag(_("too late for all"), "bad")
        if one.too_late:
            return self.tag(_("too late for some"), "waiting")
        if one.without:
            return self.tag(_("still possible"), "active")
        return self.tag(_("in time"), "good") if one.in_time else self.tag(_("has it"), "neutral")

    def _why(self, one: Prospect) -> list[str]:
        if one.since is None:
            return [f'<p class="small">{self._turn(turn)}</p>' for turn in one.passing]
        if one.from_start:
            return [f'<p class="small">{_("It could not be met from the moment the letter left.")}</p>']
        return [f'<p class="small">{_("Certain since")} {dates.thai_moment(one.since, "short")}</p>']

    def _turn(self, turn: Passing) -> str:
        if turn.missed:
            text = ngettext(
                "%(level)s: %(many)s office holds it, and the last day that was early enough was %(day)s.",
                "%(level)s: %(many)s offices hold it, and the last day that was early enough was %(day)s.",
                turn.holding,
            )
        else:
            text = ngettext(
                "%(level)s: %(many)s office holds it and has until %(day)s to pass it on.",
                "%(level)s: %(many)s offices hold it and have until %(day)s to pass it on.",
                turn.holding,
            )
        return text % {
            "level": escape(turn.level.label), "many": turn.holding, "day": self.day(turn.until, "short")
        }  # fmt: skip
