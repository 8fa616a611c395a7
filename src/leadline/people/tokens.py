"""Who stands behind a token that a program sends, and how often it was sent this minute (INT-2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.custom.joining import STAMP_SQL, heed_stamp
from leadline.core.planned import planned
from leadline.people.actions import digest_of, note_use_of_token
from leadline.people.models import Token, User

MINUTE = timedelta(minutes=1)
_TOKEN = [field.attname for field in Token._meta.concrete_fields]
_USER = [field.attname for field in User._meta.concrete_fields]
_COLUMNS = ", ".join(
    [f"token.{field.column}" for field in Token._meta.concrete_fields]
    + [f"person.{field.column}" for field in User._meta.concrete_fields]
)
# A role needs a second factor, and the person has none: the token rests (PPL-6).
LACKS_FACTOR = """
       EXISTS (SELECT FROM people_user_roles held JOIN people_role role ON role.id = held.role_id
                WHERE held.user_id = person.id AND role.retired_at IS NULL AND role.second_factor_required)
       AND NOT EXISTS (SELECT FROM people_code_app app
                        WHERE app.user_id = person.id AND app.confirmed_at IS NOT NULL)
       AND NOT EXISTS (SELECT FROM people_passkey passkey WHERE passkey.user_id = person.id)
"""
_READ = f"{_COLUMNS}, used.requests, {LACKS_FACTOR}, {STAMP_SQL}"
# One statement reads who it is and counts the request, so that many workers count together.
_USED = f"""
WITH token AS (
    SELECT * FROM people_token
     WHERE digest = %(digest)s AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > %(now)s)
       AND EXISTS (SELECT FROM people_user WHERE people_user.id = user_id AND is_active)
), used AS (
    INSERT INTO people_tokenuse AS kept (token_id, minute, requests) SELECT id, %(minute)s, 1 FROM token
    ON CONFLICT (token_id) DO UPDATE SET minute = excluded.minute,
       requests = CASE WHEN kept.minute = excluded.minute THEN kept.requests + 1 ELSE 1 END
    RETURNING requests
)
SELECT {_READ} FROM token, used, people_user person WHERE person.id = token.user_id
"""


@dataclass(frozen=True)
class Sent:
    """A token that holds, with its user, and its place in the present minute.

    `rests` says that its user must set up a second factor first.
    """

    token: Token
    requests: int
    minute: datetime
    rests: bool

    @property
    def seconds_left(self) -> int:
        """Until the next minute begins, and counting with it."""
        return max(1, int((self.minute + MINUTE - now()).total_seconds()))


def token_of(secret: str) -> Sent | None:
    """The token with its user; None when it is unknown, expired or revoked, or its user left.

    The request is counted. The day of its last use is kept, written at most once a day.
    """
    if not secret.isascii() or len(secret) > 200:
        return None
    moment = now()
    minute = moment.replace(second=0, microsecond=0)
    with planned() as cursor:
        cursor.execute(_USED, {"digest": digest_of(secret), "now": moment, "minute": minute})
        row = cursor.fetchone()
    if row is None:
        return None
    *row, stamp = row
    heed_stamp(stamp)
    token = Token.from_db(connection.alias, _TOKEN, _decoded(row[: len(_TOKEN)]))
    token.user = User.from_db(connection.alias, _USER, row[len(_TOKEN) : -2])
    if token.last_used_on != moment.date():
        note_use_of_token(token, by=Actor(token.user, via="api"))
    return Sent(token, row[-2], minute, rests=row[-1])


def _decoded(values: tuple[Any, ...]) -> list[Any]:
    """Django leaves jsonb of raw queries as text."""
    scopes: Any = Token._meta.get_field("scopes")
    return [
        scopes.from_db_value(value, None, connection) if name == scopes.attname else value
        for name, value in zip(_TOKEN, values, strict=True)
    ]
