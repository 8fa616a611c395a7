"""The job that undoes a change set, in portions, for every kind of record that is tracked."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from leadline.core import clock
from leadline.core.actions import Actor
from leadline.core.changesets.events import ChangeSetUndone
from leadline.core.changesets.hooks import call_hooks
from leadline.core.changesets.models import ChangeSet
from leadline.core.changesets.restoring import (
    Told,
    archive,
    changed_columns,
    lock_those,
    remove,
    restore,
    told_of,
)
from leadline.core.events import Subject, publish
from leadline.core.history import tracked_models, tracking_of
from leadline.core.jobs import Running, job
from leadline.core.jobs.running import Portion
from leadline.core.refusals import RuleBroken, refusal_of

PORTION = 5000
SAMPLE = 100


@dataclass
class Undone:
    """What came of some records: changed back, archived or removed, and those that stay with the reason.

    `columns` are those in which any was changed back.
    """

    restored: list[int] = field(default_factory=list)
    archived: list[int] = field(default_factory=list)
    kept: dict[int, str] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)

    @property
    def refused(self) -> list[int]:
        """Those against which a rule or the database spoke."""
        return sorted(key for key, reason in self.kept.items() if reason)

    def add(self, other: "Undone") -> None:
        self.restored += other.restored
        self.archived += other.archived
        done = {*other.restored, *other.archived}
        self.kept = {key: why for key, why in (self.kept | other.kept).items() if key not in done}


@job("changesets.undo")
def undo(running: Running) -> None:
    """Change back what a change set changed, except the rows that were edited since (SIG-3)."""
    changes = ChangeSet.objects.get(pk=running.params["change_set"])
    at = running.cursor or {"kind": 0, "after": 0}
    if running.cursor is None:
        running.expect(_records_in(changes))
    # What was built on others goes first.
    order = sorted(reversed(tracked_models()), key=lambda tracking: not tracking.undone_first)
    kinds, changed = [tracking.kind for tracking in order], _kinds_in(changes)
    for place in range(at["kind"], len(kinds)):
        if kinds[place] not in changed:
            continue
        after = at["after"] if place == at["kind"] else 0
        while after is not None:
            with running.portion() as portion:
                after = _undo_portion(running, portion, changes, kinds[place], after)
                portion.cursor = {"kind": place, "after": after} if after else {"kind": place + 1, "after": 0}
    with running.portion():
        _close(running, changes)


def _undo_portion(
    running: Running, portion: Portion, changes: ChangeSet, kind: str, after: int
) -> int | None:
    """Undo the next records of a kind; returns the last key, or none when there are no more."""
    told = told_of(changes, kind, after=after, limit=PORTION)
    if told is None:
        return None
    undone = _undo_in_turns(told, running.by)
    portion.done = len(told.ids)
    portion.count(undone=len(undone.restored), archived=len(undone.archived), kept=len(undone.kept))
    _sample(running, told, undone)
    return told.ids[-1]


def _undo_in_turns(told: Told, by: Actor) -> Undone:
    """Undo records; those refused have another turn while others get out of their way.

    Of two contacts of a customer one can become the primary again only when the other is it no more.
    """
    undone = _undo_told(told, by)
    refused = undone.refused
    while refused:
        again = _undo_told(replace(told, ids=refused), by)
        undone.add(again)
        if len(again.refused) == len(refused):
            break
        refused = again.refused
    return undone


def _undo_told(told: Told, by: Actor) -> Undone:
    """Undo records together; where a rule or the database refuses one, halve until it alone is kept."""
    try:
        with transaction.atomic():
            undone = _undo_together(told)
            call_hooks(told.kind, undone.restored + undone.archived, undone.columns, by=by)
            return undone
    except (IntegrityError, RuleBroken) as error:
        if len(told.ids) == 1:
            return Undone(kept={told.ids[0]: _words(error)})
    undone = Undone()
    for half in told.halves():
        undone.add(_undo_told(half, by))
    return undone


def _undo_together(told: Told) -> Undone:
    tracking = tracking_of(told.kind)
    there = lock_those(told)
    columns = changed_columns(told)
    undone = Undone(restored=restore(told, columns), columns=set(columns))
    if tracking.has("archived_at"):
        undone.archived = archive(told)
        undone.columns |= {"archived_at"} if undone.archived else set()
    elif tracking.removed_by_undo:
        undone.archived = remove(told)
    touched = {*undone.restored, *undone.archived}
    gone = _("It is no longer there.")
    undone.kept = {key: "" if key in there else gone for key in told.ids if key not in touched}
    return undone


def _words(error: IntegrityError | RuleBroken) -> str:
    if isinstance(error, RuleBroken):
        return error.message
    try:
        return refusal_of(error).message
    except IntegrityError:
        return _("The database refused to change it back.")


def _records_in(changes: ChangeSet) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT DISTINCT kind, record_id FROM core_history WHERE change_set_id = %s"
            " AND at >= %s - interval '1 day') records",
            [changes.pk, changes.created_at],
        )
        return int(cursor.fetchone()[0])


def _kinds_in(changes: ChangeSet) -> set[str]:
    """The kinds of records that a change set is about."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT kind FROM core_history WHERE change_set_id = %s AND at >= %s - interval '1 day'",
            [changes.pk, changes.created_at],
        )
        return {kind for (kind,) in cursor.fetchall()}


def _sample(running: Running, told: Told, undone: Undone) -> None:
    """Keep who edited the first hundred of the rows that stay."""
    undoing = ChangeSet.objects.get(undoes_id=running.params["change_set"])
    wanted = list(undone.kept)[: SAMPLE - len(undoing.kept)]
    if wanted:
        undoing.kept += [_kept_row(told, key, undone.kept[key]) for key in wanted]
        undoing.save(update_fields=["kept"])


def _kept_row(told: Told, key: int, reason: str) -> dict[str, Any]:
    edited = told.edited_since(key)
    return {
        "kind": told.kind,
        "id": key,
        "actor": edited.actor_id if edited else None,
        "at": edited.at.isoformat() if edited else None,
        "reason": reason,
    }


def _close(running: Running, changes: ChangeSet) -> None:
    changes.state, changes.undone_at = ChangeSet.State.UNDONE, clock.now()
    changes.save(update_fields=["state", "undone_at"])
    counts = running.counts
    undone = counts.get("undone", 0) + counts.get("archived", 0)
    publish(
        ChangeSetUndone(change_set_id=changes.pk, undone=undone, kept=counts.get("kept", 0)),
        by=running.by,
        about=[Subject("changeset", changes.pk)],
    )
