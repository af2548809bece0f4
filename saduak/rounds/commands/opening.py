"""Opening and ending a round."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.packs import queries as packs
from saduak.packs.models import PublishedPack
from saduak.people.actor import Actor
from saduak.rounds import policy, queries
from saduak.rounds.models import Action, ActionKind, Round, Window, WindowKind
from saduak.rounds.workflow import ROUND

Span = tuple[datetime, datetime]
Term = tuple[datetime | None, datetime | None]


def subject(round: Round) -> journal.Subject:
    return journal.Subject("round", round.code, round.name_th)


@transaction.atomic
def open_round(
    pack_id: str,
    *,
    by: Actor,
    windows: Mapping[str, Span] | None = None,
    actions: Mapping[str, Term] | None = None,
    source: Mapping[str, Any] | None = None,
) -> Round:
    """Open a round as its published pack says, with the dates an officer set otherwise.

    windows: kind → (opens, closes), actions: code ("A1") → (opens or None, due or None); what is not named keeps the
    pack's dates. source: the reading it comes from, kept with the round. Publishes nothing. Raises NotAllowed,
    NotComplete (a date that cannot be), NotPossible (no such pack, or the round is open already).
    """
    policy.may_open_round(by).require()
    pack = _pack(pack_id, "round")
    content = pack.content
    code = round_code(content)
    if Round.objects.filter(code=code).exists():
        raise NotPossible(_("The round %(code)s has been opened already."), params={"code": code})
    spans = {one["id"].upper(): (_moment(one["opens"]), _moment(one["closes"])) for one in content["windows"]}
    for survey in content.get("surveys", ()):
        _pack(survey["pack"], "survey", survey["version"])
    kept = {kind: span for kind, span in spans.items() if kind in WindowKind.values} | dict(windows or {})
    _check(kept)
    opened = Round(
        code=code,
        pack_id=pack_id,
        round_pack=pack,
        standard_pack=_pack(content["standard"]["pack"], "standard", content["standard"]["version"]),
        profile_pack=_profile(content),
        fiscal_year=content["fiscal_year"],
        name_th=content["title"]["th"],
        name_en=content["title"]["en"],
        is_practice=content.get("practice", False),
        validity_years=content["validity"]["years"],
        may_apply_kinds=content["may_apply"]["kinds"],
        source=dict(source or {}),
        opened_at=clock.now(),
        opened_by=by.name,
    )
    try:
        with transaction.atomic():
            opened.save(force_insert=True)
    except IntegrityError:  # another officer was quicker by a moment
        raise NotPossible(_("The round %(code)s has been opened already."), params={"code": code}) from None
    Window.objects.bulk_create(
        Window(round=opened, kind=kind, opens_at=span[0], closes_at=span[1]) for kind, span in kept.items()
    )
    Action.objects.bulk_create(_action(opened, one, kept, dict(actions or {})) for one in content["actions"])
    changed = sorted(kind for kind, span in kept.items() if spans.get(kind) != span)
    journal.record(
        "round.opened",
        subject(opened),
        by=by,
        details={
            "pack": pack_id,
            "pack_sha256": pack.sha256,
            "standard_sha256": opened.standard_pack.sha256,
            "profile_sha256": opened.profile_pack.sha256 if opened.profile_pack else "",
            "changed_windows": changed,
            "changed_actions": sorted(actions or {}),
            "source": dict(source or {}),
        },
    )
    return opened


@transaction.atomic
def end(code: str, *, by: Actor) -> Round:
    """End a round: none of its windows is open any more. Raises NotAllowed, NotPossible."""
    ended = queries.lock(code)
    policy.may_end(by).require()
    ended.state = ROUND.move(ended.state, "end")
    ended.ended_at = clock.now()
    ended.save(update_fields=["state", "ended_at"])
    journal.record("round.ended", subject(ended), by=by)
    return ended


def round_code(content: Mapping[str, Any]) -> str:
    """The public code of the round of a pack: GECC-2565, GECC-2565-EXTRA, GECC-2565-PRACTICE."""
    parts = [str(content["programme"]).upper(), str(content["fiscal_year"]), content.get("edition", "")]
    return "-".join([part for part in parts if part] + (["PRACTICE"] if content.get("practice") else []))


def _pack(pack_id: str, kind: str, version: int | None = None) -> PublishedPack:
    try:
        found = packs.published(pack_id, version) if version else packs.published(pack_id)
    except PublishedPack.DoesNotExist:
        found = None
    if found is None or found.kind != kind:
        raise NotPossible(_("The pack “%(pack)s” has not been published."), params={"pack": pack_id}, field="pack_id")
    return found


def _profile(content: Mapping[str, Any]) -> PublishedPack | None:
    """The form that the round names for the profile of a centre, or None."""
    named = content.get("forms", {}).get("profile")
    return _pack(named["pack"], "form", named["version"]) if named else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _check(spans: Mapping[str, Span]) -> None:
    for kind, (opens, closes) in spans.items():
        if kind not in WindowKind.values:
            raise NotComplete(_("There is no period named “%(kind)s”."), params={"kind": kind}, field=kind)
        if closes <= opens:
            raise NotComplete(
                _("The period “%(window)s” would close before it opens."),
                params={"window": WindowKind(kind).label},
                field=f"{kind}_closes",
            )
    if "APPLICATION" not in spans:
        raise NotComplete(_("A round needs a period for applying."), field="APPLICATION_opens")


def _action(
    opened: Round, one: Mapping[str, Any], spans: Mapping[str, Span], set_otherwise: Mapping[str, Term]
) -> Action:
    code = f"A{one['number']}"
    opens, due = None, _moment(one["due"]) if one.get("due") else None
    if one.get("window"):
        opens, due = spans.get(one["window"].upper(), (None, due))
    if code in set_otherwise:
        opens, due = set_otherwise[code]
    if opens and due and due <= opens:
        raise NotComplete(
            _("Action %(code)s would be due before it begins."), params={"code": code}, field=f"{code}_due"
        )
    return Action(
        round=opened,
        number=one["number"],
        code=code,
        # OTHER is whatever the programme may ask one day: answered in words, with proof where wanted.
        kind=one["kind"] if one["kind"] in ActionKind.values else ActionKind.REPLY,
        title_th=one["title"]["th"],
        title_en=one["title"]["en"],
        text_th=one["text"]["th"],
        text_en=one["text"]["en"],
        link=one.get("link", ""),
        opens_at=opens,
        due_at=due,
        for_kinds=one["owners"],
    )
