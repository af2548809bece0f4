"""The offices that a letter names, and what each may mean in the tree of organisations."""

from dataclasses import dataclass

from saduak.circulars.matching import Matched, match
from saduak.circulars.models import Reading
from saduak.circulars.queries.readings import FIELDS, values

# Fields that name offices, one a line.
NAMING = ("agency", "addressees", "through", "signatory.acting_for", "receipts")
MOST_NAMES = 20  # looked up for one letter; a distribution list of hundreds is chosen over the tree


@dataclass(frozen=True)
class Named:
    """A name of the letter. key: field and line, "addressees-0"; code: what was decided ("" none of ours), None: open."""

    key: str
    label: str
    text: str
    matched: Matched
    code: str | None

    @property
    def chosen(self) -> str | None:
        """What to show as chosen: the decision, else the best match, else nothing."""
        return self.code if self.code is not None else (self.matched.best.code if self.matched.best else None)


def names(reading: Reading, place: int) -> list[tuple[str, str]]:
    """(key, name) of every office that the letter names, as corrected."""
    given = values(reading, place)
    found = []
    for name in NAMING:
        lines = [line for line in given.get(name, "").splitlines() if line.strip()]
        if name == "agency" and lines:
            lines = [" ".join(lines)]
        for nth, line in enumerate(lines):
            office = line.split(" · ")[0].strip()
            if name == "receipts" and (not office or office[0] in "0123456789๐๑๒๓๔๕๖๗๘๙"):
                continue  # a stamp without the name of its office
            found.append((f"{name}-{nth}", office))
    return found[:MOST_NAMES]


def named(reading: Reading, place: int) -> list[Named]:
    """Every office that the letter names, with what it may mean. Two queries."""
    found = names(reading, place)
    decided = reading.bodies.get(str(place), {})
    shown = []
    for (key, text), matched in zip(found, match([text for _key, text in found]), strict=True):
        kept = decided.get(key, {})
        # A decision holds for the text it was made for, not for what a later correction put in its place.
        code = kept.get("code") if kept.get("text") == text else None
        shown.append(Named(key, str(FIELDS[key.rpartition("-")[0]]), text, matched, code))
    return shown
