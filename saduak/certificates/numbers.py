"""Certificate numbers: GECC-2565-7KQ2MX. Short enough for the telephone, too many to guess.

The last part is random, so that a number tells nothing about how many there are and nobody finds the next one by
counting: 32^6 = 1,073,741,824 possibilities a round, against about a thousand certificates.
"""

import secrets
import unicodedata

from saduak.kernel.codes import ALPHABET

RANDOM_LENGTH = 6
LONGEST = 60
# Nobody should have to know which of the look-alikes was meant. The random part has none of them; in the code of the
# round both spellings lead to the same place.
_ALIKE = str.maketrans("OI", "01")


def new_number(round_code: str) -> str:
    """A number that nobody can foresee; that it is not in use is for the database to say."""
    return f"{round_code}-" + "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))


def key(text: str) -> str:
    """What a number is found by: capitals and digits only, whatever the typist made of dashes, blanks, case, Thai or
    full-width digits, and of O for 0 or I for 1. Empty for what cannot be a number."""
    if len(text) > 4 * LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", text).upper()
    kept = "".join(_digit(letter) for letter in plain if letter.isalnum())
    return kept.translate(_ALIKE) if kept.isascii() and len(kept) <= LONGEST else ""


def _digit(letter: str) -> str:
    """Thai ๒ and any other decimal digit as an Arabic one."""
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
