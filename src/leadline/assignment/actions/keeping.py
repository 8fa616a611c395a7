"""Keeping what was decided by what: once for a run, a narrow row for each record (SIG-5)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection

from leadline.assignment.deciding import Dealing, Decision, Person, Spec
from leadline.assignment.models import Given, Run
from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.sets import array_of, copy_rows
from leadline.people.models import User

# Alike but for three columns, so that the rest is not sent for each.
_BY_HAND = f"""
INSERT INTO assignment_given
       (run_id, kind, at, how, next_ids, next_owed, record_id, owner_id, before_id, place)
SELECT run.id, run.kind, run.at, '{Given.How.HAND}', '{{}}', '{{}}',
       given.record_id, given.owner_id, given.before_id, given.place - 1
  FROM assignment_run run,
       unnest(%(records)s::bigint[], %(owners)s::bigint[], %(before)s::bigint[])
       WITH ORDINALITY AS given (record_id, owner_id, before_id, place)
 WHERE run.id = %(run)s ORDER BY given.place
"""
COLUMNS = [
    "run_id", "kind", "record_id", "owner_id", "before_id", "rule_id", "how", "group", "place", "owed",
    "next_ids", "next_owed", "at",
]  # fmt: skip


@action
def keep_run(
    kind: str,
    moment: datetime,
    people: Sequence[Person],
    dealing: Dealing,
    decided: Sequence[tuple[Decision, int | None]],
    *,
    by: Actor,
) -> Run:
    """Keep a run of the rules: who was there, the rules as they stood, and each decision."""
    run = Run.objects.create(
        kind=kind,
        at=moment,
        by=by.user,
        via=by.via,
        people=[list(person) for person in people],
        rules=[_kept(rule) for rule in dealing.rules],
        groups=dealing.groups,
    )
    rows = []
    for place, (decision, before) in enumerate(decided):
        turn = decision.turn
        rows.append(
            [
                run.pk, kind, decision.id, decision.owner_id, before, decision.rule_id, decision.how,
                decision.group, place, turn.owed if turn else None,
                array_of(turn.next_ids if turn else ()), array_of(turn.next_owed if turn else ()), moment,
            ]
        )  # fmt: skip
    copy_rows(Given, COLUMNS, rows)
    return run


@action
def keep_by_hand(
    kind: str,
    owners: Mapping[int, User | None],
    *,
    changed: Sequence[int],
    before: Mapping[int, int | None],
    by: Actor,
) -> None:
    """Keep that somebody gave records their owners without rules, so that “Why this owner?” has an answer.

    `owners` are whom they were given, `changed` those of them that had another one `before`.
    """
    if not changed:
        return
    run = Run.objects.create(kind=kind, at=now(), by=by.user, via=by.via)
    keys = sorted(changed)
    given = [owners[key] for key in keys]
    with connection.cursor() as cursor:
        cursor.execute(
            _BY_HAND,
            {
                "run": run.pk,
                "records": array_of(keys),
                "owners": array_of(owner.pk if owner else None for owner in given),
                "before": array_of(before.get(key) for key in keys),
            },
        )


def _kept(rule: Spec) -> dict[str, Any]:
    """A rule as JSON, without what it does not ask."""
    told = {
        name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(rule).items()
    }
    return {name: value for name, value in told.items() if value}
