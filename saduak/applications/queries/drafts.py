"""An application as its own people work on it: answers, evidence, progress, remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField
from django.utils.translation import get_language

from saduak.applications import profile as profiles
from saduak.applications import progress as progress_of
from saduak.applications import questionnaire
from saduak.applications.models import Answer, Application, Evidence, Remark
from saduak.applications.progress import Progress
from saduak.applications.queries.visible import own
from saduak.files.models import Scan
from saduak.packs import queries as packs
from saduak.packs.asking import Form
from saduak.packs.standard import Standard
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round
from saduak.statements import Statement


def standard(application: Application) -> Standard:
    """The standard by which it is made and judged for ever."""
    return packs.standard(application.round.standard_pack)


def form(application: Application) -> Form | None:
    """The form of the profile that its round names; None: the round asks for no profile."""
    return rounds.profile_form(application.round)


def of_centre(centre: Organisation, round: Round) -> Application | None:
    """The centre's application in the round that has not been withdrawn."""
    return Application.objects.filter(centre=centre, round=round).exclude(state="WITHDRAWN").first()


def answers(application: Application) -> dict[str, Answer]:
    """item → answer, as it stands now."""
    return {one.item: one for one in Answer.objects.filter(application=application)}


def profile(application: Application) -> dict[str, Any]:
    """The centre's profile as it stands now: id of a question → value."""
    return profiles.drafted(form(application), answers(application))


def evidence(application: Application, *, removed: bool = False) -> list[Evidence]:
    """The pieces of evidence in the order they were added; with removed=True those that were taken out instead."""
    found = Evidence.objects.filter(application=application, removed_at__isnull=not removed)
    return list(found.select_related("stored").order_by("pk"))


def piece(application: Application, public_id: str) -> Evidence:
    """One piece of evidence, removed or not. Raises Evidence.DoesNotExist."""
    return Evidence.objects.select_related("stored").get(application=application, uuid=_uuid(public_id))


def same_file(piece: Evidence, actor: Actor) -> list[Evidence]:
    """Other pieces of the actor's own applications, of any year and centre, with the very same content; newest first."""
    if piece.stored is None:
        return []
    found = Evidence.objects.filter(stored__sha256=piece.stored.sha256, removed_at=None, application__in=own(actor))
    return list(found.exclude(pk=piece.pk).select_related("application__centre").order_by("-pk")[:20])


def _uuid(public_id: str) -> str:
    """Anything that is no id matches nothing, instead of failing on the way into the database."""
    plain = str(public_id).replace("-", "")
    return plain if len(plain) == 32 and all(c in "0123456789abcdef" for c in plain) else "0" * 32


@dataclass(slots=True)
class AnswerRow:
    """An answer for reading: a third of the time of a model, of which a form shows seventy."""

    item: str
    value: Any
    justification: str
    version: int
    rivals: list[dict[str, Any]]
    copied_from: int | None = None


@dataclass(slots=True)
class PieceRow:
    """A piece of evidence for reading."""

    title: str
    items: list[str]
    kind: str
    usable: bool = True


@dataclass(frozen=True)
class Sketch:
    """What the form shows of an application. form: that of the profile, or None."""

    standard: Standard
    form: Form | None
    answers: Mapping[str, AnswerRow]
    evidence: list[PieceRow]

    @property
    def progress(self) -> Progress:
        return progress_of.progress(self.standard, self.form, self.answers, self.evidence)


def sketch(application: Application) -> Sketch:
    """As `draft`, for reading only: two queries."""
    pieces = [
        PieceRow(title, items, kind or questionnaire.LINK, scan != Scan.INFECTED)
        for title, items, kind, scan in PIECES.rows(application=application.pk)
    ]
    given = {row[0]: AnswerRow(*row) for row in GIVEN.rows(application=application.pk)}
    return Sketch(standard(application), form(application), given, pieces)


GIVEN = Statement(
    lambda at: Answer.objects.filter(application_id=at["application"]).values_list(
        "item", "value", "justification", "version", "rivals", "copied_from"
    ),
    application=BigIntegerField(),
)
PIECES = Statement(
    lambda at: (
        Evidence.objects.filter(application_id=at["application"], removed_at=None)
        .order_by("pk")
        .values_list("title", "items", "stored__kind", "stored__scan")
    ),
    application=BigIntegerField(),
)


@dataclass(frozen=True)
class Draft:
    """All of an application as its own people work on it."""

    application: Application
    standard: Standard
    form: Form | None
    answers: Mapping[str, Answer]
    evidence: list[Evidence]

    @property
    def progress(self) -> Progress:
        return progress_of.progress(self.standard, self.form, self.answers, self.evidence)


def draft(application: Application) -> Draft:
    """Answers and evidence as they stand: two queries."""
    return Draft(application, standard(application), form(application), answers(application), evidence(application))


def progress(application: Application) -> Progress:
    """What is complete and what is missing."""
    return sketch(application).progress


def remarks(application: Application) -> list[Remark]:
    """The remarks on the last submission that was returned, in the order of the form; [] when none was."""
    every = list(
        Remark.objects.filter(application=application).select_related("submission").defer("submission__content")
    )
    last = max((one.submission.sequence for one in every), default=0)
    found = [one for one in every if one.submission.sequence == last]
    items = [*profiles.questions(form(application)), *questionnaire.places(standard(application))]
    order = {item: place for place, item in enumerate(items)}
    return sorted(found, key=lambda one: order.get(one.item, -1))


def item_titles(application: Application) -> dict[str, str]:
    """item → its number and title in the reader's language, questions of the profile included."""
    language = get_language()
    titles = {item: one.title.say(language) for item, one in profiles.questions(form(application)).items()}
    for item, place in questionnaire.places(standard(application)).items():
        one = place.sub_item or place.criterion
        titles[item] = f"{one.number} {(place.question or one).title.say(language)}"
    return titles
