"""Going through a reading: the bundle with its findings, one letter beside its source, splitting and joining."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.circulars import commands, policy
from saduak.circulars.forms.reviewing import Cut, Findings, LetterReview
from saduak.circulars.models import Reading
from saduak.circulars.queries import (
    boxes,
    reading_bodies,
    reading_pages,
    reading_progress,
    reading_source,
    readings,
)
from saduak.files import serving
from saduak.kernel.refusals import Refusal
from saduak.rounds import policy as round_policy
from saduak.rounds.models import ActionKind, Round


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, code: str) -> HttpResponse:
    """The bundle: its letters and all its findings; here it is confirmed."""
    reading = _reading(request, code)
    if not reading.letters:
        return _not_read(request, reading)
    found = readings.findings(reading)
    form, refusal = Findings(reading, found, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            commands.correct(code, {}, by=request.actor, seen=form.seen(), cuts=form.cleaned_data["cuts"])
            if "confirm" in request.POST:
                commands.confirm(code, by=request.actor)
        except Refusal as caught:
            refusal = caught
        else:
            sentence = _("The reading is confirmed.") if "confirm" in request.POST else _("Your corrections are kept.")
            messages.success(request, sentence)
            return redirect("circulars:reading", code)
    context = _frame(request, reading, found) | {
        "form": form,
        "refusal": refusal,
        "findings": _findings(form, found),
        "may_open_round": round_policy.may_open_round(request.actor),
        "rounds": Round.objects.filter(source__reading=reading.code),
        "refused": reading_progress.refused(reading),
        "ordered": reading.files.count() > 1,
    }
    return render(request, "circulars/review.html", context, status=_status(form, refusal))


def _not_read(request: HttpRequest, reading: Reading) -> HttpResponse:
    """The page of a reading that waits, is under way, or came to nothing."""
    context = reading_progress.shown(reading) | {"may_discard": policy.may_discard(request.actor, reading)}
    return render(request, "circulars/reading_progress.html", context)


@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One letter: its source, its fields, the offices and actions in it, and the findings that concern it."""
    reading = _reading(request, code)
    place = _place(reading, number)
    everything = readings.findings(reading)
    found = [one for one in everything if number in one.letters]
    fields, named = readings.fields(reading, place), reading_bodies.named(reading, place)
    form, refusal = LetterReview(reading, place, fields, found, named, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        corrections = form.corrections()
        undone = request.POST.get("undo", "")
        if undone in corrections:
            corrections[undone] = readings.text_of(reading.letters[place], undone)
        try:
            commands.correct(
                code,
                {place: corrections},
                by=request.actor,
                places={place: form.places()},
                seen=form.seen(),
                bodies={place: form.bodies()},
                asked={place: form.asked()},
                checked=place if "next" in request.POST else None,
                cuts=form.cleaned_data["cuts"],
            )
        except Refusal as caught:
            refusal = caught
        else:
            return _after(request, reading, number, undone)
    context = (
        _frame(request, reading, everything)
        | {
            "form": form,
            "refusal": refusal,
            "findings": _findings(form, found),
            "number": number,
            "title": readings.titles(reading)[place],
            "pages": (pages := reading_source.pages(reading, place, fields, found)),
            "pictures": any(one.picture for one in pages),
            "several": len({one.file for one in pages}) > 1 or reading.files.count() > 1,
            "both": any(one.picture and (one.recognised or one.unread) for one in pages),
            "offices": [{"office": one, "bound": form[f"{place}-body-{one.key}"]} for one in named],
            "actions": [
                {
                    "action": one,
                    "kind": ActionKind(one.kind).label if one.kind else _("no action"),
                    "parts": {name: form[f"{place}-ask-{nth}-{name}"] for name in ("kind", "opens", "due", "to")},
                }
                for nth, one in enumerate(form.actions)
            ],
            "last": number == len(reading.letters),
        }
        | _rows(form, place, fields)
    )
    return render(request, "circulars/review_letter.html", context, status=_status(form, refusal))


def _after(request: HttpRequest, reading: Reading, number: int, undone: str) -> HttpResponse:
    """On to the next letter, or back where the person was."""
    if "next" not in request.POST:
        messages.success(request, _("The correction was taken back.") if undone else _("Your corrections are kept."))
        return redirect("circulars:reading_letter", reading.code, number)
    if number < len(reading.letters):
        messages.success(request, _("Letter %(number)s is kept. This is the next one.") % {"number": number})
        return redirect("circulars:reading_letter", reading.code, number + 1)
    messages.success(request, _("The last letter is kept. Look at the findings and confirm the reading."))
    return redirect("circulars:reading", reading.code)


@require_safe
def page(request: HttpRequest, code: str, number: int) -> FileResponse:
    """The picture of a page of the bundle, drawn by us: nothing of the file itself reaches the browser."""
    where = reading_pages.in_files(_reading(request, code)).get(number)
    if where is None or where.file.stored is None or not where.picture:
        raise Http404
    return serving.page(where.file.stored, where.number)


@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Choose the line at which a second letter begins."""
    reading = _reading(request, code)
    policy.may_correct(request.actor, reading).require()
    place, refusal = _place(reading, number), None
    if request.method == "POST":
        at = request.POST.get("at", "")
        try:
            commands.split(code, place, int(at) if at.isdecimal() else -1, by=request.actor, cuts=_cuts(request))
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, _("The letter was split. Both parts were read again."))
            return redirect("circulars:reading_letter", code, number + 1)
    wanted = request.GET.get("at", "")
    context = {
        "reading": reading,
        "number": number,
        "lines": reading_source.lines(reading, place),
        "chosen": int(wanted) if wanted.isdecimal() else None,
        "refusal": refusal,
    }
    return render(request, "circulars/split_letter.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str, number: int) -> HttpResponse:
    reading = _reading(request, code)
    policy.may_correct(request.actor, reading).require()
    place = _place(reading, number)
    if request.method == "POST":
        commands.join(code, place, by=request.actor, cuts=_cuts(request))
        messages.success(request, _("The letters were joined and read again as one."))
        return redirect("circulars:reading_letter", code, number)
    context = {
        "question": _("Join letters %(first)s and %(second)s into one?") % {"first": number, "second": number + 1},
        "consequences": [
            _("They are read again as one letter. Corrections made to these two are dropped; the journal keeps them."),
            _("The other letters stay as they are."),
        ],
        "confirm_label": _("Join"),
        "cancel_url": reverse("circulars:reading_letter", args=[code, number]),
    }
    return _confirm_cut(request, reading, context)


@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest, code: str) -> HttpResponse:
    reading = _reading(request, code)
    policy.may_correct(request.actor, reading).require()
    if request.method == "POST":
        commands.restore(code, by=request.actor, cuts=_cuts(request))
        messages.success(request, _("The letters stand again as they were read first."))
        return redirect("circulars:reading", code)
    context = {
        "question": _("Take back every splitting and joining by hand?"),
        "consequences": [_("What you corrected in letters that were not split or joined stays.")],
        "confirm_label": _("Back to the letters as read"),
        "cancel_url": reverse("circulars:reading", args=[code]),
    }
    return _confirm_cut(request, reading, context)


def _confirm_cut(request: HttpRequest, reading: Reading, context: dict[str, Any]) -> HttpResponse:
    return render(request, "web/confirm.html", context | {"form": Cut(initial={"cuts": reading.cuts})})


def _status(form: Findings, refusal: Refusal | None) -> int:
    return refusal.status if refusal else 422 if form.errors else 200


def _cuts(request: HttpRequest) -> int:
    given = request.POST.get("cuts", "")
    return int(given) if given.isdecimal() else -1


def _findings(form: Findings, found: list[readings.ReadFinding]) -> list[dict[str, Any]]:
    return [{"finding": one, "seen": form[f"seen-{one.place}"], "note": form[f"note-{one.place}"]} for one in found]


def _rows(form: LetterReview, place: int, fields: list[readings.ReadField]) -> dict[str, Any]:
    rows = [
        {
            "field": one,
            "bound": form[f"{place}-{one.name}"],
            "taken": form[f"{place}-{one.name}@"],
            "lit": {"data-span-of": one.span_ids, "data-takes": f"{place}-{one.name}@", "data-page": one.page or 1},
            "first": one.span_ids.split(" ")[0],
        }
        for one in fields
    ]
    filled = [bool(row["field"].read or row["field"].value) for row in rows]
    return {
        "given": [row for row, full in zip(rows, filled, strict=True) if full],
        "absent": [row for row, full in zip(rows, filled, strict=True) if not full],
    }


def _frame(request: HttpRequest, reading: Reading, found: list[readings.ReadFinding]) -> dict[str, Any]:
    """What both pages show: the list of letters with what is open in each."""
    letters = [
        {
            "number": title["place"] + 1,
            "title": title,
            "kind": readings.KINDS.get(title["kind"], ""),
            "unseen": sum(title["place"] + 1 in one.letters and not one.seen for one in found),
            "checked": reading.checked.get(str(title["place"])),
        }
        for title in readings.titles(reading)
    ]
    return {
        "reading": reading,
        "letters": letters,
        "unseen": sum(not one.seen for one in found),
        "may_correct": policy.may_correct(request.actor, reading),
    }


def _place(reading: Reading, number: int) -> int:
    if not 1 <= number <= len(reading.letters):
        raise Http404
    return number - 1


def _reading(request: HttpRequest, code: str) -> Reading:
    try:
        return boxes.reading(code, request.actor)
    except Reading.DoesNotExist:
        raise Http404 from None
