"""What the public is told, in both languages at once: whoever scans a code may read either."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from saduak.certificates.models import Reason
from saduak.certificates.queries import Outcome
from saduak.thai.dates import format_date

_ = gettext_noop
LANGUAGES = ("th", "en")
NO_BREAK = "\u2011"  # a hyphen at which no line breaks; a number that is copied with it is found all the same

# code: (headline, sentence)
OUTCOMES: dict[str, tuple[str, str]] = {
    "VALID": (_("This certificate is valid"), _("It holds until %(valid_to)s.")),
    "DUE": (
        _("This certificate is valid"),
        _("It holds until %(valid_to)s. It ends in this fiscal year, so the centre has to apply again to keep it."),
    ),
    "EXPIRED": (_("This certificate has expired"), _("It ended on %(valid_to)s and no longer counts.")),
    "SUSPENDED": (
        _("This certificate is suspended"),
        _("Since %(since)s it does not count, until it has been looked into. Reason: %(reason)s."),
    ),
    "REVOKED": (
        _("This certificate has been revoked"),
        _("Since %(since)s it no longer counts, whatever the paper says. Reason: %(reason)s."),
    ),
    "SUCCEEDED": (
        _("A newer certificate has taken its place"),
        _("This one no longer counts. See the newer one for how the centre stands today."),
    ),
    "UNKNOWN": (
        _("We did not issue this certificate"),
        _("The register has no certificate with the number %(number)s."),
    ),
}
FACTS = {
    "centre": _("Centre"),
    "office": _("Belongs to"),
    "level": _("Level"),
    "round": _("Round"),
    "number": _("Certificate number"),
    "term": _("Term"),
}
TERM = _("%(valid_from)s to %(valid_to)s")

PAPER: dict[str, tuple[str, str]] = {
    "AGREES": (
        _("The code on the paper is genuine"),
        _("It was signed by us and says the same as the register. Whether the certificate counts today is said above."),
    ),
    "DIFFERS": (
        _("The code is genuine, but the register says something else"),
        _(
            "The code was signed by us, but centre, level or term have another wording in the register. The register counts."
        ),
    ),
    "MISSING": (
        _("The code cannot be relied on"),
        _("Its signature fits, but the register does not know the certificate. Do not rely on this paper and tell us."),
    ),
    "altered": (
        _("The code on the paper was altered"),
        _("Its signature does not fit what it says. Do not rely on this paper."),
    ),
    "unknown_key": (
        _("The code on the paper was not signed by us"),
        _(
            "It names a key that is not ours, or that we have withdrawn. Do not rely on this paper; the register counts."
        ),
    ),
    "expired_key": (
        _("The code on the paper was not signed by us"),
        _("The key it names did not count on the day of signing. Do not rely on this paper; the register counts."),
    ),
    "mismatch": (
        _("Link and code do not belong together"),
        _("The code belongs to another certificate than the link beside it. Do not rely on this paper."),
    ),
    "malformed": (
        _("This is no code of ours"),
        _(
            "The text is not the content of the code on a certificate, or only a part of it. Scan the code again and copy all of it."
        ),
    ),
}
PAPER_GOOD = frozenset({"AGREES"})


def both(text: Any, params: Mapping[str, Any] | None = None) -> dict[str, str]:
    """A phrase (msgid or lazy) in Thai and English; params may hold a day, a phrase, or {th, en}."""
    told = _phrase(text) if isinstance(text, str) else _lazy_phrase(text)
    if not params:
        return dict(zip(LANGUAGES, told, strict=True))
    return {
        language: phrase % {name: _in(value, language) for name, value in params.items()}
        for language, phrase in zip(LANGUAGES, told, strict=True)
    }


@lru_cache(maxsize=256)
def _phrase(text: str) -> tuple[str, ...]:
    """Looked up once in the life of a process: this page has to be quick."""
    return _lazy_phrase(text)


def _lazy_phrase(text: Any) -> tuple[str, ...]:
    told = []
    for language in LANGUAGES:
        with translation.override(language):
            told.append(gettext(text) if isinstance(text, str) else str(text))
    return tuple(told)


def outcome_words(outcome: Outcome) -> tuple[dict[str, str], dict[str, str]]:
    """Headline and sentence for what a check found."""
    headline, sentence = OUTCOMES["DUE" if outcome.due else outcome.code]
    return both(headline), both(sentence, _params(outcome))


def facts(outcome: Outcome) -> list[tuple[str, dict[str, str], dict[str, str]]]:
    """(key, label, value) of what the certificate says, each in both languages."""
    values = {
        "centre": _named(outcome, "centre_name"),
        "office": _named(outcome, "office_name"),
        "level": _named(outcome, "level_name"),
        "term": both(TERM, _params(outcome)),
        "round": _named(outcome, "round_name"),
        "number": {"th": outcome.number, "en": outcome.number},
    }
    return [(key, both(FACTS[key]), value) for key, value in values.items()]


def paper_words(code: str) -> tuple[dict[str, str], dict[str, str]]:
    headline, sentence = PAPER[code]
    return both(headline), both(sentence)


def _params(outcome: Outcome) -> dict[str, Any]:
    return {
        "number": outcome.number.replace("-", NO_BREAK),
        "valid_from": outcome.valid_from,
        "valid_to": outcome.valid_to,
        "since": outcome.since,
        "reason": both(Reason(outcome.reason).label) if outcome.reason else "",
    }


def _named(outcome: Outcome, what: str) -> dict[str, str]:
    thai = getattr(outcome, f"{what}_th")
    return {"th": thai, "en": getattr(outcome, f"{what}_en") or thai}


def _in(value: Any, language: str) -> str:
    if isinstance(value, dict):
        return str(value[language])
    if isinstance(value, date):
        return format_date(value, language="en" if language == "en" else "th")
    return str(value)
