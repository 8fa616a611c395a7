"""Rules hear of what they wait for: of the ledger in batches, of the platform by kind (PLT-6)."""

from collections.abc import Collection, Sequence

from leadline.automation.actions import run_rules
from leadline.core.actions import Actor
from leadline.core.events import Event, on
from leadline.core.planned import planned
from leadline.platform.watching import watch

_SOME_WAIT = """
SELECT EXISTS (SELECT FROM automation_rule WHERE is_on AND archived_at IS NULL AND event = %s)
"""
_KINDS = """
SELECT DISTINCT split_part(start ->> 'on', ':', 2) FROM automation_rule
 WHERE is_on AND archived_at IS NULL AND event = 'platform.PlatformEventsTold'
"""


def some_rule_waits(event: str) -> bool:
    """Whether any rule waits for events of this name; asked each time something is published."""
    with planned() as cursor:
        cursor.execute(_SOME_WAIT, [event])
        return bool(cursor.fetchone()[0])


@on(Event, wanted=some_rule_waits, in_batches=True)
def run_what_waits(events: Sequence[Event], *, by: Actor) -> None:
    """Run the rules that wait for these events."""
    run_rules(events, by=by)


@watch
def kinds_waited_for(kinds: Collection[str]) -> Collection[str]:
    """The kinds of events of the platform that start some rule."""
    with planned() as cursor:
        cursor.execute(_KINDS)
        return {kind for (kind,) in cursor.fetchall()} & set(kinds)
