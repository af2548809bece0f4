"""Reading bundles in, reviewing them, opening a round from one."""

from importlib import resources

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.circulars import commands, jobs, policy
from saduak.circulars.bundles import LONG_TEXT
from saduak.circulars.forms.readings import FileOrder, NewReading, OpenRound
from saduak.circulars.models import Reading
from saduak.circulars.proposals import compared, due_by_letters
from saduak.circulars.queries import boxes, reading_progress, readings
from saduak.circulars.views.boxes import PER_PAGE, tabs_for
from saduak.kernel.refusals import NotComplete, Refusal
from saduak.packs import queries as packs
from saduak.packs.models import Kind, PublishedPack
from saduak.rounds import commands as rounds
from saduak.rounds import policy as round_policy
from saduak.web.refusals import sentence

SAMPLE = resources.files("saduak.saraban") / "samples" / "gecc-2565-bundle.txt"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    policy.may_see_readings(request.actor).require()
    page = Paginator(boxes.reading_list(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"reading": one, "letters": readings.titles(one), "findings": len(one.findings)} for one in page]
    context = {"page": page, "rows": rows, "tabs": tabs_for(request.actor)}
    context["may_read"] = policy.may_read_letters(request.actor)
    return render(request, "circulars/readings.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    policy.may_read_letters(request.actor).require()
    sample = SAMPLE.read_text(encoding="utf-8") if "sample" in request.GET else ""
    form = NewReading(request.POST or None, request.FILES or None, initial={"text": sample})
    refusal = None
    if request.method == "POST" and form.is_valid():
        uploads, text = form.cleaned_data["file"], form.cleaned_data["text"]
        try:
            if uploads or len(text) > LONG_TEXT:
                return redirect("circulars:reading", jobs.hand_in(uploads, by=request.actor, text=text).code)
            reading = commands.read(text, by=request.actor)
        except Refusal as caught:
            refusal = caught
            field = refusal.field if refusal.field in form.fields else None
            for one in [str(item.label) for item in refusal.items] or [sentence(refusal)]:
                form.add_error(field, one)
        else:
            # What was noticed about the file as a whole, such as a page that could not be read, stands on the bundle's page.
            if len(reading.letters) == 1 and all(one["letters"] for one in reading.findings):
                return redirect("circulars:reading_letter", reading.code, 1)
            return redirect("circulars:reading", reading.code)
    status = 422 if refusal else 200
    return render(request, "circulars/new_reading.html", {"form": form, "tabs": tabs_for(request.actor)}, status=status)


@require_safe
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """The part of the page that counts the pages read; when there is no more to count, the page itself is asked for."""
    reading = _reading(request, code)
    response = render(request, "circulars/_reading_progress.html", reading_progress.shown(reading))
    if not reading_progress.under_way(reading):
        response["HX-Refresh"] = "true"
    return response


@require_http_methods(["GET", "POST"])
def order_files(request: HttpRequest, code: str) -> HttpResponse:
    """The files of a bundle, each with its place."""
    reading = _reading(request, code)
    policy.may_order_files(request.actor, reading).require()
    files = list(reading.files.defer("parts").order_by("order"))
    if len(files) < 2:
        raise Http404
    form, status = FileOrder(files, request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = jobs.order_files(code, form.order(), by=request.actor)
            except NotComplete as refusal:
                form.add_error(None, str(refusal))
            else:
                _tell(request, done)
                return redirect("circulars:reading", code)
    context = {"reading": reading, "form": form, "by_hand": reading.state == "READ"}
    return render(request, "circulars/reading_order.html", context, status=status)


def _tell(request: HttpRequest, done: commands.Ordered) -> None:
    messages.success(request, _("The files stand in their new order, and their pages with them."))
    if done.uncut:
        messages.warning(request, _("Letters that were split or joined by hand are as they were read again."))
    if done.lost:
        said = _(
            "What was done by hand to these letters could not be kept, because they are others now: %(letters)s. Go through them again."
        )
        messages.warning(request, said % {"letters": ", ".join(str(one) for one in done.lost)})


@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, code: str) -> HttpResponse:
    reading = _reading(request, code)
    policy.may_discard(request.actor, reading).require()
    if request.method == "POST":
        commands.discard(code, by=request.actor)
        messages.success(request, _("The reading was put away."))
        return redirect("circulars:readings")
    context = {
        "question": _("Discard this reading?"),
        "consequences": [
            _("It can no longer be corrected or confirmed."),
            _("The text and what was read stay readable."),
        ],
        "confirm_label": _("Discard"),
        "cancel_url": reverse("circulars:reading", args=[code]),
        "tone": "danger",
    }
    return render(request, "web/confirm.html", context)


@require_http_methods(["GET", "POST"])
def open_round(request: HttpRequest, code: str) -> HttpResponse:
    round_policy.may_open_round(request.actor).require()
    reading = _reading(request, code)
    choices = packs.latest(Kind.ROUND)
    pack = _pack(request.GET.get("pack", ""), choices, reading)
    form, refusal = OpenRound(pack, request.POST or None, due=due_by_letters(reading)) if pack else None, None
    if request.method == "POST" and form is not None and pack is not None and form.is_valid():
        source = {"reading": reading.code, "letters": [one["number"] for one in readings.titles(reading)]}
        try:
            round = rounds.open_round(
                pack.pack_id,
                by=request.actor,
                windows=form.chosen_windows(),
                actions=form.chosen_actions(),
                source=source,
            )
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, _("The round is open. The next step is its circular."))
            return redirect("rounds:detail", round.code)
    context = {
        "reading": reading,
        "form": form,
        "refusal": refusal,
        "pack": pack,
        "choices": choices,
        "rows": compared(pack, form, reading) if pack and form else None,
    }
    return render(request, "circulars/open_round.html", context, status=refusal.status if refusal else 200)


def _pack(wanted: str, choices: list[PublishedPack], reading: Reading) -> PublishedPack | None:
    """The pack asked for, or the one whose fiscal year, and then whose programme, the letters name most often."""
    for one in choices:
        if one.pack_id == wanted:
            return one
    named = [(reading.text.count(year), one) for one in choices for year in _years(one)]
    text = reading.text.casefold()

    def fitness(pair: tuple[int, PublishedPack]) -> tuple[int, int, bool]:
        years, one = pair
        return years, text.count(str(one.content["programme"])), not one.content.get("practice", False)

    best = max(named, key=fitness, default=None)
    return best[1] if best else None


def _years(pack: PublishedPack) -> list[str]:
    year = str(pack.content["fiscal_year"])
    return [year, year.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))]


def _reading(request: HttpRequest, code: str) -> Reading:
    try:
        return boxes.reading(code, request.actor)
    except Reading.DoesNotExist:
        raise Http404 from None
