"""Keeping what anybody answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from saduak.kernel import clock
from saduak.kernel.refusals import Item, NotComplete
from saduak.packs import questions
from saduak.people.actor import Actor
from saduak.surveys import policy, queries
from saduak.surveys.models import PublicAnswer


@transaction.atomic
def answer_publicly(link: str, answers: Mapping[str, Any], *, by: Actor, token: str) -> bool:
    """Keep an answer of somebody unknown; False when the same page was sent before.

    answers: id of question → what was typed; what is not asked is left out. Nothing of `by` is kept: it is NOBODY, or
    whoever is signed in and answers as anybody. No line in the journal, which would tell the moment. Raises NotPossible
    (not open), NotComplete naming every question (`where` is its id), Survey.DoesNotExist.
    """
    survey = queries.by_link(link)
    policy.may_answer_publicly(by, survey).require()
    form = queries.form(survey)
    clean = {one.id: questions.parse(one, answers.get(one.id)) for one in form.questions}
    asked = questions.applicable(form.questions, {key: one.value for key, one in clean.items() if one.ok})
    wrong = [Item(clean[one.id].refusal, one.id) for one in asked if not clean[one.id].ok]
    if wrong:
        raise NotComplete(_("Some questions are not answered yet."), items=wrong)
    values = {one.id: questions.to_json(clean[one.id].value) for one in asked if clean[one.id].value is not None}
    try:
        with transaction.atomic():
            PublicAnswer.objects.create(survey=survey, token=token, on=clock.today(), values=values)
    except IntegrityError:
        return False
    return True
