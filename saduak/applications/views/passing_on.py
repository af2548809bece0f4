"""Check, read, propose, send back, hand in, withdraw."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.applications import commands, handed_in, policy, profile, queries, reading, standing
from saduak.applications.forms import EndorseForm, NoteForm, SendBackForm, WithdrawForm
from saduak.applications.models import Application, Submission
from saduak.applications.views.finding import actor_of, calendar, found, frame, is_own, paper, readable
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.people.roles import Role
from saduak.web import refusals


@require_safe
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that was answered, and everything that is missing, each with its place."""
    application = found(request, number)
    if not is_own(request, application):
        return redirect("applications:read", application.number)
    draft = queries.draft(application)
    content = handed_in.content_of(application, draft.standard, draft.form, draft.answers, draft.evidence)
    before = queries.submitted_content(application) if application.submitted_at else None
    changes = handed_in.changes(before, content, draft.form) if before else []
    edit = bool(policy.may_edit(actor_of(request), application))
    profile_url = reverse("applications:section", args=[application.number, "profile"]) if edit else ""
    context = frame(request, application) | standing.of(application, actor_of(request)) | {
        "progress": draft.progress,
        "form": draft.form,
        "profile": reading.profile_rows(draft.form, content, profile_url, _files(application)),
        "sections": reading.sections(
            draft.standard, draft.form, content, changes, standing.open_remarks(application), queries.evidence_marks(application)
        ),
        "changes": changes,
        "edit": edit,
        "paper": paper(application),
    }  # fmt: skip
    return render(request, "applications/check.html", context)


def _files(application: Application) -> str:
    """The address below which the files of an application are handed out."""
    return reverse("applications:evidence", args=[application.number])


