"""What is kept of runs, and for how long (PPL-8)."""

from datetime import timedelta

from django.db import connection

from leadline.automation.models import Run
from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.privacy import Erased, Person

KEPT = timedelta(days=90)
PORTION = 10_000


@action
def forget_old_runs(*, by: Actor) -> int:
    """Forget runs older than 90 days, at most ten thousand at once; returns how many. Tallies stay."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM automation_run WHERE id IN (SELECT id FROM automation_run WHERE at < %s LIMIT %s)",
            [now() - KEPT, PORTION],
        )
        return cursor.rowcount


@action
def erase_from_runs(person: Person, *, by: Actor) -> Erased:
    """That a rule ran for the person stays, without values and words (PPL-8)."""
    count = 0
    for kind in ("lead", "customer"):
        rows = Run.objects.filter(**{f"{kind}__in": person.ids(kind)})
        count += rows.update(facts=[], did=[], because="")
    return Erased({"runs": count})
