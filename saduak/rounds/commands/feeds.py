"""Making, renewing and revoking the secret address of one's own calendar."""

from django.db import transaction

from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.people.actor import Actor
from saduak.people.models import User
from saduak.rounds import addresses, policy
from saduak.rounds.models import CalendarAddress


@transaction.atomic
def renew_calendar_address(*, by: Actor) -> str:
    """Give the person a calendar address; one they had stops working at once. Returns the secret part.

    Everybody who holds a post may for themselves, and for nobody else: there is no argument for whom.
    """
    policy.may_have_calendar(by).require()
    user = User.objects.select_for_update().get(pk=by.user_id)
    nonce = addresses.new_nonce()
    secret = addresses.token(nonce)
    given = {"nonce": nonce, "digest": addresses.digest(secret), "made_at": clock.now()}
    _address, made = CalendarAddress.objects.update_or_create(user=user, defaults=given)
    event = "calendar.address_made" if made else "calendar.address_renewed"
    journal.record(event, journal.Subject("person", user.ref, user.name_th), by=by)
    return secret


@transaction.atomic
def revoke_calendar_address(*, by: Actor) -> bool:
    """Take one's own address away; False when there was none."""
    policy.may_have_calendar(by).require()
    user = User.objects.select_for_update().get(pk=by.user_id)
    gone, _what = CalendarAddress.objects.filter(user=user).delete()
    if gone:
        journal.record("calendar.address_revoked", journal.Subject("person", user.ref, user.name_th), by=by)
    return bool(gone)
