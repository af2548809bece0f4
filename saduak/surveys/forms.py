"""What officers type about a survey, and what a page of questions sends. Rules live in commands and policy."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from saduak.kernel.refusals import NotComplete
from saduak.packs import posted, question_fields, questions
from saduak.packs import queries as packs
from saduak.packs.models import Kind as PackKind
from saduak.packs.question_types import Question
from saduak.people import queries as people
from saduak.people.models import Kind, Organisation
from saduak.rounds import queries as rounds
from saduak.rounds.models import ActionKind
from saduak.surveys.models import Response, Survey
from saduak.web.form_fields import ThaiMomentField

ASKED = [one for one in Kind.choices if one[0] not in (Kind.SECRETARIAT, Kind.CENTRE)]


class OpenForm(forms.Form):
    """Which survey, in which round, of whom, from when to when."""

    pack = forms.ChoiceField(label=_("Survey"))
    round = forms.ChoiceField(label=_("Round"), required=False)
    top = forms.CharField(
        label=_("Whose offices are asked"),
        max_length=300,
        help_text=_("Code of a body, or words of its name that fit no other: it and everything below it. Of a survey for anybody: the service centre."),
    )  # fmt: skip
    for_kinds = forms.MultipleChoiceField(
        label=_("Kinds of office that answer"), required=False, choices=ASKED, widget=forms.CheckboxSelectMultiple
    )
    opens_at = ThaiMomentField(
        label=_("Opens"), help_text=_("For example 10 ม.ค. 2565 09.00; the day alone: from its beginning.")
    )
    closes_at = ThaiMomentField(
        label=_("Closes"), ends=True, help_text=_("For example 28 ก.พ. 2565 16.30; the day alone: until its end.")
    )

    def __init__(self, data: Any, *, top: Organisation | None, pack: str = "", round: str = "") -> None:
        super().__init__(data, initial={"top": top.code if top else "", "round": round})
        running = [one for one in rounds.rounds() if one.state == "OPEN"]
        chosen = next((one for one in running if one.code == round), None)
        named = rounds.surveys(chosen) if chosen else []
        found = named + [
            one for one in packs.latest(PackKind.SURVEY) if one.pack_id not in {pack.pack_id for pack in named}
        ]
        self.fields["pack"].choices = [
            (f"{one.pack_id}@{one.version}", f"{one.title} ({one.version})") for one in found
        ]  # type: ignore[attr-defined]
        self.fields["round"].choices = [("", _("no round")), *((one.code, one.name) for one in running)]  # type: ignore[attr-defined]
        asked = (
            next((one for one in rounds.actions(chosen) if one.kind == ActionKind.ANSWER_SURVEY), None)
            if chosen
            else None
        )
        self.initial["for_kinds"] = (
            asked.for_kinds if asked else [Kind.DEPARTMENT, Kind.PROVINCE, Kind.DISTRICT, Kind.LOCAL_BODY]
        )
        if asked and asked.due_at:
            self.initial["closes_at"] = asked.due_at
        if any(one.pack_id == pack for one in found):
            self.initial["pack"] = next(f"{one.pack_id}@{one.version}" for one in found if one.pack_id == pack)

    def clean_top(self) -> str:
        """The public code of the one body that is meant."""
        try:
            return people.meant(self.cleaned_data["top"]).code
        except NotComplete as wrong:
            raise forms.ValidationError(wrong.message, params=wrong.params) from wrong

    def command_data(self) -> dict[str, Any]:
        """What `commands.open_survey` takes."""
        given = self.cleaned_data
        pack_id, _at, version = given["pack"].rpartition("@")
        return {
            "pack_id": pack_id, "version": int(version), "round_code": given["round"], "top_code": given["top"],
            "for_kinds": given["for_kinds"], "opens_at": given["opens_at"], "closes_at": given["closes_at"],
        }  # fmt: skip


class CentreForm(forms.Form):
    """A survey for anybody about one of the office's own service centres."""

    pack = forms.ChoiceField(label=_("Survey"))
    top = forms.ChoiceField(label=_("Service centre"))
    opens_at = ThaiMomentField(
        label=_("Opens"), help_text=_("For example 10 ม.ค. 2565 09.00; the day alone: from its beginning.")
    )
    closes_at = ThaiMomentField(
        label=_("Closes"), ends=True, help_text=_("For example 28 ก.พ. 2565 16.30; the day alone: until its end.")
    )

    def __init__(self, data: Any, *, centres: list[Organisation]) -> None:
        super().__init__(data)
        found = [one for one in packs.latest(PackKind.SURVEY) if packs.form(one).answered_by == "anybody"]
        self.fields["pack"].choices = [(f"{one.pack_id}@{one.version}", str(one.title)) for one in found]  # type: ignore[attr-defined]
        self.fields["top"].choices = [(one.code, one.name) for one in centres]  # type: ignore[attr-defined]

    def command_data(self) -> dict[str, Any]:
        """What `commands.open_survey` takes."""
        given = self.cleaned_data
        pack_id, _at, version = given["pack"].rpartition("@")
        return {
            "pack_id": pack_id, "version": int(version), "top_code": given["top"],
            "opens_at": given["opens_at"], "closes_at": given["closes_at"],
        }  # fmt: skip


