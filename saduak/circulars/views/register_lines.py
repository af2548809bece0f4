"""One line of a register: what was done, cancelled, passed on to a division."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saduak.circulars import commands, policy, receiving_stamp
from saduak.circulars.forms.registers import CancelNumber, CorrectLine, NoteLine, PassInside
from saduak.circulars.models import Direction, RegisterEntry
from saduak.circulars.queries import registers
from saduak.circulars.queries.registers import Book, Place
from saduak.circulars.views.drafts import pdf
from saduak.circulars.views.registers import listed, readable
from saduak.files import serving
from saduak.kernel.refusals import NotComplete, NotPossible


@require_safe
def line(request: HttpRequest, office: str, book: str, year: int, number: int) -> HttpResponse:
    return _page(request, Place(office, book, year, number))


@require_POST
def cancel_number(request: HttpRequest, office: str, book: str, year: int, number: int) -> HttpResponse:
    form, place = CancelNumber(request.POST), Place(office, book, year, number)
    return _done(request, place, form, commands.cancel_number, _("The number is cancelled."))


@require_POST
def correct_line(request: HttpRequest, office: str, book: str, year: int, number: int) -> HttpResponse:
    place = Place(office, book, year, number)
    form = CorrectLine(_book(_line(request, place)), request.POST)

    def correct(place: Place, *, by: Any, letter_on: Any, why: str, **texts: str) -> RegisterEntry:
        return commands.correct_line(place, by=by, texts=texts, letter_on=letter_on, reason=why)

    return _done(request, place, form, correct, _("The line is corrected; what stood there stays readable."))


@require_POST
def note_line(request: HttpRequest, office: str, book: str, year: int, number: int) -> HttpResponse:
    form, place = NoteLine(request.POST), Place(office, book, year, number)
    return _done(request, place, form, commands.note_line, _("Written into the register."))


@require_POST
def pass_inside(request: HttpRequest, office: str, book: str, year: int, number: int) -> HttpResponse:
    place = Place(office, book, year, number)
    form = PassInside(listed(registers.divisions(_line(request, place).organisation)), request.POST)

    def give(place: Place, *, by: Any, division: str) -> RegisterEntry:
        return commands.pass_inside(place, by=by, division_code=division)

    return _done(request, place, form, give, _("Passed on to the division."))


@require_safe
def scan(request: HttpRequest, office: str, book: str, year: int, number: int) -> FileResponse:
    entry = _line(request, Place(office, book, year, number))
    kept = receiving_stamp.scan_of(entry)
    if kept is None:
        raise Http404
    return serving.attachment(kept)


@require_safe
def stamped(request: HttpRequest, office: str, book: str, year: int, number: int) -> HttpResponse:
    """The letter with the receiving stamp of the office, or of the division, on its first page."""
    entry = _line(request, Place(office, book, year, number))
    if entry.direction != Direction.INCOMING:
        raise Http404
    return pdf(receiving_stamp.of_line(entry), f"{office}-{book}-{year}-{number}.pdf")


def _done(request: HttpRequest, place: Place, form: forms.Form, command: Any, said: str) -> HttpResponse:
    """Do it and show the line again; what is missing is said on the same page, with all that was typed."""
    _line(request, place)
    status = 422
    if form.is_valid():
        try:
            command(place, by=request.actor, **form.cleaned_data)
        except (NotComplete, NotPossible) as refusal:
            wrong = {item.where.removeprefix("#id_"): item.label for item in refusal.items}
            wrong = wrong or {"why" if refusal.field == "reason" and "why" in form.fields else refusal.field: refusal}
            if not set(wrong) <= set(form.fields):
                raise
            for field, words in wrong.items():
                form.add_error(field, str(words))
            status = refusal.status
        else:
            messages.success(request, said)
            return redirect("circulars:register_line", *place)
    return _page(request, place, wrong=form, status=status)


def _page(request: HttpRequest, place: Place, wrong: forms.Form | None = None, status: int = 200) -> HttpResponse:
    entry, actor = _line(request, place), request.actor
    inside = list(RegisterEntry.objects.filter(parent=entry).select_related("division").order_by("at", "pk"))
    have = {one.division.code for one in inside if one.division and one.cancelled_at is None}
    divisions = [one for one in listed(registers.divisions(entry.organisation)) if one[0] not in have]
    may_cancel = policy.may_cancel_number(actor, entry, any(one.cancelled_at is None for one in inside))
    may_keep = policy.may_keep_registers(actor, entry.organisation)
    note = {"action": entry.action, "remark": entry.remark}
    context: dict[str, Any] = {
        "entry": entry, "inside": inside, "place": place, "may_keep": may_keep, "may_cancel": may_cancel,
        "incoming": entry.direction == "IN", "wrong": wrong, "done": registers.done([entry])[entry.pk],
        "kept": receiving_stamp.scan_of(entry), "can_be_stamped": receiving_stamp.can_be_stamped(entry),
        "correct_form": _correction(entry, wrong) if policy.may_correct_line(actor, entry) else None,
        "cancel_form": wrong if isinstance(wrong, CancelNumber) else CancelNumber(),
        "note_form": (wrong if isinstance(wrong, NoteLine) else NoteLine(initial=note))
        if policy.may_note_line(actor, entry) else None,
        "pass_form": (wrong if isinstance(wrong, PassInside) else PassInside(divisions))
        if divisions and policy.may_pass_inside(actor, entry) else None,
        "back": f"{reverse('circulars:registers')}?office={entry.organisation.code}&direction={entry.direction}&year={entry.year}"
        + (f"&division={entry.division.code}" if entry.division else ""),
    }  # fmt: skip
    return render(request, "circulars/register_line.html", context, status=status)


def _line(request: HttpRequest, place: Place) -> RegisterEntry:
    return readable(request, registers.line, place)


def _correction(entry: RegisterEntry, wrong: forms.Form | None) -> forms.Form:
    if isinstance(wrong, CorrectLine):
        return wrong
    return CorrectLine(_book(entry), initial={name: getattr(entry, name) for name in commands.CORRECTED})


def _book(entry: RegisterEntry) -> Book:
    return Book(entry.organisation, entry.direction, entry.division)
