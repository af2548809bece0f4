"""The numbered actions of a draft, by hand: added, changed, ordered, taken out, or taken over from a letter read in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import asking, policy
from saduak.circulars.commands.approvals import touched
from saduak.circulars.commands.drafts import LONGEST_ACTION, clean, inherited, wrong_date
from saduak.circulars.models import Circular, CircularAction
from saduak.circulars.queries.addressees import kinds_below
from saduak.circulars.queries.readings import asked
from saduak.circulars.queries.visibility import lock_circular, lock_reading
from saduak.kernel.clock import BANGKOK
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import Item, NotComplete, NotPossible
from saduak.people.actor import Actor
from saduak.people.models import Kind
from saduak.rounds.models import ActionKind
from saduak.surveys import queries as surveys
from saduak.surveys.models import Survey

MOST = 30  # numbered actions in one letter
LONGEST_TITLE = 100


@dataclass(frozen=True)
class Wanted:
    """What an action is to be. title: empty takes the first words of the text; for_kinds: kinds of office it asks."""

    kind: str
    text: str
    for_kinds: Sequence[str]
    title: str = ""
    link: str = ""
    opens_at: datetime | None = None
    due_at: datetime | None = None
    survey: str = ""  # public code of the survey to be answered; without one the office answers in words


@transaction.atomic
def add_action(code: str, *, by: Actor, wanted: Wanted) -> CircularAction:
    """Add an action at the end of a draft. Raises NotComplete naming every field, NotPossible past thirty actions."""
    circular = _lock(code, by)
    number = circular.actions.count() + 1
    if number > MOST:
        raise NotPossible(_("A letter asks for at most %(most)s things."), params={"most": MOST})
    action = CircularAction(circular=circular, code=public_code("B", 4).replace("-", ""), number=number)
    _set(circular, action, wanted)
    action.save(force_insert=True)
    touched(circular, by=by)
    return action


@transaction.atomic
def change_action(code: str, action_code: str, *, by: Actor, wanted: Wanted) -> CircularAction:
    """Change an action of a draft. One that came with the letter passed on keeps its kind and whom it asks, and its date is
    made earlier at most. Raises NotComplete naming every field, CircularAction.DoesNotExist."""
    circular = _lock(code, by)
    action = circular.actions.get(code=action_code)
    _set(circular, action, wanted)
    action.save()
    touched(circular, by=by)
    return action


@transaction.atomic
def remove_action(code: str, action_code: str, *, by: Actor) -> None:
    """Take an action out of a draft. Raises NotPossible for one that came with the letter passed on."""
    circular = _lock(code, by)
    action = circular.actions.get(code=action_code)
    if action_code in inherited(circular):
        raise NotPossible(_("This action came with the letter that you pass on: it is passed on with it."))
    action.delete()
    _renumber(list(circular.actions.order_by("number")))
    touched(circular, by=by)


@transaction.atomic
def move_action(code: str, action_code: str, *, by: Actor, up: bool) -> None:
    """Change places with the action before or after it; at the end of the list nothing happens."""
    circular = _lock(code, by)
    actions = list(circular.actions.order_by("number"))
    at = next(place for place, one in enumerate(actions) if one.code == circular.actions.get(code=action_code).code)
    to = at - 1 if up else at + 1
    if 0 <= to < len(actions):
        actions[at], actions[to] = actions[to], actions[at]
        _renumber(actions)
        touched(circular, by=by)


@transaction.atomic
def take_actions(code: str, *, by: Actor, reading_code: str, place: int, numbers: Sequence[int]) -> int:
    """Take actions over into a draft as a letter that was read in asks for them; returns how many.

    place: of the letter in its bundle, from 0; numbers: of its actions. Kinds of office that do not stand below the sender
    are left out; where none is left, everybody below is asked. Raises Reading.DoesNotExist, NotComplete (none chosen).
    """
    circular = _lock(code, by)
    policy.may_see_readings(by).require()
    reading = lock_reading(reading_code, actor=by)
    found = [one for one in asked(reading, place) if one.number in set(numbers)] if place < len(reading.letters) else []
    if not found:
        raise NotComplete(_("Choose at least one action."), field="numbers")
    first = circular.actions.count()
    if first + len(found) > MOST:
        raise NotPossible(_("A letter asks for at most %(most)s things."), params={"most": MOST})
    below = [kind for kind, _level, _many in kinds_below(circular.sender)]
    for number, one in enumerate(found, first + 1):
        CircularAction.objects.create(
            circular=circular,
            code=public_code("B", 4).replace("-", ""),
            number=number,
            kind=_kind(one, circular),
            title_th=title_of(one.text),
            text=one.text[:LONGEST_ACTION],
            opens_at=_begins(one),
            due_at=_ends(one),
            for_kinds=[kind for kind in one.to if kind in below] or [kind for kind in below if kind != Kind.CENTRE],
        )
    touched(circular, by=by)
    return len(found)


def title_of(text: str) -> str:
    """The first words of what is asked, cut at a blank, as Thai parts its phrases."""
    words = " ".join(text.split())
    if len(words) <= LONGEST_TITLE:
        return words
    cut = words.rfind(" ", 20, LONGEST_TITLE)
    return words[: cut if cut > 0 else LONGEST_TITLE].rstrip() + " …"


def _lock(code: str, by: Actor) -> Circular:
    circular = lock_circular(code, actor=by)
    policy.may_edit(by, circular).require()
    if circular.in_reply_to_id is not None:
        raise NotPossible(_("An answer to a letter asks for nothing."))
    return circular


def _set(circular: Circular, action: CircularAction, wanted: Wanted) -> None:
    bound = inherited(circular)
    own = action.code not in bound
    wrong: list[Item] = []
    text = clean(wanted.text, "text", LONGEST_ACTION)
    if not text:
        wrong.append(Item(_("Write what is asked."), "#id_text"))
    action.text = text
    action.title_th = clean(" ".join(wanted.title.split()) or title_of(text), "title", 400)
    action.link = wanted.link.strip()
    if own:
        below = {kind for kind, _level, _many in kinds_below(circular.sender)}
        kinds = [kind for kind in wanted.for_kinds if kind in below]
        if not kinds:
            wrong.append(Item(_("Choose whom it asks."), "#id_for_kinds"))
        if wanted.kind not in ActionKind.values:
            wrong.append(Item(_("Choose what kind of action it is."), "#id_kind"))
        elif wanted.kind == ActionKind.APPLY and circular.round_id is None:
            wrong.append(
                Item(
                    _("One applies in a round: begin a letter of the round, or ask for an answer instead."), "#id_kind"
                )
            )
        action.kind, action.for_kinds, action.opens_at = wanted.kind, kinds, wanted.opens_at
        action.survey, unfit = _survey(circular, wanted, kinds)
        wrong += unfit
    due_at = wanted.due_at
    if due_at is None and own and action.survey is not None:
        due_at = action.survey.closes_at
    wrong += [Item(one.label, "#id_due_at") for one in wrong_date(action, due_at, bound.get(action.code))]
    action.due_at = due_at
    if wrong:
        raise NotComplete(_("The action cannot be asked for like this."), items=wrong)


def _survey(circular: Circular, wanted: Wanted, kinds: Sequence[str]) -> tuple[Survey | None, list[Item]]:
    """The survey that is named, and what is wrong with it: every office that is asked must be one that it asks."""
    if not wanted.survey or wanted.kind != ActionKind.ANSWER_SURVEY:
        return None, []
    found = surveys.open_for(kinds, circular.sender.path)
    survey = next((one for one in found if one.code == wanted.survey), None)
    if survey is None:
        return None, [Item(_("This survey is over, or does not ask the offices of this letter."), "#id_survey")]
    left = [str(Kind(kind).label) for kind in kinds if kind not in survey.for_kinds]
    if left:
        sentence = _("The survey does not ask: %(kinds)s. Take them out, or choose another survey.")
        return None, [Item(str(sentence) % {"kinds": ", ".join(left)}, "#id_for_kinds")]
    return survey, []


def _renumber(actions: Sequence[CircularAction]) -> None:
    for number, one in enumerate(actions, 1):
        if one.number != number:
            CircularAction.objects.filter(pk=one.pk).update(number=number)


def _kind(one: asking.Asked, circular: Circular) -> str:
    if one.kind not in ActionKind.values or (one.kind == ActionKind.APPLY and circular.round_id is None):
        return str(ActionKind.REPLY)
    return one.kind


def _begins(one: asking.Asked) -> datetime | None:
    return datetime.combine(one.opens_on, time(), tzinfo=BANGKOK) if one.opens_on else None


def _ends(one: asking.Asked) -> Any:
    """The end of the due day: the moment at which the next one begins."""
    return datetime.combine(one.due_on + timedelta(days=1), time(), tzinfo=BANGKOK) if one.due_on else None