class ReasonForm(forms.Form):
    """Why a survey is ended."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Offices that have begun read it; the journal keeps it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class CloseForm(ReasonForm):
    """Another closing moment, and why. `seen` carries the one the officer had before the eyes."""

    closes_at = ThaiMomentField(
        label=_("Closes"), ends=True, help_text=_("For example 28 ก.พ. 2565 16.30; the day alone: until its end.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    field_order = ("closes_at", "reason", "seen")

    def __init__(self, data: Any, *, survey: Survey) -> None:
        super().__init__(data, initial={"closes_at": survey.closes_at, "seen": survey.closes_at.isoformat()})

    def clean_seen(self) -> datetime:
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            raise forms.ValidationError(_("Open this page again: it was sent in pieces.")) from None


@dataclass(frozen=True)
class Typed:
    """What a page of questions sends: answers that were touched, and the versions that the page shows."""

    answers: dict[str, Any]
    versions: dict[str, int]


def typed(data: QueryDict, asked: Iterable[Question]) -> Typed:
    """Read what was posted. An answer that is as the page received it is left out: whoever did not touch it has nothing
    to say about it, and overwrites nobody."""
    state = _state(data.get("state", ""))
    found = {}
    for one in asked:
        if not posted.was_asked(one, name_of(one), data):
            continue
        raw = posted.raw(one, name_of(one), data)
        clean = questions.parse(question_fields.drafted(one), raw)
        if one.id in state and clean.ok and checksum(questions.to_json(clean.value)) == state[one.id][1]:
            continue
        found[one.id] = raw
    return Typed(found, {key: version for key, (version, _mark) in state.items()})


def name_of(question: Question) -> str:
    """The name of a question's inputs."""
    return f"q-{question.id}"


def state_of(response: Response | None, asked: Iterable[Question]) -> dict[str, list[int]]:
    """What a page knows of the answers it shows: id → [version, checksum], for its hidden input."""
    values: Mapping[str, Any] = response.values if response else {}
    written: Mapping[str, Any] = response.written if response else {}
    return {one.id: [written.get(one.id, {}).get("version", 0), checksum(values.get(one.id))] for one in asked}


def checksum(value: Any) -> int:
    """A short mark of an answer; no secret and no proof, only to see whether somebody touched it."""
    return zlib.crc32(json.dumps(value, ensure_ascii=False, sort_keys=True).encode())


def _state(text: str) -> dict[str, tuple[int, int]]:
    """The page's own record; what is none counts as nothing known."""
    try:
        known = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {
        key: (pair[0], pair[1])
        for key, pair in known.items()
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, int) for one in pair)
    }
