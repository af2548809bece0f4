"""Amounts as people write them."""

from decimal import Decimal


def shown(amount: Decimal) -> str:
    """An amount as people write it: 80, 79.5, 0."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
