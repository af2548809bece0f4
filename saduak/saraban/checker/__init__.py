"""What a careful clerk would notice: in a letter, and between the letters of a bundle.

Nothing is corrected. Each finding says in one sentence what does not fit, and quotes every place it speaks of.
"""

from collections.abc import Sequence

from saduak.saraban.checker import days, enclosures, links, numbers, pages, stamps
from saduak.saraban.checker.chain import Bundle
from saduak.saraban.model import Finding, Letter
from saduak.saraban.sources.document import Document

_WEIGHT = {"error": 0, "warning": 1, "notice": 2}


def check(letters: Sequence[Letter], *, text: str, document: Document | None = None) -> list[Finding]:
    """All findings, the gravest first. `text` is the text that the spans of `letters` count in; `document` has its pages."""
    bundle = Bundle(letters, text)
    findings = [
        *(pages.check(document) if document else ()),
        *numbers.check(bundle),
        *enclosures.check(bundle),
        *links.check(bundle),
        *days.check(bundle),
        *stamps.check(bundle),
    ]
    return sorted(findings, key=lambda finding: (_WEIGHT[finding.severity], finding.letters))
