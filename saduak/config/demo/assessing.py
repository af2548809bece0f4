"""Screening, teams, marks, decision and certificates of the demonstration."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from saduak.applications.models import Application
from saduak.assessment import commands as assessment
from saduak.kernel import clock

if TYPE_CHECKING:
    from saduak.config.demo.story import Story


def screen(story: Story) -> None:
    """Every handed-in application is looked at: most are ready, some go back, one is not ready."""
