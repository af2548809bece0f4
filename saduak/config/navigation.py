"""What stands in the rail, by role: the only menu of the house, made where all apps are known."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _

from saduak.people.roles import Role
from saduak.people.sign_in import DEMO_PASSWORD, demo_people

# (label, url name, icon, roles that see it; empty for everybody who is signed in)
ENTRIES: list[tuple[Any, str, str, frozenset[str]]] = [
    (_("Home"), "desk:home", "home", frozenset()),
    (
        _("Circulars"),
        "circulars:inbox",
        "mail",
        frozenset({Role.OFFICER, Role.REGISTRAR, Role.HEAD, Role.COORDINATOR, Role.OBSERVER, Role.AUDITOR}),
    ),
    (
        _("Registers"),
        "circulars:registers",
        "books",
        frozenset({Role.OFFICER, Role.REGISTRAR, Role.HEAD, Role.AUDITOR}),
    ),
    (_("Rounds"), "rounds:index", "calendar", frozenset()),
    (
        _("Surveys"),
        "surveys:index",
        "clipboard-list",
        frozenset({Role.OFFICER, Role.REGISTRAR, Role.HEAD, Role.COORDINATOR, Role.OBSERVER, Role.AUDITOR}),
    ),
    (
        _("Applications"),
        "applications:index",
        "file-text",
        frozenset({Role.OFFICER, Role.COORDINATOR, Role.HEAD, Role.OBSERVER, Role.AUDITOR}),
    ),
    (
        _("Progress of units"),
        "desk:units",
        "chart-funnel",
        frozenset({Role.OFFICER, Role.HEAD, Role.OBSERVER, Role.REGISTRAR, Role.AUDITOR}),
    ),
    (
        _("Assessment"),
        "assessment:index",
        "clipboard-check",
        frozenset({Role.OFFICER, Role.ASSESSOR, Role.COMMITTEE, Role.AUDITOR}),
    ),
    (
        _("Certificates"),
        "certificates:index",
        "certificate",
        frozenset({Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.OBSERVER, Role.AUDITOR}),
    ),
    (
        _("Organisations"),
        "people:organisations",
        "sitemap",
        frozenset({Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.OBSERVER, Role.REGISTRAR, Role.AUDITOR}),
    ),
    (_("Packs"), "packs:office", "package", frozenset({Role.OFFICER, Role.OPERATOR, Role.AUDITOR})),
    (_("Exchange of letters"), "circulars:exchange", "arrows-exchange", frozenset({Role.OPERATOR})),
    (_("Journal"), "desk:journal", "history", frozenset({Role.AUDITOR, Role.OFFICER})),
    (_("Public register"), "directory:index", "world", frozenset()),
]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context: `navigation`, a list of {label, url, icon, current}, and the persons of a demonstration for the sign-in
    page; each made only when the template asks."""
    demo = {"demo_people": demo_people, "demo_password": DEMO_PASSWORD} if settings.DEMO else {}
    return {"navigation": lambda: _entries(request), **demo}


def _entries(request: HttpRequest) -> list[dict[str, Any]]:
    actor = getattr(request, "actor", None)
    if actor is None or not actor.membership_id:
        return []
    shown = []
    for label, name, icon, roles in ENTRIES:
        if roles and actor.role not in roles:
            continue
        url = _address(name, settings.ROOT_URLCONF, get_script_prefix())
        if not url:
            continue
        shown.append({"label": label, "url": url, "icon": icon, "current": False})
    # Registers lie below circulars: of two entries that fit, the longer one is meant.
    fitting = [
        one
        for one in shown
        if request.path == one["url"] or (one["url"] != "/" and request.path.startswith(one["url"]))
    ]
    if fitting:
        max(fitting, key=lambda one: len(one["url"]))["current"] = True
    return shown


@lru_cache(maxsize=64)
def _address(name: str, urls: str, prefix: str) -> str:
    """The address of a page, looked up once; "" for an app that has no page yet."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
