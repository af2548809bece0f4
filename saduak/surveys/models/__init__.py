"""Surveys, what organisations answer, and what anybody answers without a name."""

from saduak.surveys.models.public import PublicAnswer
from saduak.surveys.models.response import Response
from saduak.surveys.models.survey import AnsweredBy, CloseMove, Survey

__all__ = ["AnsweredBy", "CloseMove", "PublicAnswer", "Response", "Survey"]