@require_safe
def read(request: HttpRequest, number: str) -> HttpResponse:
    """Everything for reading: the working papers for its own people, what was handed in for everybody else."""
    application = readable(request, number)
    standard, form = queries.standard(application), queries.form(application)
    submission = queries.latest_submission(application)
    working = is_own(request, application) and application.state in ("DRAFT", "PROPOSED", "RETURNED")
    changes: list[handed_in.Change] = []
    if working:
        draft = queries.draft(application)
        content = handed_in.content_of(application, standard, form, draft.answers, draft.evidence)
    else:
        content = submission.content
        if submission.sequence > 1:
            before = queries.submission(application, submission.sequence - 1)
            changes = handed_in.changes(before.content, content, form)
    marks = queries.evidence_marks(application, None if working else content)
    context = frame(request, application) | {
        "working": working,
        "submission": None if working else submission,
        "form": form,
        "profile": reading.profile_rows(form, content, base=_files(application)),
        "profile_changes": [
            reading.said(one, standard, form) for one in changes if one.item.startswith(profile.PREFIX)
        ],
        "sections": reading.sections(standard, form, content, changes, marks=marks),
        "changes": changes,
        "paper": paper(application),
        "may_submit": policy.may_submit(actor_of(request), application),
        "may_send_back": policy.may_send_back(actor_of(request), application),
    }
    return render(request, "applications/read.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, number: str) -> HttpResponse:
    application = found(request, number)
    policy.may_propose(actor_of(request), application).require()
    if request.method != "POST" and not queries.progress(application).complete:
        return _to_the_list_of_what_is_missing(request, application)
    form = NoteForm(request.POST or None)
    page = {
        "question": _("Lay the application before the head?"),
        "consequences": [
            _("The head is told and reads everything."),
            _("Until the head hands it in or sends it back nobody changes the answers. You can take it back."),
        ],
        "confirm_label": _("Propose to the head"),
    }

    def act() -> None:
        commands.propose(application.number, by=actor_of(request), note=form.cleaned_data["note"])
        messages.success(request, _("The head has been told."))

    return _confirmed(request, application, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    application = found(request, number)
    policy.may_send_back(actor_of(request), application).require()
    form = SendBackForm(request.POST or None)
    page = {
        "question": _("Send the application back for more work?"),
        "consequences": [_("The coordinators are told, with your words, and can change the answers again.")],
        "confirm_label": _("Send back"),
    }
    if not actor_of(request).has(Role.HEAD):
        page = {
            "question": _("Take the application back?"),
            "consequences": [_("You and your colleagues can change the answers again.")],
            "confirm_label": _("Take back"),
        }

    def act() -> None:
        commands.send_back(application.number, by=actor_of(request), note=form.cleaned_data["note"])
        messages.success(request, _("Sent back."))

    return _confirmed(request, application, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, number: str) -> HttpResponse:
    """The head endorses and hands in. A second click finds the receipt of the first."""
    arrived_at = clock.now()
    application = found(request, number)
    if request.method == "POST" and application.state == "SUBMITTED" and is_own(request, application):
        return _receipt_of_first_click(request, application)
    policy.may_submit(actor_of(request), application, arrived_at).require()
    page = {
        "question": _("Endorse and hand in the application?"),
        "consequences": [
            _("It is handed in on behalf of the office and can then no longer be edited."),
            _("You get a numbered receipt with a hash that proves what was handed in."),
        ],
        "confirm_label": _("Endorse and hand in"),
    }
    return _handing_in(request, application, commands.submit, arrived_at, page)


@require_http_methods(["GET", "HEAD", "POST"])
def resubmit(request: HttpRequest, number: str) -> HttpResponse:
    arrived_at = clock.now()
    application = found(request, number)
    if request.method == "POST" and application.state == "SUBMITTED" and is_own(request, application):
        return _receipt_of_first_click(request, application)
    policy.may_resubmit(actor_of(request), application, arrived_at).require()
    page = {
        "question": _("Hand in the corrected application?"),
        "consequences": [_("The secretariat sees what changed, and your reply to each remark.")],
        "confirm_label": _("Hand in again"),
    }
    return _handing_in(request, application, commands.resubmit, arrived_at, page)


def _handing_in(
    request: HttpRequest,
    application: Application,
    command: Callable[..., Submission],
    arrived_at: Any,
    page: dict[str, Any],
) -> HttpResponse:
    if request.method != "POST" and not queries.progress(application).complete:
        return _to_the_list_of_what_is_missing(request, application)
    form = EndorseForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            written = command(application.number, by=actor_of(request), arrived_at=arrived_at)
        except NotComplete as incomplete:
            refusal = incomplete
        except NotPossible:
            application.refresh_from_db()
            if application.state != "SUBMITTED":
                raise
            return _receipt_of_first_click(request, application)
        else:
            messages.success(request, _("Handed in. Receipt no. %(number)s") % {"number": written.receipt_number})
            return redirect("applications:receipt", application.number, written.sequence)
    context = frame(request, application) | calendar(application) | page | {
        "form": form,
        "refusal": refusal,
        "cancel_url": reverse("applications:detail", args=[application.number]),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/hand_in.html", context, status=status)


def _to_the_list_of_what_is_missing(request: HttpRequest, application: Application) -> HttpResponse:
    """Nobody is asked to confirm what cannot be done yet."""
    messages.warning(request, _("Some things are still missing. Each line below leads to its place."))
    return redirect("applications:check", application.number)


def _receipt_of_first_click(request: HttpRequest, application: Application) -> HttpResponse:
    messages.info(request, _("The application had been handed in already; this is its receipt."))
    return redirect("applications:receipt", application.number, queries.submissions(application)[0].sequence)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    application = found(request, number)
    policy.may_withdraw(actor_of(request), application).require()
    form = WithdrawForm(request.POST or None)
    page = {
        "question": _("Withdraw the application?"),
        "consequences": [
            _("It takes no further part in the round."),
            _("Everything stays readable. While applications are received the centre may begin a new one."),
        ],
        "confirm_label": _("Withdraw"),
        "tone": "danger",
    }

    def act() -> None:
        commands.withdraw(application.number, by=actor_of(request), reason=form.cleaned_data["reason"])
        messages.success(request, _("The application was withdrawn."))

    return _confirmed(request, application, form, page, act)


def _confirmed(
    request: HttpRequest, application: Application, form: forms.Form, page: dict[str, Any], act: Callable[[], None]
) -> HttpResponse:
    """Ask, then act; a refusal is shown where the question was asked."""
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except NotComplete as incomplete:
            if incomplete.field in form.fields:
                form.add_error(incomplete.field, refusals.sentence(incomplete))
            else:
                refusal = incomplete
        else:
            return redirect("applications:detail", application.number)
    context = frame(request, application) | page | {
        "form": form,
        "refusal": refusal,
        "cancel_url": reverse("applications:detail", args=[application.number]),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "applications/confirm.html", context, status=status)
