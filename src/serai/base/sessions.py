"""Sessions as Django keeps them in the database, looked up by a query that is kept ready."""

from functools import lru_cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from serai.base.ready import ANY_TEXT, Ready


@lru_cache(maxsize=1)
def _ready() -> Ready[Session]:
    return Ready(Session.objects.filter(session_key=ANY_TEXT))


class SessionStore(db.SessionStore):
    """Django's own, but for the one look-up that every page of a signed-in person makes."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        """Return the session; None where there is none or its time is over."""
        found = _ready().rows(text=self.session_key or "")
        if found and found[0].expire_date > timezone.now():
            return found[0]
        self._session_key = None
        return None
