"""Public codes: what stands in addresses and is said over the telephone, in place of keys that count."""

import secrets

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0, 1


def public_code(prefix: str, length: int = 6) -> str:
    """A public number that can be read over the telephone, such as C-7KQ2MX."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))
