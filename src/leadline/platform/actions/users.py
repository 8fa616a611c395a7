"""The users of the platform behind a batch of events: found, made known, and what was told of them kept."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection

from leadline.core.actions import Actor
from leadline.core.events import publish_many
from leadline.core.planned import planned
from leadline.core.secrets import derive, keys
from leadline.core.sets import array_of
from leadline.platform.actions.linking import link_platform_users
from leadline.platform.events import PlatformUsersAppeared, PlatformUsersReaddressed
from leadline.platform.reading.events import Told
from leadline.platform.reading.people import ERASED_PREFIX, FACTS

_ANY_ERASED = """
SELECT EXISTS (SELECT FROM platform_platformuser WHERE external_id >= %s AND external_id < %s)
"""
_AFTER_ERASED = ERASED_PREFIX[:-1] + chr(ord(ERASED_PREFIX[-1]) + 1)
_FIND = """
SELECT external_id, id, registered_at IS NOT NULL, email, name, phone, country, language
  FROM platform_platformuser WHERE external_id = ANY(%s::text[])
"""
_ADD = """
INSERT INTO platform_platformuser (external_id, email, name, phone, country, language, linked_by,
                                   registered_at, told_at, created_at, updated_at, version)
SELECT external_id, coalesce(email, ''), coalesce(name, ''), coalesce(phone, ''), coalesce(country, ''),
       coalesce(language, ''), '', registered_at, told_at, %(now)s, %(now)s, 1
  FROM json_to_recordset(%(rows)s::json) AS told
       (external_id text, email text, name text, phone text, country text, language text,
        registered_at timestamptz, told_at timestamptz)
 ORDER BY external_id
    ON CONFLICT DO NOTHING RETURNING id, external_id
"""
# Only who is told otherwise by a later event; the registration by whichever tells of it first.
_CHANGE = """
UPDATE platform_platformuser known
   SET email = coalesce(told.email, known.email), name = coalesce(told.name, known.name),
       phone = coalesce(told.phone, known.phone), country = coalesce(told.country, known.country),
       language = coalesce(told.language, known.language), told_at = told.told_at,
       registered_at = coalesce(known.registered_at, told.registered_at),
       updated_at = %(now)s, version = known.version + 1
  FROM json_to_recordset(%(rows)s::json) AS told
       (id bigint, email text, name text, phone text, country text, language text,
        registered_at timestamptz, told_at timestamptz)
 WHERE known.id = told.id AND known.erased_at IS NULL
"""
_LOCK = """
SELECT id, told_at, email, name, phone, country, language FROM platform_platformuser
 WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE
