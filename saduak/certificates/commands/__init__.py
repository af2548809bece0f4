"""What changes certificates: issuing them, and saying that one does not count."""

from saduak.certificates.commands.changing import LONGEST_REASON, reinstate, revoke, suspend, withdraw_key
from saduak.certificates.commands.issuing import enter_earlier, issue
from saduak.certificates.commands.rounds import carry_on, issue_round

__all__ = [
    "LONGEST_REASON",
    "carry_on",
    "enter_earlier",
    "issue",
    "issue_round",
    "reinstate",
    "revoke",
    "suspend",
    "withdraw_key",
]
