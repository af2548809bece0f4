"""Pages of organisations and posts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from saduak.kernel import clock
from saduak.kernel.refusals import Refusal
from saduak.people import commands, forms, policy, queries
from saduak.people.middleware import SESSION_KEY
from saduak.people.models import Import, Membership, Organisation
from saduak.people.roles import Role


def _find(code: str) -> Organisation:
    try:
        return queries.organisation(code)
    except Organisation.DoesNotExist:
        raise Http404 from None


@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """All posts of the signed-in person; choosing one makes it the acting role."""
    return render(request, "people/posts.html", {"posts": queries.memberships_of(request.user)})


@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """From now on act in another of one's own posts."""
    chosen = request.POST.get("post", "")
    own = {str(post.pk): post for post in queries.memberships_of(request.user)}
    if chosen not in own:
        raise Http404
    request.session[SESSION_KEY] = own[chosen].pk
    messages.success(request, _("You now act as %(role)s.") % {"role": own[chosen].get_role_display()})
    return redirect("desk:home")


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """The tree, level by level, or what a search finds."""
    form = forms.FindForm(request.GET)
    form.is_valid()
    text, kind = form.cleaned_data.get("q", ""), form.cleaned_data.get("kind", "")
    searching = bool(text or kind)
    found = queries.find(text, kind) if searching else queries.top_of(request.actor)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "searching": searching,
        "may_bring": any(policy.may_bring(request.actor, kind) for kind in Import.Kind),
    }
    return render(request, "people/organisations.html", context)


@require_GET
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation: where it stands, what is below it, who acts for it."""
    place, actor = _find(code), request.actor
    seen = policy.may_see_people(actor, place)
    context = {
        "organisation": place,
        "above": queries.bodies_above(place.path),
        "page_obj": Paginator(queries.below(place), 50).get_page(request.GET.get("page")),
        "people_verdict": seen,
        "members": queries.members(place.pk) if seen else [],
        "may_invite": policy.may_invite(actor, place, Role.COORDINATOR),
        "may_register_centre": policy.may_register_centre(actor, place),
        "today": clock.today(),
    }
    return render(request, "people/organisation.html", context)


def give_post(request: HttpRequest, code: str) -> HttpResponse:
    """Vouch for a person: give them a post at the organisation."""
    place = _find(code)
    policy.may_invite(request.actor, place, Role.COORDINATOR).require()
    programme = request.actor.has(Role.OFFICER) and place.kind == "SECRETARIAT"
    form = forms.PostForm(request.POST or None, programme=programme, initial={"starts_on": clock.today()})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            post = commands.give_post(place, by=request.actor, **form.cleaned_data)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(
                request,
                _("%(name)s now acts for %(office)s. An e-mail says how to sign in.")
                % {"name": post.user.name, "office": place.name},
            )
            return redirect("people:organisation", code=code)
    return render(
        request,
        "people/give_post.html",
        {
            "organisation": place,
            "form": form,
            "refusal": refusal,
            "acting": request.method == "POST" and bool(form["capacity"].data),
        },
        status=422 if request.method == "POST" else 200,
    )


def end_post(request: HttpRequest, code: str) -> HttpResponse:
    """The person leaves the post; asked once before it is done."""
    post = Membership.objects.select_related("organisation", "user").filter(code=code).first()
    if post is None or not policy.may_end_post(request.actor, post.organisation, post.role):
        raise Http404
    form = forms.EndPostForm(request.POST or None, initial={"on": clock.today()})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            commands.end_post(code, by=request.actor, on=form.cleaned_data["on"])
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("The post of %(name)s has its last day.") % {"name": post.user.name})
            return redirect("people:organisation", code=post.organisation.code)
    return render(
        request,
        "people/end_post.html",
        {"post": post, "form": form, "refusal": refusal},
        status=422 if request.method == "POST" else 200,
    )
