"""Writing a circular before it leaves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy, wording
from saduak.circulars.commands.approvals import touched
from saduak.circulars.commands.subjects import subject
from saduak.circulars.models import Circular, CircularAction, Delivery
from saduak.circulars.models.circular import Acting, Form, Urgency
from saduak.circulars.queries.visibility import lock_circular, lock_delivery
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import Item, NotComplete, NotPossible
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.rounds import queries as rounds
from saduak.rounds.models import Action, ActionKind
from saduak.rounds.moments import closing_text
from saduak.surveys import queries as surveys
from saduak.surveys.models import Survey

# Texts of the letter that a person edits, and how long each may be.
TEXTS = {
    "prefix": 40,
    "subject": 400,
    "addressee": 400,
    "references": 4000,
    "enclosures": 4000,
    "paragraphs": 12000,
    "closing": 400,
    "signatory": 200,
    "position": 300,
    "acting_for": 300,
    "contact": 2000,
}
LONGEST_ACTION = 4000
ONE_LINE = {"prefix", "subject", "addressee", "closing", "signatory", "acting_for"}


@transaction.atomic
def draft(
    round_code: str, *, by: Actor, sender_code: str | None = None, selection: Mapping[str, Any] | None = None
) -> Circular:
    """Begin the first circular of a round, worded by the pack. selection: whom it goes to, the offices directly below if
    none is given. Raises NotAllowed, NotPossible (no post)."""
    round = rounds.by_code(round_code)
    sender = _organisation(sender_code, by)
    policy.may_write(by, sender).require()
    made = Circular(round=round, sender=sender, **_begun(by, selection), **wording.texts(round, sender, None))
    made.save(force_insert=True)
    running = surveys.of_round(round)
    for action in rounds.actions(round):
        CircularAction.objects.create(
            circular=made,
            code=action.code,
            number=action.number,
            kind=action.kind,
            title_th=action.title_th,
            title_en=action.title_en,
            text=wording.action_text(round, sender, action.kind) or action.text_th,
            link=action.link,
            opens_at=action.opens_at,
            due_at=action.due_at,
            for_kinds=action.for_kinds,
            # The one survey of the round that asks everybody whom the action asks; of several a person chooses.
            survey=_survey(running, action) if action.kind == ActionKind.ANSWER_SURVEY else None,
        )
    journal.record("circular.drafted", subject(made), by=by, details={"round": round.code, "sender": sender.code})
    return made


@transaction.atomic
def draft_free(*, by: Actor, sender_code: str | None = None, selection: Mapping[str, Any] | None = None) -> Circular:
    """Begin an ordinary circular that belongs to no round: the office writes its text and its actions. selection as of
    `draft`. Raises NotAllowed, NotPossible (no post)."""
    sender = _organisation(sender_code, by)
    policy.may_write(by, sender).require()
    made = Circular(sender=sender, **_begun(by, selection), **wording.texts(None, sender, None))
    made.save(force_insert=True)
    journal.record("circular.drafted", subject(made), by=by, details={"sender": sender.code})
    return made


@transaction.atomic
def draft_forward(delivery_code: str, *, by: Actor) -> Circular:
    """Begin the letter that passes a delivery on; it inherits the actions. One draft at a time for each delivery."""
    delivery = lock_delivery(delivery_code, actor=by)
    policy.may_forward(by, delivery).require()
    parent = delivery.circular
    begun = Circular.objects.filter(parent=delivery, state="DRAFT").first()
    if begun is not None:
        return begun
    sender = delivery.organisation
    made = Circular(
        round=parent.round,
        sender=sender,
        parent=delivery,
        root_id=parent.root_pk,
        **_begun(by),
        **wording.texts(parent.round, sender, parent),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # somebody of the same office began it a moment ago
        return Circular.objects.get(parent=delivery, state="DRAFT")
    for action in parent.actions.all():
        text = wording.action_text(parent.round, sender, action.kind) or action.text
        action.pk, action.circular, action.text = None, made, text
        action.save(force_insert=True)
    details = {"passes_on": parent.number} | ({"round": parent.round.code} if parent.round else {})
    journal.record("circular.drafted", subject(made), by=by, details=details)
    return made


@transaction.atomic
def draft_answer(delivery_code: str, *, by: Actor) -> Circular:
    """Begin the letter by which an office answers the sender of a delivery; it asks for nothing and goes to that sender
    only, under a number of the office's own. One draft at a time for each delivery."""
    delivery = lock_delivery(delivery_code, actor=by)
    policy.may_answer(by, delivery).require()
    begun = Circular.objects.filter(in_reply_to=delivery, state="DRAFT").first()
    if begun is not None:
        return begun
    texts = wording.answer(delivery.circular, delivery.organisation)
    made = Circular(sender=delivery.organisation, in_reply_to=delivery, **_begun(by) | {"selection": {}}, **texts)
    made.save(force_insert=True)
    details = {"answers": delivery.circular.number, "delivery": delivery.code}
    journal.record("circular.drafted", subject(made), by=by, details=details)
    return made


