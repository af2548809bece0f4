"""How the journal names what is written about."""

from saduak.journal import commands as journal
from saduak.surveys.models import Survey


def subject(survey: Survey) -> journal.Subject:
    return journal.Subject("survey", survey.code, survey.pack.title_th)
