"""What a letter cannot leave without."""

from django.utils.translation import gettext_lazy as _

from saduak.circulars.models import Circular
from saduak.circulars.models.circular import Form
from saduak.circulars.queries.addressees import addressees
from saduak.kernel.refusals import Item

# What a letter cannot leave without, and what to call it.
WANTED = {
    "prefix": _("Code of the office in its letter numbers"),
    "subject": _("Subject"),
    "addressee": _("To"),
    "paragraphs": _("Text"),
    "closing": _("Closing sentence"),
    "signatory": _("Name of the person who signs"),
    "position": _("Position of the person who signs"),
}

SIGNED = ("signatory", "position")  # a stamped letter bears the seal and initials instead


def missing_parts(circular: Circular, some: bool | None = None) -> list[Item]:
    """Every part that is missing, with its place on the page on which the letter is written.

    some: whether there are addressees, where that is known. Raises NotComplete for a list that names no office.
    """
    wanted = {name: label for name, label in WANTED.items() if circular.form != Form.STAMPED or name not in SIGNED}
    missing = [Item(label, f"#id_{name}") for name, label in wanted.items() if not getattr(circular, name).strip()]
    if circular.acting and not circular.acting_for.strip():
        missing.append(Item(_("The post that the person who signs acts for"), "#id_acting_for"))
    if not (addressees(circular).exists() if some is None else some):
        missing.append(Item(_("Addressees: nobody fits what was chosen"), "#id_selection"))
    return missing
