"""The reason an officer gives for bending the calendar: kept in the journal, read by those concerned."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.refusals import NotComplete

LENGTH = (10, 1000)  # characters


def reason_of(written: str) -> str:
    """The reason on one line. Raises NotComplete when it is too short to say anything, or too long."""
    words = " ".join(written.split())
    if not LENGTH[0] <= len(words) <= LENGTH[1]:
        raise NotComplete(
            _("Write the reason in %(least)s to %(most)s characters; the journal keeps it."),
            params={"least": LENGTH[0], "most": LENGTH[1]},
            field="reason",
        )
    return words
