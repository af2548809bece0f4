"""The lines of a ledger, written in one go: a template for each of fifty lines takes longer than all else on the page.

Neighbours have much in common: the letter, the moment, the state. What is the same is worded once a page.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from html import escape

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saduak.circulars.queries.ledger import Hop, Named
from saduak.circulars.workflow import DELIVERY
from saduak.web.components import dates
from saduak.web.components.marks import icon, status, tag


def written(lines: Iterable[Hop], root_code: str, moment_query: str) -> SafeString:
    """The items of a list of hops, each with a way to those below it. moment_query: `at=…` to hand on, or empty."""
    writer = Writer(root_code, moment_query)
    return mark_safe("".join([f'<li class="hop">{writer.line(one)}{writer.below(one)}</li>' for one in lines]))  # noqa: S308


def line(one: Hop, root_code: str, moment_query: str) -> SafeString:
    """One hop by itself, without what is below it."""
    return mark_safe(Writer(root_code, moment_query).line(one))  # noqa: S308  the writer escapes what it is given


class Writer:
    """Writes hops of one page. Whatever comes from the database passes through `escape`."""

    def __init__(self, root_code: str, moment_query: str) -> None:
        query = f"?{moment_query}&hop=" if moment_query else "?hop="
        self.branch = escape(reverse("circulars:branch", args=[root_code]) + query)
        self.hop = reverse("circulars:hop", args=["CODE"])
        self.circular = reverse("circulars:circular", args=["CODE"])
        self.moment = cache(_moment)
        self.state = cache(_state)
        self.origin = cache(self._origin)
        self.held, self.passed, self.sent, self.waiting = cache(_held), cache(_passed), cache(_sent), cache(_waiting)
        self.received_no, self.given, self.passed_as = _("Received no."), _("Given to"), _("Passed on as")
        self.date_passed, self.action, self.show = _("Date had passed"), _("action"), _("Show them")

    def line(self, one: Hop) -> str:
        """Office, letter, state, and what happened to it there."""
        return (
            f'<div class="hop-line"><div class="hop-who"><a href="{self.hop.replace("CODE", one.code)}">'
            f'{escape(one.office.name)}</a><br>{self.origin(one.sender, one.number, one.sent_at)}</div>'
            f'<div class="hop-state">{self.state(one.state.code, one.child is not None, bool(one.late))}</div>'
            f'<div class="hop-facts small">{"".join(self._facts(one))}</div></div>'
        )  # fmt: skip

    def _origin(self, sender: Named, number: str, sent_at: datetime) -> str:
        return (
            f'<span class="muted small">{escape(sender.name)} · <span class="code-number">{escape(number)}</span> · '
            f"{self.moment(sent_at)}</span>"
        )

    def _facts(self, one: Hop) -> list[str]:
        found = []
        if one.received_at:
            number = f"{self.received_no} {one.received_number}/{one.received_year} · "
            stamp = number if one.received_number else ""
            found.append(f"<span>{stamp}{self.moment(one.received_at)} · {escape(one.received_by)}</span>")
        if one.assigned_to:
            found.append(f"<span>{self.given} {escape(one.assigned_to)}</span>")
        if one.child:
            address = self.circular.replace("CODE", one.child.code)
            found.append(
                f'<span>{self.passed_as} <a class="code-number" href="{address}">{escape(one.child.number)}</a>'
                f" · {self.moment(one.child.issued_at)} · {escape(one.child.issued_by)}</span>"
            )
        if one.held:
            words = self.held(one.days)
            found.append(f"<span>{words}</span>")
        elif one.child:
            words = self.passed(one.days)
            found.append(f"<span>{words}</span>")
        if one.late:
            numbers = ", ".join(str(number) for number in one.late)
            found.append(f"<span>{self.date_passed}: {self.action} {numbers}</span>")
        return found

    def below(self, one: Hop) -> str:
        """The way to the offices below: opened in its place, or a link where nobody there has the letter yet."""
        address = self.branch + one.code
        if one.below:
            if one.below < one.expected:
                numbers = {"many": dates.number(one.below), "all": dates.number(one.expected)}
                words = _("to %(many)s of %(all)s offices below") % numbers
            else:
                words = self.sent(one.below)
            return (
                f'<details class="hop-below"><summary>{icon("chevron-right")}<span>{words}</span></summary>'
                f'<div class="hop-children" hx-get="{address}" hx-trigger="toggle from:closest details once" '
                f'hx-swap="innerHTML"><p><a href="{address}">{self.show}</a></p></div></details>'
            )
        if one.waiting:
            words = self.waiting(one.waiting)
            return f'<p class="hop-waits small"><a href="{address}">{words}</a></p>'
        return ""


def _moment(at: datetime) -> str:
    return str(dates.moment(at, "short"))


def _state(code: str, passed: bool, late: bool) -> str:
    shown = tag(_("passed on"), "good") if passed else status(DELIVERY.states[code])
    return format_html("{} {}", shown, tag(_("too late"), "bad")) if late else str(shown)


def _held(days: int) -> str:
    return ngettext("here for %(many)s working day", "here for %(many)s working days", days) % {"many": days}


def _passed(days: int) -> str:
    words = ngettext("passed on after %(many)s working day", "passed on after %(many)s working days", days)
    return words % {"many": days}


def _sent(many: int) -> str:
    return ngettext("to %(many)s office below", "to %(many)s offices below", many) % {"many": dates.number(many)}


def _waiting(many: int) -> str:
    words = ngettext("%(many)s office below waits for it", "%(many)s offices below wait for it", many)
    return words % {"many": dates.number(many)}
