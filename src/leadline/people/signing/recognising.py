"""Who stands behind a session: one query on each request (PPL-6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.http import HttpRequest

from leadline.core.clock import now
from leadline.core.custom.joining import STAMP_SQL, heed_stamp
from leadline.core.lists.tabs import VIEWS_STAMP_SQL
from leadline.core.planned import planned
from leadline.people.models import User
from leadline.people.scope import GRANTS_COLUMNS, MANAGED_TEAMS, Grants
from leadline.people.signing.digests import digest_of

KEY = "key"  # in the signed cookie: "<user>.<secret>"
CONFIRMED_FOR = timedelta(minutes=10)
_FIELDS = [field.attname for field in User._meta.concrete_fields]
_COLUMNS = ", ".join(f"person.{field.column}" for field in User._meta.concrete_fields)
_WHO = f"""
{MANAGED_TEAMS}
SELECT {_COLUMNS}, {GRANTS_COLUMNS},
       open.id, holder.id, holder.name, open.way, open.seen_at, open.confirmed_at, open.factor_at,
       open.factor_at IS NULL AND EXISTS (
           SELECT FROM people_user_roles held JOIN people_role role ON role.id = held.role_id
            WHERE held.user_id = holder.id AND role.retired_at IS NULL AND role.second_factor_required),
       {STAMP_SQL}, {VIEWS_STAMP_SQL}
  FROM people_session open
  JOIN people_user holder
    ON holder.id = open.user_id AND holder.session_epoch = open.epoch AND holder.is_active
  JOIN people_user person ON person.id = coalesce(open.viewing_as_id, open.user_id) AND person.is_active
 WHERE open.digest = %(digest)s AND person.id = %(user)s AND open.ended_at IS NULL
   AND open.idle_until > %(now)s AND open.ends_at > %(now)s
"""


@dataclass(frozen=True)
class OpenSession:
    """The session of a request: who holds it, and how sure we are that it is still that person."""

    id: int
    holder_id: int
    holder_name: str
    way: str
    seen_at: datetime
    confirmed_at: datetime
    factor_at: datetime | None
    lacks_factor: bool
    viewing_as: int | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether the person proved to be there a short while ago."""
        return self.confirmed_at > now() - CONFIRMED_FOR


def recognise(request: HttpRequest) -> tuple[User, OpenSession] | None:
    """The person of the request's session with what the roles allow now; None for a stranger.

    When an administrator views as somebody, the person is whom they view as, the holder is the administrator.
    """
    person, _dot, secret = str(request.session.get(KEY, "")).partition(".")
    if not secret or not person.isdecimal():
        return None
    digest = digest_of(secret)
    with planned() as cursor:
        cursor.execute(_WHO, {"user": int(person), "digest": digest, "now": now()})
        row = cursor.fetchone()
    if row is None:
        return None
    *row, stamp, views_stamp = row
    heed_stamp(stamp)
    columns, grants, rest = row[: len(_FIELDS)], row[len(_FIELDS) : -8], row[-8:]
    user = User.from_db(connection.alias, _FIELDS, columns)
    user._grants = Grants.of_row(*grants)
    user.views_as_of = views_stamp
    viewing = user.pk if user.pk != rest[1] else None
    return user, OpenSession(*(*rest, viewing))