"""


@dataclass(slots=True)
class Known:
    """A user of the platform as a batch needs it."""

    id: int
    is_registered: bool
    facts: tuple[str, ...]

    @property
    def country(self) -> str:
        """Where the person is, as far as it was told."""
        return self.facts[FACTS.index("country")]


def users_of(
    told: Sequence[Told], known: Mapping[str, Known], *, at: datetime, by: Actor
) -> dict[str, Known]:
    """Platform id → user, for all in a batch; whoever is new is made known and linked (PLT-3)."""
    if not told:
        return {}
    wanted = {one.user for one in told}
    known = dict(known)
    facts = _facts(told)
    added = _add({key: facts[key] for key in wanted - known.keys()}, at)
    known |= known_among(wanted - known.keys())
    changed = _change({key: facts[key] for key in wanted - set(added)}, known, at)
    registered = [
        known[key].id for key in wanted if facts[key].get("registered_at") and not known[key].is_registered
    ]
    registered = sorted({*registered, *(added[key] for key in added if facts[key].get("registered_at"))})
    link_platform_users([*added.values(), *changed], by=by)
    if changed:
        publish_many(PlatformUsersReaddressed, changed, kind="platform_user", by=by, count=len(changed))
    appeared = sorted({*added.values(), *registered})
    publish_many(
        PlatformUsersAppeared,
        appeared,
        kind="platform_user",
        by=by,
        count=len(appeared),
        registered_ids=tuple(registered),
    )
    return known


def erased_among(external_ids: Iterable[str]) -> set[str]:
    """Those platform ids that belong to persons who were erased; of these only a digest is kept."""
    with connection.cursor() as cursor:
        cursor.execute(_ANY_ERASED, [ERASED_PREFIX, _AFTER_ERASED])
        if not cursor.fetchone()[0]:
            return set()
        made = {digest: key for key in external_ids for digest in _digests(key)}
        cursor.execute(_FIND, [array_of(made)])
        return {made[row[0]] for row in cursor.fetchall()}


def digest_of_erased(external_id: str) -> str:
    """What stays of the platform id of an erased person: enough to know it again, not to name it."""
    return _digest(external_id, derive("platform.erased"))


def _digests(external_id: str) -> set[str]:
    """The same by each key of the ring, as it may have been made before a rotation."""
    return {_digest(external_id, derive("platform.erased", key)) for key in keys()}


def _digest(external_id: str, secret: bytes) -> str:
    return ERASED_PREFIX + hmac.new(secret, external_id.encode(), sha256).hexdigest()[:40]


def known_among(external_ids: Iterable[str]) -> dict[str, Known]:
    """Those platform ids that are known, with what was told of them."""
    ids = list(external_ids)
    if not ids:
        return {}
    with planned() as cursor:
        cursor.execute(_FIND, [array_of(ids)])
        return {key: Known(pk, registered, tuple(facts)) for key, pk, registered, *facts in cursor.fetchall()}


def _facts(told: Sequence[Told]) -> dict[str, dict[str, Any]]:
    """Platform id → what the latest events of the batch tell of the person, and when that was."""
    found: dict[str, dict[str, Any]] = {}
    for one in sorted(told, key=lambda one: one.at):
        facts = found.setdefault(one.user, {"told_at": one.at})
        if one.facts:
            facts.update(one.facts, told_at=one.at)
        if one.kind.key == "registered":
            facts.setdefault("registered_at", one.at)
    return found


def _add(wanted: Mapping[str, Mapping[str, Any]], at: datetime) -> dict[str, int]:
    """Make users known; one whom another batch made known meanwhile is not among those returned."""
    if not wanted:
        return {}
    rows = [{"external_id": key, **facts} for key, facts in wanted.items()]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, {"rows": json.dumps(rows, default=_as_text), "now": at})
        return {key: pk for pk, key in cursor.fetchall()}


def _change(told: Mapping[str, Mapping[str, Any]], known: Mapping[str, Known], at: datetime) -> list[int]:
    """Keep what later events tell of those who were known already; returns whose e-mail changed."""
    differing = {known[key].id: dict(facts) for key, facts in told.items() if _differs(facts, known[key])}
    if not differing:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [array_of(differing)])
        present = {
            pk: (told_at, dict(zip(FACTS, facts, strict=True))) for pk, told_at, *facts in cursor.fetchall()
        }
    rows = [_row(pk, differing[pk], told_at, facts) for pk, (told_at, facts) in present.items()]
    rows = [row for row in rows if _changes(row, *present[row["id"]])]
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE, {"rows": json.dumps(rows, default=_as_text), "now": at})
    return [row["id"] for row in rows if row.get("email") not in (None, present[row["id"]][1]["email"])]


def _differs(facts: Mapping[str, Any], known: Known) -> bool:
    if "registered_at" in facts and not known.is_registered:
        return True
    return any(
        name in facts and facts[name] != present for name, present in zip(FACTS, known.facts, strict=True)
    )


def _row(pk: int, facts: dict[str, Any], told_at: datetime, present: Mapping[str, str]) -> dict[str, Any]:
    """Older events tell that somebody registered, and what nobody has told yet."""
    if facts["told_at"] < told_at:
        lacking = {name: facts.get(name) for name in FACTS if not present[name]}
        facts = {**lacking, "registered_at": facts.get("registered_at"), "told_at": told_at}
    return {"id": pk, **facts}


def _changes(row: Mapping[str, Any], told_at: datetime, present: Mapping[str, str]) -> bool:
    """Whether older events tell anything that was not told already."""
    is_other = any(row.get(name) not in (None, present[name]) for name in FACTS)
    return is_other or row["told_at"] > told_at or row.get("registered_at") is not None


def _as_text(moment: datetime) -> str:
    return moment.isoformat()
