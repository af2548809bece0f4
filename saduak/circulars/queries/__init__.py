"""Reading circulars. `waiting_for` and `reached` are for the desk, `applied` the one question to applications."""

from saduak.circulars.queries.actions import applied, of_actor
from saduak.circulars.queries.boxes import reached, waiting_for

__all__ = ["applied", "of_actor", "reached", "waiting_for"]
