"""Sessions in the database, as Django keeps them; the look-up that every page makes is compiled once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from saduak.statements import Statement

FIND = Statement(
    lambda at: Session.objects.filter(session_key=at["key"], expire_date__gt=at["now"]).values_list(
        "session_key", "session_data", "expire_date"
    ),
    key=CharField(),
    now=DateTimeField(),
)


class SessionStore(db.SessionStore):
    """Named as Django's own, because the name is part of what a session is signed with."""

    def _get_session_from_db(self) -> Session | None:
        found = FIND.row(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
            return None
        return Session(*found)
