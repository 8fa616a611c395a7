"""Who belongs to whom: customers have parents, and no way up leads back to where it began (CUS-1)."""

from collections.abc import Mapping, Sequence

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.drafts import Draft
from leadline.core.refusals import RuleBroken
from leadline.customers.actions.picking import Candidate, Rule

# One writer of parents at a time: of two that would close a circle together, the second sees the first.
# Asked for after the rows are locked, by every door, so that nobody waits the other way round.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('customers.parents'))"
_WAYS_UP = """
WITH RECURSIVE above AS (
    SELECT id, parent_id FROM customers_customer WHERE id = ANY(%s)
    UNION
    SELECT parent.id, parent.parent_id
    FROM above JOIN customers_customer parent ON parent.id = above.parent_id
)
SELECT id, parent_id FROM above
"""
_CLOSED = """
WITH RECURSIVE above AS (
    SELECT id AS start, parent_id FROM customers_customer WHERE id = ANY(%s) AND parent_id IS NOT NULL
    UNION
    SELECT above.start, parent.parent_id
    FROM above JOIN customers_customer parent ON parent.id = above.parent_id
    WHERE above.parent_id <> above.start AND parent.parent_id IS NOT NULL
)
SELECT DISTINCT start FROM above WHERE parent_id = start
"""


def no_circle(changes: Mapping[int, Draft]) -> Rule:
    """The rule of a set of changes: a parent may not belong to its child, directly or through others.

    Asked in the order of the set, each answer knowing those before it. Must be the last of the rules: it
    takes what it allows for done.
    """
    ways: dict[int, int | None] = {}

    def rule(candidate: Candidate) -> str | None:
        values = changes[candidate.id].values
        if "parent" not in values:
            return None
        if not ways:
            ways.update(_ways_up({draft.values.get("parent") for draft in changes.values()}))
        if values["parent"] == candidate.id:
            return _("A customer can't belong to itself.")
        if values["parent"] is not None and candidate.id in _above(values["parent"], ways):
            return _("These would belong to each other in a circle: the parent belongs to this customer.")
        ways[candidate.id] = values["parent"]
        return None

    return rule


def circle_of(customer_id: int, draft: Draft) -> tuple[RuleBroken, ...]:
    """The same for one locked customer, as a refusal that names the field."""
    parent = draft.values.get("parent")
    if parent is None:
        return ()
    alone = Candidate(customer_id, None, None, False, False, "", [], [])
    words = no_circle({customer_id: draft})(alone)
    return (RuleBroken(words, field="parent", value=parent),) if words else ()


def parent_after_merge(
    parent: int | None, survivor: int, others: Sequence[int]
) -> tuple[int | None, list[str]]:
    """To whom the survivor of a merge belongs, and what to tell: never to itself, in no circle."""
    if parent is None:
        return None, []
    merged = {survivor, *others}
    ways = _ways_up({parent})
    found: int | None = parent
    met: set[int] = set()
    while found in merged and found not in met:
        met.add(found)
        found = ways.get(found)
    if found is None or (found not in merged and not merged & _above(found, ways)):
        return found, []
    return None, [_("What stays belongs to nobody: it would belong to itself in a circle.")]


def closed_circles(ids: list[int]) -> list[int]:
    """Which of these customers an undoing has put above themselves; others wait until this is decided."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        cursor.execute(_CLOSED, [ids])
        return [row[0] for row in cursor.fetchall()]


def _ways_up(parents: set[int | None]) -> dict[int, int | None]:
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        cursor.execute(_WAYS_UP, [sorted(parents - {None})])
        return {0: None, **dict(cursor.fetchall())}


def _above(start: int, ways: Mapping[int, int | None]) -> set[int]:
    """A customer and all above it."""
    met: set[int] = set()
    at: int | None = start
    while at is not None and at not in met:
        met.add(at)
        at = ways.get(at)
    return met
