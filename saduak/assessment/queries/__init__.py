"""Reading screening and assessment. Other apps use what is named here."""

from saduak.assessment.queries.results import journal_subjects, result_of
from saduak.assessment.queries.waiting import waiting_for

__all__ = ["journal_subjects", "result_of", "waiting_for"]
