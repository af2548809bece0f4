"""Reading circulars. `waiting_for` is for the desk, `applied` the one question to applications."""

from saduak.circulars.queries.actions import applied, of_actor
from saduak.circulars.queries.boxes import waiting_for

__all__ = ["applied", "of_actor", "waiting_for"]
