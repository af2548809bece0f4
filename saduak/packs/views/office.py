"""Pages on which officers read, check and compare packs; none of them writes."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saduak.packs import comparing, policy, queries, translations
from saduak.packs.asking import Form, Group
from saduak.packs.comparing import TRACED
from saduak.packs.models import Kind, PublishedPack
from saduak.packs.outline import outline
from saduak.packs.question_fields import Setting, control
from saduak.packs.questions import Question
from saduak.packs.standard import from_resolved

ON_A_PAGE = 50


def find(request: HttpRequest, kind: str, slug: str, version: int | None = None) -> PublishedPack:
    """The pack behind an address of the office. Raises NotAllowed, and Http404 where there is none."""
    policy.may_look_after(request.actor).require()
    try:
        return queries.by_slug(Kind(kind), slug, version)
    except (ValueError, PublishedPack.DoesNotExist):
        raise Http404 from None


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The newest version of every pack: who published it, when, and its fingerprint."""
    policy.may_look_after(request.actor).require()
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    page = Paginator(queries.newest(kind), ON_A_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts()
    tabs = [{"key": "", "label": _("All"), "url": "?", "count": sum(counts.values())}]
    tabs += [
        {"key": one.value, "label": one.label, "url": f"?kind={one.value}", "count": counts[one]}
        for one in Kind
        if counts.get(one)
    ]
    waiting = queries.drafts(request.actor).filter(state="CHECKED")[:5]
    context = {
        "page_obj": page,
        "tabs": tabs,
        "kind": kind,
        "may_publish": policy.may_publish(request.actor),
        "waiting": waiting,
    }
    return render(request, "packs/office.html", context)


@require_safe
def versions(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Every version of one pack, newest first."""
    pack = find(request, kind, slug)
    page = Paginator(queries.versions(pack.pack_id), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"pack": pack, "page_obj": page, "before": queries.before(pack) if kind in TRACED else None}
    context["named"] = queries.named(pack.content)
    return render(request, "packs/versions.html", context)


@require_safe
def preview(request: HttpRequest, kind: str, slug: str, version: int) -> HttpResponse:
    """One version as applicants and as assessors see it, with all its texts and what is doubtful in their translation."""
    pack = find(request, kind, slug, version)
    crumbs = [
        {"label": _("Packs"), "url": reverse("packs:office")},
        {"label": pack.title, "url": reverse("packs:versions", args=[kind, slug])},
        {"label": _("Version %(version)s") % {"version": version}},
    ]
    return seen(request, pack, crumbs)


def seen(request: HttpRequest, pack: PublishedPack, crumbs: list[dict[str, object]]) -> HttpResponse:
    """A pack, published or not, as others see it."""
    said = translations.texts(pack.content)
    doubtful = [one for one in said if one.doubts]
    views = _views(pack, len(said), len(doubtful))
    shown = request.GET.get("as", "")
    shown = shown if shown in {one["key"] for one in views} else views[0]["key"]
    context: dict[str, object] = {"pack": pack, "crumbs": crumbs, "shown": shown, "tabs": views, "doubtful": doubtful}
    context["named"] = queries.named(pack.content)
    context["drafted"] = sum(one.origin.drafted for one in said)
    context["total"] = len(said)
    if shown in ("applicants", "assessors"):
        standard = queries.standard(pack) if pack.pk else from_resolved(pack.content)
        context |= {"standard": standard, "parts": outline(standard)}
    elif shown == "questions":
        form = queries.form(pack)
        context |= {"form": form, "groups": [(group, _looked_at(form, group)) for group in form.groups]}
    else:
        context |= _texts(request, pack, said if shown == "texts" else doubtful)
    return render(request, "packs/preview.html", context)


def _looked_at(form: Form, group: Group) -> list[SafeString]:
    """The questions of a group as they are asked, with nothing to fill in."""
    names = {one.id: one for one in form.questions}
    found = []
    for question in group.questions:
        condition = ""
        if question.applies_when is not None:
            asked = names[question.applies_when.question]
            condition = _("Asked only when “%(question)s” is: %(answers)s") % {
                "question": asked.title.say(get_language()),
                "answers": ", ".join(_answer(asked, code) for code in question.applies_when.codes),
            }
        found.append(control(question, Setting(name=question.id, only_look=True, condition=condition)))
    return found


def _answer(question: Question, code: str) -> str:
    option = question.option(code)
    return option.label.say(get_language()) if option else _("Yes") if code == "yes" else _("No")


def _views(pack: PublishedPack, texts: int, doubtful: int) -> list[dict[str, object]]:
    views: list[dict[str, object]] = []
    if pack.kind == Kind.STANDARD:
        views += [
            {"key": "applicants", "label": _("As applicants see it"), "url": "?as=applicants"},
            {"key": "assessors", "label": _("As assessors see it"), "url": "?as=assessors"},
        ]
    if pack.kind in (Kind.FORM, Kind.SURVEY):
        views.append({"key": "questions", "label": _("As it is filled in"), "url": "?as=questions"})
    views += [
        {"key": "texts", "label": _("All texts"), "url": "?as=texts", "count": texts},
        {"key": "translations", "label": _("Translation report"), "url": "?as=translations", "count": doubtful},
    ]
    return views


def _texts(request: HttpRequest, pack: PublishedPack, said: list[translations.Said]) -> dict[str, object]:
    """The texts of the page, those of one origin when asked; printing takes them all."""
    origin = request.GET.get("origin", "")
    origins = sorted({one.origin.kind for one in said})
    if origin in origins:
        said = [one for one in said if one.origin.kind == origin]
    paged = Paginator(said, 100_000 if request.GET.get("all") else 100)
    return {
        "page_obj": paged.get_page(request.GET.get("page")),
        "origin": origin,
        "origins": origins,
        "sources": pack.content.get("sources", {}),
        "doubts": translations.DOUBTS,
    }


@require_safe
def compare(request: HttpRequest, kind: str) -> HttpResponse:
    """Two versions of packs of one kind, what differs word by word, and where each criterion went."""
    policy.may_look_after(request.actor).require()
    if kind not in Kind.values:
        raise Http404
    choices = list(queries.of_kind(kind))
    by_name = {f"{one.slug}@{one.version}": one for one in choices}
    after = by_name.get(request.GET.get("after", "")) or (choices[0] if choices else None)
    before = by_name.get(request.GET.get("before", ""))
    if before is None and after is not None:
        before = queries.before(after) if kind in TRACED else None
        before = before or next((one for one in choices if one.pack_id == after.pack_id and one != after), None)
    context = {
        "kind": Kind(kind),
        "choices": list(by_name.items()),
        "before": before,
        "after": after,
        "back": reverse("packs:office") + f"?kind={kind}",
    }
    if before is not None and after is not None and before != after:
        context["comparison"] = comparing.compare(before, after)
    return render(request, "packs/compare.html", context)
