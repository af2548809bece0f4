"""A programme's yearly round: its windows, what was moved of them, its numbered actions, who was admitted late."""

from saduak.rounds.models.calendar import Action, ActionKind, LateEntry, Round, Window, WindowKind
from saduak.rounds.models.feeds import CalendarAddress
from saduak.rounds.models.moves import WindowMove

__all__ = ["Action", "ActionKind", "CalendarAddress", "LateEntry", "Round", "Window", "WindowKind", "WindowMove"]
