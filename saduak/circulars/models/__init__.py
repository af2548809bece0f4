"""Readings of letters, circulars and their deliveries, and the registers of an office."""

from saduak.circulars.models.circular import Circular, CircularAction
from saduak.circulars.models.delivery import Assignment, Delivery, Reply
from saduak.circulars.models.reading import Reading
from saduak.circulars.models.register import Counter, Direction, RegisterEntry

__all__ = [
    "Assignment",
    "Circular",
    "CircularAction",
    "Counter",
    "Delivery",
    "Direction",
    "Reading",
    "RegisterEntry",
    "Reply",
]
