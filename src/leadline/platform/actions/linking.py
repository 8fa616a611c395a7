"""Finding the customer behind a user of the platform: by platform id, then by e-mail (PLT-3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.core.sets import array_of
from leadline.platform.events import PlatformUsersLinked
from leadline.platform.models import platform_rules

# Who was linked stays so; of several that fit none is chosen. A contact stands for its customer.
_LINK = """
WITH waiting AS MATERIALIZED (
    SELECT id, external_id, email FROM platform_platformuser
     WHERE id = ANY(%(ids)s::bigint[]) AND customer_id IS NULL AND erased_at IS NULL
     ORDER BY id FOR NO KEY UPDATE
), by_id AS (
    SELECT waiting.id, customer.id AS customer_id
      FROM waiting JOIN customers_customerexternalid known ON known.value = waiting.external_id
      JOIN customers_customer customer ON customer.id = known.customer_id
     WHERE lower(known.system) = %(system)s AND customer.archived_at IS NULL
     UNION
    SELECT waiting.id, customer.id
      FROM waiting JOIN customers_contactexternalid known ON known.value = waiting.external_id
      JOIN customers_contact contact ON contact.id = known.contact_id AND contact.archived_at IS NULL
      JOIN customers_customer customer ON customer.id = contact.customer_id
     WHERE lower(known.system) = %(system)s AND customer.archived_at IS NULL
), by_email AS (
    SELECT waiting.id, customer.id AS customer_id
      FROM waiting JOIN customers_customer customer ON customer.email = waiting.email
     WHERE waiting.email <> '' AND customer.archived_at IS NULL
     UNION
    SELECT waiting.id, customer.id
      FROM waiting JOIN customers_contact contact ON contact.email = waiting.email
      JOIN customers_customer customer ON customer.id = contact.customer_id
     WHERE waiting.email <> '' AND contact.archived_at IS NULL AND customer.archived_at IS NULL
), found AS (
    SELECT id, min(customer_id) AS customer_id, 'id' AS way FROM by_id GROUP BY id HAVING count(*) = 1
     UNION ALL
    SELECT id, min(customer_id), 'email' FROM by_email
     WHERE id NOT IN (SELECT id FROM by_id) GROUP BY id HAVING count(*) = 1
)
UPDATE platform_platformuser linked
   SET customer_id = found.customer_id, linked_by = found.way, updated_at = %(now)s, version = version + 1
  FROM found WHERE linked.id = found.id
RETURNING linked.id, linked.customer_id
"""
_LINK_TO = """
UPDATE platform_platformuser linked
   SET customer_id = became.customer_id, linked_by = 'lead', updated_at = %(now)s, version = version + 1
  FROM unnest(%(ids)s::bigint[], %(customers)s::bigint[]) became(id, customer_id)
 WHERE linked.id = became.id AND linked.customer_id IS NULL AND linked.erased_at IS NULL
RETURNING linked.id
"""
_WAITING_FOR = """
SELECT waiting.id FROM platform_platformuser waiting JOIN customers_customer customer
    ON customer.email = waiting.email
 WHERE customer.id = ANY(%(customers)s::bigint[]) AND waiting.email <> '' AND waiting.customer_id IS NULL
 UNION
SELECT waiting.id FROM platform_platformuser waiting JOIN customers_contact contact
    ON contact.email = waiting.email
 WHERE contact.customer_id = ANY(%(customers)s::bigint[]) AND waiting.email <> ''
   AND waiting.customer_id IS NULL
 UNION
SELECT waiting.id FROM platform_platformuser waiting JOIN customers_customerexternalid known
    ON known.value = waiting.external_id
 WHERE known.customer_id = ANY(%(customers)s::bigint[]) AND waiting.customer_id IS NULL
 UNION
SELECT waiting.id FROM platform_platformuser waiting JOIN customers_contactexternalid known
    ON known.value = waiting.external_id
  JOIN customers_contact contact ON contact.id = known.contact_id
 WHERE contact.customer_id = ANY(%(customers)s::bigint[]) AND waiting.customer_id IS NULL
"""


@action
def link_platform_users(ids: Iterable[int], *, by: Actor) -> dict[int, int]:
    """Link users of the platform that belong to no customer yet; returns user → customer (PLT-3).

    By the id that the platform has given, where a customer or a contact has it as an external id; else by
    e-mail. Who fits no customer, or more than one, waits.
    """
    wanted = list(ids)
    if not wanted:
        return {}
    given: dict[str, Any] = {
        "ids": array_of(wanted),
        "system": platform_rules().system.strip().lower(),
        "now": now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_LINK, given)
        linked: dict[int, int] = dict(cursor.fetchall())
    if linked:
        subjects = [Subject("platform_user", pk) for pk in linked]
        subjects += [Subject("customer", pk) for pk in sorted(set(linked.values()))]
        publish(PlatformUsersLinked(count=len(linked)), by=by, about=subjects)
    return linked


@action
def link_users_to(customers: Mapping[int, int], *, by: Actor) -> list[int]:
    """Link users of the platform who are the leads that became customers: user → customer (LEA-9).

    Who is linked stays so. Returns the users linked.
    """
    given: dict[str, Any] = {
        "ids": array_of(customers),
        "customers": array_of(customers.values()),
        "now": now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_LINK_TO, given)
        linked = [pk for (pk,) in cursor.fetchall()]
    if linked:
        subjects = [Subject("platform_user", pk) for pk in linked]
        subjects += [Subject("customer", pk) for pk in sorted({customers[pk] for pk in linked})]
        publish(PlatformUsersLinked(count=len(linked)), by=by, about=subjects)
    return linked


@action
def link_those_waiting_for(customer_ids: Iterable[int], *, by: Actor) -> dict[int, int]:
    """Link who waited for these customers, or for a contact of theirs, to appear."""
    wanted = list(customer_ids)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_WAITING_FOR, {"customers": array_of(wanted)})
        waiting = [pk for (pk,) in cursor.fetchall()]
    return link_platform_users(waiting, by=by)
