"""What a change set did, and which rows an undoing left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from leadline.core import clock
from leadline.core.changesets.models import ChangeSet
from leadline.core.changesets.policies import may_undo_change_set


@dataclass(frozen=True)
class ChangeSetState:
    """A change set as it is shown to a person."""

    id: int
    title: str
    state: str
    state_in_words: str
    counts: dict[str, int]
    created_at: datetime
    undo_until: datetime
    undone_at: datetime | None
    may_be_undone: bool
    kept: list["KeptRow"]


@dataclass(frozen=True)
class KeptRow:
    """A row that an undoing left as it was: edited since by `who`, or refused by a rule."""

    kind: str
    record_id: int
    who: str
    at: datetime | None
    reason: str


def change_set_state(changes: ChangeSet, user: Any) -> ChangeSetState:
    """The state of a change set; with the sample of kept rows when it is or was an undoing."""
    open_to_undo = changes.state in (ChangeSet.State.DONE, ChangeSet.State.STOPPED)
    return ChangeSetState(
        id=changes.pk,
        title=changes.title,
        state=changes.state,
        state_in_words=str(ChangeSet.State(changes.state).label),
        counts=changes.counts,
        created_at=changes.created_at,
        undo_until=changes.undo_until,
        undone_at=changes.undone_at,
        may_be_undone=open_to_undo
        and clock.now() <= changes.undo_until
        and may_undo_change_set(user, changes),
        kept=kept_rows(getattr(changes, "undoing", None) or changes),
    )


def kept_rows(undoing: ChangeSet) -> list[KeptRow]:
    """A sample of the rows that an undoing left as they were, and why (SIG-3)."""
    actors = {row["actor"] for row in undoing.kept if row["actor"]}
    names = {user.pk: str(user) for user in get_user_model()._default_manager.filter(pk__in=actors)}
    return [_kept(row, names) for row in undoing.kept]


def _kept(row: dict[str, Any], names: dict[int, str]) -> KeptRow:
    who = names.get(row["actor"], _("somebody"))
    at = datetime.fromisoformat(row["at"]) if row["at"] else None
    reason = row["reason"] or _("Edited since by %(who)s, so it stays.") % {"who": who}
    return KeptRow(row["kind"], row["id"], who, at, reason)
