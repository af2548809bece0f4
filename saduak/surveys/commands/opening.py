"""Opening a survey of a published pack."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import Item, NotComplete, NotPossible
from saduak.kernel.shortcodes import new_code
from saduak.packs import queries as packs
from saduak.packs.asking import Form
from saduak.packs.models import Kind as PackKind
from saduak.packs.models import PublishedPack
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round
from saduak.surveys import policy
from saduak.surveys.commands.subjects import subject
from saduak.surveys.models import AnsweredBy, Survey

LONGEST = timedelta(days=3 * 366)  # what is open for longer is a slip of the pen


@transaction.atomic
def open_survey(
    pack_id: str,
    *,
    by: Actor,
    opens_at: datetime,
    closes_at: datetime,
    version: int | None = None,
    round_code: str = "",
    top_code: str = "",
    for_kinds: Sequence[str] = (),
) -> Survey:
    """Open a survey of a published pack, from one moment to another (half-open), in a round or without one.

    version: of the pack, when none is given that which the round names, else its newest; top_code: the body whose part of the tree is asked (the actor's own
    when none is given), of a survey for anybody the service centre it is about; for_kinds: kinds of office that answer.
    Raises NotAllowed, NotPossible (no such pack, it asks for files, it is open already, the round has ended), NotComplete
    naming every field.
    """
    policy.may_open_some(by).require()
    round = _round(round_code)
    pack = _pack(pack_id, version or _named(round, pack_id))
    asked = packs.form(pack)
    _check_questions(asked)
    anybody = asked.answered_by == "anybody"
    if not anybody:
        policy.may_open_survey(by).require()
    top, wrong = _top(top_code, by, anybody)
    if anybody and top is not None:
        policy.may_open_survey(by, top).require()
    kinds = [] if anybody or top is None else _kinds(top, for_kinds)
    if not anybody and top is not None and not kinds:
        wrong.append(
            Item(_("Choose who is asked: no office of these kinds lies at or below this body."), "#id_for_kinds")
        )
    wrong += _wrong_dates(opens_at, closes_at)
    if wrong or top is None:
        raise NotComplete(_("The survey cannot be opened like this."), items=wrong)
    made = Survey(
        code=public_code("S", 8), link=new_code() if anybody else None, pack=pack, round=round, top=top, for_kinds=kinds, least_group=asked.least_group,
        answered_by=AnsweredBy.ANYBODY if anybody else AnsweredBy.ORGANISATION,
        opens_at=opens_at, closes_at=closes_at, opened_at=clock.now(), opened_by=by.name,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # a double click, another officer, or one that was never ended
        there = Survey.objects.filter(pack=pack, top=top, state="OPEN").first()
        raise NotPossible(
            _("This survey has been opened already: %(code)s. End that one first to ask again."),
            params={"code": there.code if there else ""},
        ) from None
    details = {
        "pack": pack.pack_id, "version": pack.version, "round": round.code if round else "", "top": top.code,
        "for_kinds": kinds, "opens": opens_at.isoformat(), "closes": closes_at.isoformat(),
    }  # fmt: skip
    journal.record("survey.opened", subject(made), by=by, details=details)
    return made


def _pack(pack_id: str, version: int | None) -> PublishedPack:
    try:
        found = packs.published(pack_id, version)
    except PublishedPack.DoesNotExist:
        found = None
    if found is None or found.kind != PackKind.SURVEY:
        raise NotPossible(_("The survey “%(pack)s” has not been published."), params={"pack": pack_id}, field="pack")
    return found


def _named(round: Round | None, pack_id: str) -> int | None:
    """The version of the survey that the round's pack names."""
    return next((one.version for one in rounds.surveys(round) if one.pack_id == pack_id), None) if round else None


def _check_questions(asked: Form) -> None:
    """Answers are words, numbers and choices: files of thousands of offices would need a home and a clean-up of their own."""
    files = next((one for one in asked.questions if one.type == "file"), None)
    if files is not None:
        raise NotPossible(
            _("This survey asks for files (“%(question)s”), which surveys do not take. Publish a version without it."),
            params={"question": files.title.th},
            field="pack",
        )


def _round(code: str) -> Round | None:
    if not code:
        return None
    try:
        found = rounds.by_code(code)
    except Round.DoesNotExist:
        raise NotComplete(_("There is no round “%(code)s”."), params={"code": code}, field="round") from None
    if found.state == "ENDED":
        raise NotPossible(_("The round has ended."), field="round")
    return found


def _top(code: str, by: Actor, anybody: bool) -> tuple[Organisation | None, list[Item]]:
    found = people.organisations().filter(code=code) if code else people.organisations().filter(pk=by.organisation_id)
    top = found.first()
    if top is None:
        return None, [Item(_("Name the body whose offices are asked, by its code."), "#id_top")]
    if anybody and top.kind != Kind.CENTRE:
        return None, [
            Item(_("A survey for anybody is about one service centre: give the code of a centre."), "#id_top")
        ]
    return top, []


def _kinds(top: Organisation, wanted: Sequence[str]) -> list[str]:
    """The kinds that were chosen; none where no office of any of them lies at or below the top."""
    there = set(people.subtree(top.path).order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in Kind.values if kind in wanted] if there & set(wanted) else []


def _wrong_dates(opens_at: datetime, closes_at: datetime) -> list[Item]:
    if closes_at <= opens_at:
        return [Item(_("The survey would close before it opens."), "#id_closes_at")]
    if closes_at <= clock.now():
        return [Item(_("The survey would be closed already. Give a moment from now on."), "#id_closes_at")]
    if closes_at - opens_at > LONGEST:
        return [
            Item(_("The survey would be open for more than three years. Look at the year you wrote."), "#id_closes_at")
        ]
    return []
