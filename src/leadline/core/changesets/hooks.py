"""What else must follow when records are changed back: sort keys, search, side tables."""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from leadline.core.actions import Actor
from leadline.core.changesets.models import ChangeSet

Hook = TypeVar("Hook", bound=Callable[..., None])
_hooks: dict[str, list[Callable[..., None]]] = defaultdict(list)
Check = TypeVar("Check", bound=Callable[[ChangeSet], None])
_checks: list[Callable[[ChangeSet], None]] = []


def before_undo(check: Check) -> Check:
    """Call `check(change_set)` before one is undone; it raises `RuleBroken` for what can't be undone now."""
    _checks.append(check)
    return check


def require_undoable(changes: ChangeSet) -> None:
    """Refuse what a check speaks against."""
    for check in _checks:
        check(changes)


def after_undo(kind: str) -> Callable[[Hook], Hook]:
    """Call `hook(ids, columns, by=…)` with the records of a kind that were changed back, and in which columns
    any of them was, in the same transaction.

    The app that owns a kind derives there anew what its history leaves out. A hook that raises `RuleBroken`
    keeps records as they are: they are tried again in halves, until the one to blame stands alone.
    """

    def register(hook: Hook) -> Hook:
        _hooks[kind].append(hook)
        return hook

    return register


def call_hooks(kind: str, ids: list[int], columns: set[str], *, by: Actor) -> None:
    """Let the owner of a kind follow up."""
    for hook in _hooks[kind] if ids else ():
        hook(ids, columns, by=by)
