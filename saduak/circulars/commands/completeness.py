"""What a letter cannot leave without."""

import re

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

# Where a place of the text shows dots, because nobody has written yet what belongs there (`wording.UNKNOWN`, or by hand).
DOTS = re.compile(r"(?:…\s?){2,}|(?:\.\s?){5,}")
WITH_PLACES = {"references": _("Refers to"), "enclosures": _("Enclosures"), "contact": _("Contact lines")}
SIGNED = ("signatory", "position")  # a stamped letter bears the seal and initials instead


def missing_parts(circular: Circular, some: bool | None = None) -> list[Item]:
    """Every part that is missing, with its place on the page on which the letter is written.

    some: whether there are addressees, where that is known. Raises NotComplete for a list that names no office.
    """
    wanted = {name: label for name, label in WANTED.items() if circular.form != Form.STAMPED or name not in SIGNED}
    missing = [Item(label, f"#id_{name}") for name, label in wanted.items() if not getattr(circular, name).strip()]
    missing += [
        Item(_("Dots that nobody has filled in: %(part)s") % {"part": label}, f"#id_{name}")
        for name, label in (wanted | WITH_PLACES).items()
        if DOTS.search(getattr(circular, name))
    ]
    missing += [
        Item(_("Dots that nobody has filled in: %(part)s") % {"part": action.title}, f"#id_action_{action.code}")
        for action in circular.actions.all()
        if DOTS.search(action.text)
    ]
    if circular.acting and not circular.acting_for.strip():
        missing.append(Item(_("The post that the person who signs acts for"), "#id_acting_for"))
    if not (addressees(circular).exists() if some is None else some):
        missing.append(Item(_("Addressees: nobody fits what was chosen"), "#id_selection"))
    return missing
