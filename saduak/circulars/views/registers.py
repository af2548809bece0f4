"""Registers of incoming and outgoing letters, on screen and on paper."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saduak.circulars import policy, printing, tables
from saduak.circulars.forms.letters import Search
from saduak.circulars.models import Direction
from saduak.circulars.queries import boxes
from saduak.circulars.views.drafts import pdf
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.people.models import Organisation
from saduak.thai.dates import buddhist_year

PER_PAGE = 50
MOST_PRINTED = 3000


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    policy.may_see_registers(request.actor).require()
    office = _office(request, request.GET.get("office", ""))
    direction = request.GET.get("direction", "")
    if direction not in Direction.values:
        direction = Direction.INCOMING
    this_year = buddhist_year(clock.today())
    years = sorted({this_year, *boxes.register_years(office)}, reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else this_year
    form = Search(request.GET or None)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    page = Paginator(boxes.register(office, direction, year, q), PER_PAGE).get_page(request.GET.get("page"))
    tabs = [
        {"key": key, "label": label, "url": f"?office={office.code}&direction={key}&year={year}"}
        for key, label in (("IN", _("Incoming")), ("OUT", _("Outgoing")))
    ]
    context = {
        "office": office, "direction": direction, "year": year, "years": years, "page": page, "form": form, "q": q,
        "tabs": tabs,
    }  # fmt: skip
    return render(request, "circulars/register.html", context)


@require_safe
def as_csv(request: HttpRequest, office: str, direction: str, year: int) -> StreamingHttpResponse:
    found = _office(request, office)
    rows = boxes.register(found, _direction(direction), year)
    header = ["number", "year", "registered_at", "letter_number", "letter_date", "from", "to", "subject", "by"]
    body = (
        [one.number, one.year, one.at.astimezone(BANGKOK).strftime("%Y-%m-%d %H:%M"), one.letter_number, one.letter_on,
         one.from_name, one.to_name, one.subject, one.by_name]
        for one in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    return tables.csv(f"register-{found.code}-{direction}-{year}.csv", _with_header(header, body))


@require_safe
def as_pdf(request: HttpRequest, office: str, direction: str, year: int) -> HttpResponse:
    found = _office(request, office)
    entries = boxes.register(found, _direction(direction), year)[:MOST_PRINTED]
    content = printing.register(found, direction, year, entries)
    return pdf(content, f"register-{found.code}-{direction}-{year}.pdf")


def _with_header(header, body):  # type: ignore[no-untyped-def]
    yield header
    yield from body


def _direction(direction: str) -> str:
    if direction not in Direction.values:
        raise Http404
    return direction


def _office(request: HttpRequest, code: str) -> Organisation:
    policy.may_see_registers(request.actor).require()
    found = boxes.registers_of(request.actor)
    office = found.filter(code=code).first() if code else found.filter(pk=request.actor.organisation_id).first()
    if office is None:
        raise Http404
    return office