@transaction.atomic
def save_draft(
    code: str,
    *,
    by: Actor,
    texts: Mapping[str, str],
    due: Mapping[str, datetime | None] | None = None,
    asked: Mapping[str, str] | None = None,
    selection: Mapping[str, Any] | None = None,
) -> Circular:
    """Keep the texts of a draft (`address_each`: anything but an empty text says yes), what its actions ask ("A1" → text) and by when ("A1" → moment), and its addressees.

    A letter that passes another on may ask for things earlier, never later. Raises NotComplete naming every field.
    """
    circular = lock_circular(code, actor=by)
    policy.may_edit(by, circular).require()
    for name, longest in TEXTS.items():
        if name in texts:
            setattr(circular, name, clean(texts[name], name, longest))
    for name, allowed in (("form", Form.values), ("urgency", Urgency.values), ("acting", Acting.values)):
        if texts.get(name, getattr(circular, name)) not in allowed:
            raise NotComplete(_("Choose one of the given values."), field=name)
        setattr(circular, name, texts.get(name, getattr(circular, name)))
    if "address_each" in texts:
        circular.address_each = bool(texts["address_each"])
    if selection is not None:
        circular.selection = dict(selection)
    circular.save()
    _set_actions(circular, due or {}, asked or {})
    touched(circular, by=by)
    return circular


@transaction.atomic
def drop(code: str, *, by: Actor) -> None:
    """Throw a draft away. Raises NotPossible for a letter that has left."""
    circular = lock_circular(code, actor=by)
    policy.may_edit(by, circular).require()
    gone = subject(circular)
    circular.delete()
    journal.record("circular.dropped", gone, by=by)


def _survey(running: list[Survey], action: Action) -> Survey | None:
    named = rounds.survey_of(action) if running else None
    if named is not None:
        running = [one for one in running if one.pack.pack_id == named.pack_id]
    fitting = [one for one in running if set(action.for_kinds) <= set(one.for_kinds)]
    fitting = [one for one in fitting if action.due_at is None or action.due_at <= one.closes_at]
    return fitting[0] if len(fitting) == 1 else None


def _begun(by: Actor, selection: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {
        "selection": dict(selection or {"children": True}),
        "code": public_code("L", 8),
        "created_at": clock.now(),
        "created_by": by.name,
    }


def _organisation(code: str | None, by: Actor) -> Organisation:
    if code is not None:
        return people.organisation(code)
    if by.organisation_id is None:
        raise NotPossible(_("A letter needs an office that sends it."))
    return Organisation.objects.get(pk=by.organisation_id)


def clean(value: str, name: str, longest: int) -> str:
    """A text of the letter as it is kept. Raises NotComplete for one that is too long."""
    value = value.replace("\r\n", "\n").strip()
    if name in ONE_LINE:
        value = " ".join(value.split())
    if len(value) > longest:
        raise NotComplete(_("At most %(longest)s characters."), params={"longest": longest}, field=name)
    return value


def _set_actions(circular: Circular, due: Mapping[str, datetime | None], asked: Mapping[str, str]) -> None:
    limits = inherited(circular)
    wrong: list[Item] = []
    for action in circular.actions.select_related("survey"):
        if action.code in due:
            wrong += wrong_date(action, due[action.code], limits.get(action.code))
            action.due_at = due[action.code]
        text = clean(asked.get(action.code, action.text), "text", LONGEST_ACTION)
        if not text:
            words = {"number": action.number}
            wrong.append(Item(str(_("Action %(number)s: write what is asked.")) % words, f"#id_text_{action.code}"))
        action.text = text
        action.save(update_fields=["due_at", "text"])
    if wrong:
        raise NotComplete(_("Some actions cannot be asked for like this."), items=wrong)


def inherited(circular: Circular) -> dict[str, datetime | None]:
    """Code → latest date of the actions that came with the letter passed on; none for a first letter."""
    if circular.parent_id is None:
        return {}
    above = Delivery.objects.get(pk=circular.parent_id).circular_id
    return dict(CircularAction.objects.filter(circular_id=above).values_list("code", "due_at"))


def wrong_date(action: CircularAction, wanted: datetime | None, limit: datetime | None) -> list[Item]:
    """What is wrong with a date: it may not be later than the limit from above, nor before the action begins."""
    where = f"#id_due_{action.code}"
    if action.survey is not None and wanted is not None and wanted > action.survey.closes_at:
        sentence = _("Action %(number)s: the survey closes on %(closes)s, before this.")
        return [Item(str(sentence) % {"number": action.number, "closes": closing_text(action.survey.closes_at)}, where)]
    if limit is not None and (wanted is None or wanted > limit):
        sentence = _("Action %(number)s: a date may be made earlier, never later than %(limit)s.")
        return [Item(str(sentence) % {"number": action.number, "limit": closing_text(limit)}, where)]
    if wanted is not None and action.opens_at is not None and wanted <= action.opens_at:
        sentence = _("Action %(number)s: it would be due before it begins.")
        return [Item(str(sentence) % {"number": action.number}, where)]
    return []
