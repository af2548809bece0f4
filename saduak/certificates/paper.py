"""A paper held against the register: is its code ours, and does it say the same?"""

from dataclasses import dataclass

from saduak.certificates import credential, queries
from saduak.certificates.credential import Claim
from saduak.certificates.queries import Outcome
from saduak.documents.payloads import PayloadRefused


@dataclass(frozen=True)
class Paper:
    """code: AGREES, DIFFERS, MISSING, or why the code was refused (wording.PAPER); outcome: what the register says of
    the number, which is what counts; claim: what the paper says, None when nothing it says is proved."""

    code: str
    outcome: Outcome | None = None
    claim: Claim | None = None


def check(text: str) -> Paper:
    """Check what a QR code holds, a link with a payload or the payload alone. Never raises for what people paste."""
    number, _token = credential.split(text)
    try:
        claim = credential.check(text)
    except PayloadRefused as refused:
        return Paper(refused.code, queries.check(number) if number else None)
    outcome = queries.check(claim.number)
    if not outcome.known:
        return Paper("MISSING", outcome, claim)
    return Paper("AGREES" if _same(claim, outcome) else "DIFFERS", outcome, claim)


def _same(claim: Claim, outcome: Outcome) -> bool:
    name = claim.centre.removesuffix("…")
    return (
        (claim.level, claim.valid_from, claim.valid_to) == (outcome.level_name_th, outcome.valid_from, outcome.valid_to)
        and outcome.centre_name_th.startswith(name)
        and (claim.centre.endswith("…") or name == outcome.centre_name_th)
    )
