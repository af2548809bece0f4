"""Registers of incoming and outgoing letters, of an office and of its divisions: on screen, on paper, as a workbook."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.circulars import commands, policy, register_paper
from saduak.circulars.forms.registers import ByHand, Narrow, OpenDivision
from saduak.circulars.models import Direction, Division, DivisionMember, RegisterEntry
from saduak.circulars.queries import registers
from saduak.circulars.queries.registers import Book
from saduak.circulars.views.drafts import pdf
from saduak.files import tables
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible, Refusal
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.thai.dates import buddhist_year, format_date

PER_PAGE = 50
# What is printed at once: typesetting takes about three seconds for it.
MOST_PRINTED = 500
MOST_EXPORTED = 20_000
K = TypeVar("K")
T = TypeVar("T")


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    office = office_of(request, request.GET.get("office", ""))
    direction = request.GET.get("direction", "")
    direction = direction if direction in Direction.values else Direction.INCOMING
    whole = registers.offices(request.actor).filter(pk=office.pk).exists()
    readable_ones = registers.divisions(office, closed=True) if whole else registers.divisions_of(request.actor)
    chosen = request.GET.get("division", "")
    if not chosen and not whole and (first := readable_ones.order_by("name_th", "pk").first()):
        chosen = first.code
    book = book_of(request, office, f"{direction}-{chosen}" if chosen else direction)
    this_year = buddhist_year(clock.today())
    years = sorted({this_year, *registers.years(book)}, reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else this_year
    divisions = [(one.code, one.name_th) for one in readable_ones]
    form = Narrow(book, divisions, years, year, {**request.GET.dict(), "division": chosen}, whole=whole)
    form.is_valid()
    page = Paginator(registers.lines(book, year, form.words(), form.days()), PER_PAGE).get_page(request.GET.get("page"))
    done = registers.done(page)
    tabs = [
        {"key": key, "label": label, "url": f"{_of(book)}&direction={key}&year={year}"}
        for key, label in (("IN", _("Incoming")), ("OUT", _("Outgoing")))
    ]
    may_keep = policy.may_keep_registers(request.actor, office)
    context = {
        "office": office, "book": book, "year": year, "page": page, "form": form, "tabs": tabs, "may_keep": may_keep,
        "rows": [(one, done[one.pk]) for one in page], "narrowed": bool(form.words() or form.days()[0] or form.days()[1]),
        "clear": f"{request.path}{_of(book)}&direction={direction}&year={year}", "query": request.GET.urlencode(),
        "whole": whole, "enters": may_keep and (book.division is None or book.division.closed_at is None),
    }  # fmt: skip
    return render(request, "circulars/register.html", context)


@require_safe
def as_xlsx(request: HttpRequest, office: str, book: str, year: int) -> HttpResponse:
    found, rows, narrowed = _exported(request, office, book, year, MOST_EXPORTED)
    name = f"register-{found.office.code}-{found.key}-{year}.xlsx"
    return tables.xlsx(name, register_paper.as_workbook(found, year, rows, narrowed=narrowed))


@require_safe
def as_pdf(request: HttpRequest, office: str, book: str, year: int) -> HttpResponse:
    found, rows, narrowed = _exported(request, office, book, year, MOST_PRINTED)
    content = register_paper.as_pdf(found, year, rows, narrowed=narrowed)
    return pdf(content, f"register-{found.office.code}-{found.key}-{year}.pdf")


def _exported(
    request: HttpRequest, office: str, book: str, year: int, most: int
) -> tuple[Book, QuerySet[RegisterEntry], str]:
    """The lines that the page showed, and by what they were narrowed. Raises NotPossible for more than `most`."""
    found = book_of(request, office_of(request, office), book)
    form = Narrow(found, [], [year], year, {**request.GET.dict(), "year": str(year)})
    form.is_valid()
    rows, days = registers.lines(found, year, form.words(), form.days()), form.days()
    many = rows.count()
    if many > most:
        raise NotPossible(
            _(
                "These are %(many)s lines; at most %(most)s go into one file. Narrow them by days and take them in parts."
            ),
            params={"many": f"{many:,}", "most": f"{most:,}"},
        )
    parts = [form.words()] if form.words() else []
    what = "ลงวันที่" if days.of_letter else "ลงทะเบียน"
    parts += [f"{what}ตั้งแต่ {format_date(days.since, 'short')}"] if days.since else []
    parts += [f"{what}ถึง {format_date(days.until, 'short')}"] if days.until else []
    return found, rows, " ".join(parts)


@require_http_methods(["GET", "POST"])
def enter_letter(request: HttpRequest, office: str, book: str) -> HttpResponse:
    """A letter on paper: into the register of incoming letters, or under a number for one that leaves on paper."""
    found = book_of(request, office_of(request, office), book)
    policy.may_keep_registers(request.actor, found.office).require()
    form, refusal = ByHand(found, request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.enter_letter(
                office, book, by=request.actor, texts=form.texts(), letter_on=form.cleaned_data["letter_on"],
                scan=form.cleaned_data["scan"], circular=form.cleaned_data.get("circular", False),
                again=form.cleaned_data.get("again", False),
            )  # fmt: skip
        except Refusal as caught:
            refusal = caught
            field = {"upload": "scan", "file": "scan"}.get(caught.field or "", caught.field)
            if field in form.fields:
                form.add_error(field, str(caught))
                refusal = None
            for item in caught.items:
                if item.where.removeprefix("#id_") in form.fields:
                    form.add_error(item.where.removeprefix("#id_"), str(item.label))
                    refusal = None
            status = caught.status
        else:
            said = (
                _("Entered under number %(number)s.")
                if found.direction == "IN"
                else _("The letter's number: %(letter)s")
            )
            messages.success(request, said % {"number": str(made), "letter": made.letter_number})
            if "another" in request.POST:
                return redirect("circulars:enter_letter", office, book)
            return redirect("circulars:register_line", office, book, made.year, made.number)
        return _enter_page(request, found, form, refusal, status)
    return _enter_page(request, found, form, None, 422 if form.is_bound else 200)


def _enter_page(request: HttpRequest, book: Book, form: ByHand, refusal: Refusal | None, status: int) -> HttpResponse:
    context = {
        "book": book,
        "form": form,
        "refusal": refusal,
        "asks_again": "again" in form.errors or (form.is_bound and form.data.get("again")),
        "back": f"{reverse('circulars:registers')}{_of(book)}&direction={book.direction}",
    }
    return render(request, "circulars/register_enter.html", context, status=status)


@require_http_methods(["GET", "POST"])
def divisions(request: HttpRequest, office: str) -> HttpResponse:
    """The divisions of an office that count their letters by themselves; open another."""
    found = office_of(request, office)
    policy.may_see_registers(request.actor).require()
    may_keep = policy.may_keep_registers(request.actor, found)
    form, status = OpenDivision(request.POST or None), 200
    if request.method == "POST":
        may_keep.require()
        status = 422
        if form.is_valid():
            try:
                made = commands.open_division(office, by=request.actor, **form.cleaned_data)
            except NotComplete as refusal:
                for field, words in _said(refusal):
                    form.add_error(field, words)
            else:
                messages.success(request, _("%(name)s has registers of its own now.") % {"name": made.name_th})
                return redirect("circulars:divisions", office)
    context = {"office": found, "form": form, "may_keep": may_keep, "found": _with_members(found)}
    context |= {"staff": sorted((ref, one.name_th) for ref, one in registers.staff(found).items()) if may_keep else []}
    return render(request, "circulars/divisions.html", context, status=status)


def _said(refusal: NotComplete) -> list[tuple[str | None, str]]:
    if refusal.items:
        return [(one.where.removeprefix("#id_"), _("Fill this in.")) for one in refusal.items]
    return [(refusal.field, str(refusal))]


def _with_members(office: Organisation) -> list[tuple[Division, list[DivisionMember]]]:
    """The divisions of an office, each with those who work there. Two queries."""
    found = registers.divisions(office, closed=True)
    there = Prefetch("members", DivisionMember.objects.filter(ended_at=None).select_related("person").order_by("pk"))
    return [(one, list(one.members.all())) for one in found.prefetch_related(there)]


@require_POST
def member(request: HttpRequest, office: str, code: str) -> HttpResponse:
    """Somebody begins to work in a division (`join`) or no longer does (`leave`)."""
    found = office_of(request, office)
    try:
        if "leave" in request.POST:
            commands.leave_division(found.code, code, by=request.actor, person_ref=request.POST["leave"])
            messages.success(request, _("This person no longer reads the registers of the division."))
        else:
            commands.join_division(found.code, code, by=request.actor, person_ref=request.POST.get("join", ""))
            messages.success(request, _("This person reads the registers of the division and is told of its letters."))
    except Division.DoesNotExist:
        raise Http404 from None
    return redirect("circulars:divisions", office)


@require_POST
def close_division(request: HttpRequest, office: str, code: str) -> HttpResponse:
    found = office_of(request, office)
    try:
        closed = commands.close_division(found.code, code, by=request.actor)
    except Division.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("The registers of %(name)s are closed.") % {"name": closed.name_th})
    return redirect("circulars:divisions", office)


def office_of(request: HttpRequest, code: str) -> Organisation:
    """The office whose register the actor may read. Raises NotAllowed, Http404."""
    return readable(request, registers.office, code)


def readable(request: HttpRequest, find: Callable[[K, Actor], T], key: K) -> T:
    """What the actor asks for, of an office whose register he may read. Raises NotAllowed, Http404."""
    if not policy.may_see_registers(request.actor):
        policy.may_see_registers(request.actor, registers.divisions_of(request.actor).exists()).require()
    try:
        return find(key, request.actor)
    except ObjectDoesNotExist:
        raise Http404 from None


def book_of(request: HttpRequest, office: Organisation, key: str) -> Book:
    """The register behind a key, if the actor reads it."""
    try:
        found = registers.book(office, key)
    except Division.DoesNotExist:
        raise Http404 from None
    if not registers.may_read(found, request.actor):
        raise Http404
    return found


def _of(book: Book) -> str:
    """The beginning of the query that leads to a register."""
    return f"?office={book.office.code}" + (f"&division={book.division.code}" if book.division else "")


def listed(found: Any) -> list[tuple[str, str]]:
    """Divisions for a choice."""
    return [(one.code, f"{one.name_th} ({one.prefix})") for one in found]
