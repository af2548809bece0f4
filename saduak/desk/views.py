"""The desk: home, messages, search, the case file, the journal. Reads only."""

import json

from django.conf import settings
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from saduak.desk import calendars, casefile, events, following, overview, policy, queries
from saduak.files import tables
from saduak.kernel import clock
from saduak.outbox import commands as outbox
from saduak.outbox import queries as messages_of
from saduak.outbox.models import Message
from saduak.people import queries as people
from saduak.people.models import Organisation
from saduak.rounds import commands as round_commands
from saduak.rounds import ics
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Visitors: what this is, and the doors that stand open to all. Signed in: what waits for me, until when, why."""
    if not request.user.is_authenticated:
        return render(request, "desk/welcome.html")
    actor, round = request.actor, rounds.current()
    context = {
        "waiting": queries.waiting(actor) if actor.membership_id else [],
        "own": overview.own(actor),
        "inbox": queries.messages(actor),
        "round": round,
        "phases": overview.phases(round) if round else [],
        "funnel": overview.funnel(actor, round) if round else [],
        "now": clock.now(),
    }
    return render(request, "desk/home.html", context)


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything the person has been told."""
    page = Paginator(messages_of.inbox(request.actor.ref), 50).get_page(request.GET.get("page"))
    return render(request, "desk/inbox.html", {"page_obj": page})


def message(request: HttpRequest, code: str) -> HttpResponse:
    """One message; opening it marks it as read."""
    found = messages_of.inbox(request.actor.ref).filter(code=code).first()
    if found is None:
        raise Http404
    outbox.mark_read(found.code, recipient_ref=request.actor.ref)
    return render(request, "desk/message.html", {"message": found, "failed": found.state == Message.State.FAILED})


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")[:100]
    return render(request, "desk/search.html", {"q": text, "groups": queries.search(text, request.actor)})


@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    """All of a case on one page, as far as the actor may see it."""
    found = casefile.of(number, request.actor)
    if found is None:
        raise Http404
    return render(request, "desk/case.html", {"case": found})


@require_GET
def case_export(request: HttpRequest, number: str) -> HttpResponse:
    """The same as one file: what was handed in, the journal's lines and the hashes that prove both."""
    found = casefile.of(number, request.actor)
    if found is None:
        raise Http404
    answer = HttpResponse(
        json.dumps(casefile.export(found), ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{found.application.number}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """The journal, newest first."""
    policy.may_read_journal(request.actor).require()
    wanted = {name: request.GET.get(name, "").strip()[:80] for name in ("event", "subject", "person")}
    page = Paginator(queries.journal_lines(**wanted), 50).get_page(request.GET.get("page"))
    page.object_list = [queries.Line(entry) for entry in page.object_list]
    return render(request, "desk/journal.html", {"page_obj": page, "wanted": wanted, "events": events.EVENTS.items()})


@require_POST
def prove(request: HttpRequest) -> HttpResponse:
    """Recompute the whole chain and say whether it is whole."""
    policy.may_read_journal(request.actor).require()
    return render(request, "desk/proof.html", {"proof": casefile.journal.verify()})


def _followed(request: HttpRequest, round_code: str, code: str) -> tuple[Round, Organisation]:
    """The round and the body whose units are looked at: what the address says, else the current round and one's own."""
    try:
        round = rounds.by_code(round_code) if round_code else rounds.current()
        body = people.organisation(code) if code else people.organisations().filter(path=request.actor.path).first()
    except (Round.DoesNotExist, Organisation.DoesNotExist):
        raise Http404 from None
    if round is None or body is None or not policy.may_follow(request.actor, body):
        raise Http404
    return round, body


@require_GET
def units(request: HttpRequest, round_code: str = "", code: str = "") -> HttpResponse:
    """The funnel of a body's units, and the same for each office directly below it."""
    round, body = _followed(request, round_code, code)
    page = Paginator(following.below(body), 50).get_page(request.GET.get("page"))
    whole = following.total(round, body)
    context = {
        "round": round,
        "rounds": list(rounds.rounds()[:8]),
        "body": body,
        "above": [one for one in people.bodies_above(body.path) if policy.may_follow(request.actor, one)],
        "whole": whole,
        "columns": following.COLUMNS.values(),
        "rows": following.units(round, list(page)),
        "silent": len(following.silent(round, body)),
        "page_obj": page,
    }
    return render(request, "desk/units.html", context)


@require_GET
def silent_units(request: HttpRequest, round_code: str, code: str) -> HttpResponse:
    """Who has begun nothing, and when somebody there was last in Saduak."""
    round, body = _followed(request, round_code, code)
    page = Paginator(following.silent(round, body), 50).get_page(request.GET.get("page"))
    context = {"round": round, "body": body, "page_obj": page, "rows": following.describe(round, list(page))}
    return render(request, "desk/silent_units.html", context)


@require_GET
def units_csv(request: HttpRequest, round_code: str, code: str) -> HttpResponse:
    """Every office below a body with its counts, as a spreadsheet."""
    round, body = _followed(request, round_code, code)
    return tables.csv(f"{round.code}-{body.code}.csv", following.table(round, body))


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """What has a date for me, and the secret address under which my own calendar program reads it."""
    found = rounds.calendar_address(request.actor.user_id)
    coming = [one for one in calendars.entries(request.user) if one.ends_on >= clock.today()]
    page = Paginator(coming, 50).get_page(request.GET.get("page"))
    address = f"{settings.BASE_URL}/calendar/{found[0]}.ics" if found else ""
    context = {
        "address": address,
        "webcal": f"webcal:{address.partition(':')[2]}" if address else "",
        "made_at": found[1] if found else None,
        "page": page,
        "today": clock.today(),
    }
    return render(request, "desk/calendar.html", context)


@require_POST
def renew_calendar(request: HttpRequest) -> HttpResponse:
    round_commands.renew_calendar_address(by=request.actor)
    notices.success(request, _("Your calendar has a new address. An earlier one no longer works."))
    return redirect("desk:calendar")


@require_POST
def revoke_calendar(request: HttpRequest) -> HttpResponse:
    if round_commands.revoke_calendar_address(by=request.actor):
        notices.success(request, _("The address of your calendar no longer works."))
    return redirect("desk:calendar")


@login_not_required
@require_GET
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A person's calendar for whoever knows its address; every other address is no address."""
    owner = rounds.calendar_owner(secret)
    if owner is None or not people.memberships_of(owner):
        raise Http404
    with translation.override(owner.language or settings.LANGUAGE_CODE):
        name = _("Saduak: %(name)s") % {"name": owner.name}
        content = ics.calendar(name, calendars.entries(owner), base_url=settings.BASE_URL)
    return ics.answer(request, content, name="saduak.ics", private=True)
