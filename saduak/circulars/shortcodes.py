"""The codes of short links, under the name by which migrations know them."""

from saduak.kernel.shortcodes import ALPHABET, LENGTH, new_code, read_code, spelled

__all__ = ["ALPHABET", "LENGTH", "new_code", "read_code", "spelled"]
