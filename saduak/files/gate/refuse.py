"""How the gate says no."""

from typing import Any, NoReturn

from saduak.kernel.refusals import NotComplete

FIELD = "file"


def refuse(message: Any, **params: Any) -> NoReturn:
    """Raise the refusal of a file. `message` is a lazy translation with named placeholders."""
    raise NotComplete(message, params=params, field=FIELD)
