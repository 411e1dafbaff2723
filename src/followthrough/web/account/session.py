"""Whose a session is, by statements built once: every page asks, and Django builds them anew."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from followthrough.ledger.at_the_door import user_at_the_door
from followthrough.ledger.models import User
from followthrough.ledger.whole import rows_of


class SessionStore(db.SessionStore):
    """Django's own, found without building the question anew."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        asked = {"session_key": [self.session_key]}
        found = rows_of(Session, asked, "AND expire_date > %s", [now])
        if not found:
            self._session_key = None
        return found[0] if found else None


class Knows(AuthenticationBackend):  # type: ignore[misc]  # it has no types
    """Signs in as allauth does; with the user comes the member who they are."""

    def get_user(self, user_id: Any) -> User | None:
        user = user_at_the_door(user_id)
        return user if user and self.user_can_authenticate(user) else None
