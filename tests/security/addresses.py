"""Every address of the house, found in the resolver, and the thing of the built house that stands behind it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from saduak.applications import queries as applications
from saduak.applications.models import Application, Evidence
from saduak.certificates.models import PublishedKey
from saduak.circulars.models import Link
from saduak.outbox.models import Message
from saduak.people.models import Membership


def names(resolver: Any = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """("app:name", pattern) of every address."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (space, entry.namespace) if part)
            yield from names(entry, inner)
        else:
            yield f"{space}:{entry.name}" if space else str(entry.name), entry


def arguments(name: str, house: Any, state: str = "marked") -> dict[str, Any]:
    """What an address is filled with. `state` names one of the applications of the house's centre."""
    numbers, world = house.numbers, house.world
    app, _, view = name.partition(":")
    number = getattr(house, state)
    application = Application.objects.get(number=number)
    piece = Evidence.objects.filter(application=application).exclude(stored=None).order_by("pk").first()
    section = applications.standard(application).parts[0].id
    found: dict[str, Any] = {"number": number, "section": section, "sequence": 1}
    if app == "applications":
        found |= {
            "piece": piece.public_id,
            "thread": piece.public_id,
            "page": 1,
            "upload": piece.public_id,
            "copy": piece.public_id,
            "code": world.centre.code,
        }
    elif app == "assessment":
        found |= {"public_id": piece.public_id, "ref": world.users["assessor3"].ref, "code": numbers["team"]}
        if "case" in view or view in CASE_PAGES:
            found["number"] = numbers["case_done" if state == "done" or view in DECIDED else "case_marked"]
        if view == "result":
            found["number"] = house.done
        if view.startswith("meeting") or view == "decide":
            found["code"] = numbers["meeting"]
        if view.startswith("readiness"):
            found["number"] = numbers["release"]
    elif app == "links":
        found["code"] = Link.objects.get(circular__code=numbers["circular_district"]).code
    elif app == "circulars":
        found |= {
            "code": numbers["circular_district"],
            "action": numbers["action"],
            "office": world.body.code,
            "book": "IN",
            "year": 2564,
            "number": 1,
            "run": "P-ZZZZZZZZZZ",
        }
        if view in HOP_PAGES:
            found["code"] = numbers["hop_body"]
        elif "reading" in view or view == "open_round":
            found |= {"code": numbers["reading"], "number": 1}
        elif "ledger" in view or view in {"branch", "stuck", "map", "map_csv"} or view.startswith("units"):
            found["code"] = numbers["circular"]
        elif view.startswith("remind"):
            found |= {"code": numbers["circular"], "action": numbers["action"]}
        elif view in DRAFT_PAGES:
            found["code"] = numbers["draft_circular"]
    elif app == "certificates":
        key = PublishedKey.objects.order_by("pk").first()
        found |= {
            "number": numbers["certificate"],
            "code": house.round,
            "application": house.done,
            "key_id": key.key_id,
        }
    elif app == "desk":
        message = Message.objects.filter(recipient_ref=world.users["colleague"].ref).exclude(state="DRAFT").first()
        found |= {"secret": "nobody-has-this-address", "round_code": house.round, "code": "TH-54"}
        if view == "message":
            found["code"] = message.code if message else ABSENT["code"]
    elif app == "people":
        found["code"] = world.body.code
        if view == "end_post":
            found["code"] = Membership.objects.get(user=world.users["colleague"]).code
        if "import" in view:
            found |= {"code": numbers["import"], "kind": "CENTRES"}
    elif app == "rounds":
        found |= {"code": house.round, "kind": "appeal"}
    elif app == "survey":
        found["link"] = numbers["survey_link"]
    elif app == "surveys":
        found |= {"code": numbers["survey"], "body": world.body.code, "group": "office", "question": "words"}
    elif app == "directory":
        found["code"] = world.centre.code
    elif app == "packs":
        found |= _standard(application) | {"code": numbers["workbook"]}
    return found


def _standard(application: Application) -> dict[str, Any]:
    pack = application.round.standard_pack
    return {"kind": pack.kind, "slug": pack.slug, "version": pack.version}


CASE_PAGES = frozenset(
    {"declare", "assign", "pin_interest", "marks", "marks_save", "hand_in", "marks_section", "moderation", "moderation_save", "agree", "decide"}
)  # fmt: skip
DECIDED = frozenset({"decide"})
HOP_PAGES = frozenset(
    {
        "hop",
        "hop_letter",
        "hop_stamped",
        "receive",
        "acknowledge",
        "answer",
        "assign",
        "forward",
        "reply",
        "proof",
        "send_back",
        "readdress",
        "close_return",
        "enter_receipt",
        "receipt_proof",
        "hop_file",
        "hop_page",
        "hand_back",
    }
)
DRAFT_PAGES = frozenset(
    {
        "edit",
        "add_action",
        "take_actions",
        "change_action",
        "reach",
        "check",
        "later",
        "issue",
        "drop",
        "approval",
        "propose",
        "approve",
        "return_draft",
    }
)


def address(name: str, house: Any, state: str = "marked", **other: Any) -> str:
    """The path behind a name, filled with what belongs to the house's own centre."""
    pattern = dict(names())[name]
    known = arguments(name, house, state) | other
    wanted = {key: known[key] for key in pattern.pattern.converters}
    for key, converter in pattern.pattern.converters.items():
        if isinstance(converter, IntConverter) and not str(wanted[key]).isdigit():
            wanted[key] = 99  # a number that was never given, where the address takes only digits
    return reverse(name, kwargs=wanted)


# The same addresses with numbers that were never given.
ABSENT = {"number": "A-ZZZZZZ", "code": "Z-ZZZZZZ", "piece": "z" * 32, "upload": "z" * 32, "copy": "z" * 32, "public_id": "z" * 32, "application": "A-ZZZZZZ", "key_id": "zzzz"}  # fmt: skip
