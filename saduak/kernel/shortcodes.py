"""Codes of short links: short enough to be typed off paper, hard to mistype, and no two that look alike.

No O, 0, I, 1, L, U or V: nothing tells them apart on a bad copy, and none stands in for another. Of the pairs S/5, B/8 and
Z/2 only the digit is used, so that the letter, when somebody types it, can only mean the digit.
"""

import secrets
import unicodedata

ALPHABET = "23456789ACDEFGHJKMNPQRTWXY"
LENGTH = 7  # 26^7: eight thousand million codes
_GROUP = 3
_MEANT = str.maketrans("SBZ", "582")
_LONGEST = 40


def new_code() -> str:
    """A code that nobody can foresee; that it is not in use is for the database to say."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(text: str) -> str:
    """The code somebody typed, whatever they made of case, blanks, dashes, Thai or full-width digits, and of the letters
    that only look like a digit of ours. Empty for what cannot be one.

    >>> read_code("k7q-s3xb"), read_code("hello"), read_code("๗7k-q2mx")
    ('K7Q53X8', '', '77KQ2MX')
    """
    if len(text) > _LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", text).upper()
    kept = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in plain if one.isalnum())
    code = kept.translate(_MEANT)
    return code if len(code) == LENGTH and all(one in ALPHABET for one in code) else ""


def spelled(code: str) -> str:
    """The code as it is printed: "K7Q-53X8"."""
    return f"{code[:_GROUP]}-{code[_GROUP:]}"
