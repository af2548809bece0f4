"""Sentences that several apps say, each named once. They are msgids: give them to a verdict or a refusal.

Placeholders are named; `saduak.web.refusals` fills them in the reader's language.
"""

from django.utils.translation import gettext_noop as _

from saduak.kernel import workflow

NOT_YOUR_TURN = _("It is not your turn: %(holder)s has to act now.")
NOT_YOUR_ROLE = _("Your present role (%(role)s) may not do this. Change the role if you hold another post.")
NOT_YOUR_OFFICE = _("This belongs to another office. Only people of that office may do this.")
WINDOW_NOT_OPEN = _("This opens on %(opens)s.")
WINDOW_CLOSED = _("This closed on %(closed)s. What you wrote is kept.")
CHANGED_MEANWHILE = _("Somebody changed this while you had it open. Look at the new state and try again.")
ALREADY_DONE = _("This has already been done.")
REASON_NEEDED = _("Give a reason: those concerned will read it.")
SIGN_IN_FIRST = _("Sign in first.")
POST_NEEDED = _("You hold no post here yet. Ask the head of your office to invite you.")
THINGS_MISSING = _("Something is still missing. Each item below leads to its place.")

# The kernel knows no catalogue, so its one sentence is marked here.
IMPOSSIBLE = _("“%(move)s” is not possible now: the state is “%(state)s”.")
if IMPOSSIBLE != workflow.IMPOSSIBLE:
    raise RuntimeError("phrases.IMPOSSIBLE no longer says what kernel.workflow says: copy the sentence anew.")
