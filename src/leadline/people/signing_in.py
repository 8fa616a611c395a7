"""Signing in by e-mail and password (PPL-6)."""

import hashlib
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext as _

from leadline.core.refusals import RuleBroken
from leadline.people.models import User
from leadline.people.scope import GRANTS_COLUMNS, MANAGED_TEAMS, Grants

_FIELDS = [field.attname for field in User._meta.concrete_fields]
_SIGNED_IN = f"""
{MANAGED_TEAMS}
SELECT {", ".join(str(field.column) for field in User._meta.concrete_fields)}, {GRANTS_COLUMNS}
  FROM people_user WHERE id = %(user)s AND is_active
"""
GUESSES_ALLOWED = 10
GUESSES_FORGOTTEN_AFTER = 15 * 60  # seconds


class ByPassword(BaseBackend):
    """Knows active users by e-mail and Argon2 password; a wrong guess takes as long as a right one."""

    def authenticate(
        self, request: HttpRequest | None, email: str = "", password: str = "", **_other: Any
    ) -> User | None:
        """The user, or None; never tells which of the two was wrong."""
        _refuse_too_many_guesses(request, email)
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            User().set_password(password)
        elif user.check_password(password) and user.is_active:
            return user
        _count_guess(request, email)
        return None

    def get_user(self, user_id: int) -> User | None:
        """The active user of a session with what the roles allow now: one query on each request."""
        with connection.cursor() as cursor:
            cursor.execute(_SIGNED_IN, {"user": user_id})
            row = cursor.fetchone()
        if row is None:
            return None
        user = User.from_db(connection.alias, _FIELDS, row[: len(_FIELDS)])
        user._grants = Grants.of_row(*row[len(_FIELDS) :])
        return user


def _guess_key(request: HttpRequest | None, email: str) -> str:
    address = request.META.get("REMOTE_ADDR", "") if request else ""
    return "guesses:" + hashlib.sha256(f"{address} {email.strip().casefold()}".encode()).hexdigest()


def _refuse_too_many_guesses(request: HttpRequest | None, email: str) -> None:
    if cache.get(_guess_key(request, email), 0) >= GUESSES_ALLOWED:
        raise RuleBroken(_("Too many attempts. Wait fifteen minutes and try again."))


def _count_guess(request: HttpRequest | None, email: str) -> None:
    key = _guess_key(request, email)
    cache.add(key, 0, timeout=GUESSES_FORGOTTEN_AFTER)
    cache.incr(key)
