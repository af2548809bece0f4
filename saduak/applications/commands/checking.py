"""What several commands ask before they write: a note that can be kept, an application in which nothing is missing."""

from django.utils.translation import gettext_lazy as _

from saduak.applications import queries
from saduak.applications.kept_text import BadValue, clean_text
from saduak.applications.models import Application
from saduak.kernel.refusals import Item, NotComplete

LONGEST_NOTE = 2000


def note_of(text: str, field: str) -> str:
    """A note as it may be kept. Raises NotComplete when it is too long."""
    try:
        return clean_text(text, LONGEST_NOTE).strip()
    except BadValue as error:
        raise NotComplete(error.sentence, field=field) from None


def require_complete(application: Application) -> queries.Draft:
    """The whole application, when nothing is missing. Raises NotComplete that names every missing item with its place."""
    draft = queries.draft(application)
    missing = draft.progress.missing
    if missing:
        raise NotComplete(
            _("%(count)s things are still missing."),
            params={"count": len(missing)},
            items=[
                Item(one.label, f"/applications/{application.number}/sections/{one.section}/#{one.item}")
                for one in missing
            ],
        )
    return draft
