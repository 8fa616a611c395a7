"""The audit as the engine of lists wants to know it: whoever may see it sees all (PPL-7)."""

from dataclasses import dataclass

from leadline.core.lists.door import Door, register_list
from leadline.core.lists.scope import Sql
from leadline.people.models import User
from leadline.people.queries import name_of

MACHINES = "('import', 'cli', 'job')"  # as the indexes of history have it
# Asked one by one, so that the planner looks at one ledger at a time; and in history apart what came in by
# the million, which has fewer indexes.
BRANCHES = (
    f"governance_entry.ledger = 'history' AND governance_entry.via NOT IN {MACHINES}",
    f"governance_entry.ledger = 'history' AND governance_entry.via IN {MACHINES}",
    "governance_entry.ledger = 'event'",
)


@dataclass(frozen=True)
class AllOrNothing:
    """Every entry, or none."""

    everything: bool

    @property
    def nothing(self) -> bool:
        """Whether not one is within reach."""
        return not self.everything

    def sql(self, table: str) -> Sql:
        """One condition."""
        return ("TRUE" if self.everything else "FALSE"), []

    def branches(self, table: str) -> list[Sql]:
        """The parts of the whole."""
        return [(branch, []) for branch in BRANCHES] if self.everything else []


def reach_of(user: User, kind: str, verb: str = "view") -> AllOrNothing:
    """All entries for those whose role lets them, none for others."""
    return AllOrNothing(user.is_active and user.may("audit", verb))


AUDIT = register_list(
    Door(
        kind="audit",
        space="audit",
        reach=reach_of,
        naming=name_of,
        beside=("what", "at", "ledger", "kind", "record", "values", "who", "cause"),
        quick=("who", "ledger", "kind", "door"),
        sources={"user": "people:options"},
        searched=False,
    )
)
