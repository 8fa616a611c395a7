"""Tags, put on and taken off in sets (CUS-7)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import publish_many
from leadline.core.fields import catalogue
from leadline.core.fields.kinds.links import MOST_TAGS
from leadline.core.refusals import RuleBroken
from leadline.customers.actions.picking import Done, one, pick
from leadline.customers.events import CustomersTagged
from leadline.customers.models import Customer

_RETAG = """
UPDATE {table} SET tags = wanted.tags, updated_at = %s, version = version + 1
  FROM (SELECT c.id, ARRAY(SELECT tag
                             FROM unnest(c.tags || %s::varchar[]) WITH ORDINALITY given(tag, place)
                            WHERE tag <> ALL(%s::varchar[])
                            GROUP BY tag ORDER BY min(place))::varchar[] AS tags
          FROM {table} c WHERE c.id = ANY(%s)) wanted
 WHERE wanted.id = {table}.id AND wanted.tags <> {table}.tags
RETURNING {table}.id
"""


@action
def tag_customers(
    ids: Iterable[int], *, add: Sequence[str] = (), remove: Sequence[str] = (), by: Actor
) -> Done:
    """Put tags on customers and take others off; at most fifty each."""
    adding, removing = given_tags("customer", add, remove)
    picked, done = pick(ids, "edit", not_too_many(adding, removing), by=by)
    done.changed = retag("customers_customer", [candidate.id for candidate in picked], adding, removing)
    done.unchanged = len(picked) - len(done.changed)
    if done.changed:
        publish_many(CustomersTagged, done.changed, kind="customer", by=by, count=len(done.changed))
    return done


@action
def tag_customer(
    customer: Customer, *, add: Sequence[str] = (), remove: Sequence[str] = (), by: Actor
) -> Customer:
    """Put tags on one customer and take others off."""
    return one(customer, tag_customers([customer.pk], add=add, remove=remove, by=by))


def given_tags(kind: str, add: Sequence[str], remove: Sequence[str]) -> tuple[list[str], list[str]]:
    """The tags to put on and to take off, by the catalogue's rules. Raises `RuleBroken` for none at all."""
    adding, removing = _tags(kind, add, "add"), _tags(kind, remove, "remove")
    if not adding and not removing:
        raise RuleBroken(_("Name at least one tag."), field="add")
    return adding, removing


def not_too_many(adding: Sequence[str], removing: Sequence[str]) -> Callable[[Any], str | None]:
    """A rule about sets: a record has at most fifty tags."""
    message = _("It would have more than fifty tags.")
    return lambda record: message if _too_many(record.tags, adding, removing) else None


def retag(table: str, ids: Sequence[int], adding: Sequence[str], removing: Sequence[str]) -> list[int]:
    """Change the tags of rows in one statement; returns the keys of those that differ now."""
    with connection.cursor() as cursor:
        cursor.execute(_RETAG.format(table=table), [now(), list(adding), list(removing), list(ids)])
        return sorted(row[0] for row in cursor.fetchall())


def _tags(kind: str, given: Sequence[str], answer: str) -> list[str]:
    """The tags by the catalogue's rules; a refusal names the answer that they were given in."""
    try:
        cleaned: list[str] = catalogue(kind).field("tags").clean(list(given))
    except RuleBroken as rule:
        raise RuleBroken(rule.message, field=answer, value=rule.value) from rule
    return cleaned


def _too_many(tags: Sequence[str], adding: Sequence[str], removing: Sequence[str]) -> bool:
    return len({*tags, *adding} - set(removing)) > MOST_TAGS
