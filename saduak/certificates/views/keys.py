"""The keys that have signed certificates, and what to do when one is stolen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from saduak.certificates import commands, policy, queries
from saduak.certificates.forms import ReasonForm


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    policy.may_see_keys(request.actor).require()
    context = {"keys": queries.keys(), "may_withdraw": policy.may_withdraw_key(request.actor)}
    return render(request, "certificates/keys.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, key_id: str) -> HttpResponse:
    policy.may_withdraw_key(request.actor).require()
    key = queries.keys().get(key_id=key_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.withdraw_key(key_id, by=request.actor, text=form.cleaned_data["text"])
        messages.success(request, _("The key is withdrawn: what it signed proves nothing any more."))
        return redirect("certificates:keys_index")
    context = {
        "form": form,
        "question": _("Withdraw this key?"),
        "confirm_label": _("Withdraw the key"),
        "cancel_url": reverse("certificates:keys_index"),
        "tone": "danger",
        "kicker": key.key_id,
        "about": "",
        "consequences": [
            _("This cannot be undone. Do it when the key was stolen or lost."),
            _(
                "Every code and PDF that it signed is shown as not proved from now on. The records in the register stay."
            ),
            _("A new key has to be put in place before the next certificate is issued."),
        ],
    }
    return render(request, "certificates/confirm.html", context)
