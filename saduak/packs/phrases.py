"""Sentences of modules that know no catalogue, marked here for it."""

from django.utils.translation import gettext_noop as _

from saduak.packs import mistakes

HAS_MISTAKES = _("The pack has %(count)s mistake(s) and was not published.")
if HAS_MISTAKES != mistakes.HAS_MISTAKES:
    raise RuntimeError("phrases.HAS_MISTAKES no longer says what mistakes says: copy the sentence anew.")
