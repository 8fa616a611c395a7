"""What can be done with many tasks at once; each verb is the action that a single one takes (CUS-7)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core import formats
from leadline.core.actions import Actor
from leadline.core.changesets import after_undo
from leadline.core.lists.bulk import BulkVerb, register_verbs
from leadline.core.refusals import RuleBroken
from leadline.people.models import User
from leadline.tasks import actions
from leadline.tasks.actions.picking import Done
from leadline.tasks.forms import AssignForm, BulkSnoozeForm, FinishForm, PriorityForm
from leadline.tasks.models import Task

Answers = Mapping[str, Any]


def _owner(answers: Answers) -> User:
    found = somebody(answers.get("owner"))
    if found is None:
        message = _("Choose somebody who works here and has tasks.")
        raise RuleBroken(message, field="owner", value=answers.get("owner"))
    return found


def somebody(key: Any) -> User | None:
    """Somebody who works here, by number."""
    known = isinstance(key, int) and not isinstance(key, bool) and 0 < key < 2**63
    return User.objects.active().filter(pk=key).first() if known else None


def _until(answers: Answers) -> datetime:
    try:
        until = datetime.fromisoformat(str(answers.get("until")))
    except ValueError:
        until = None
    if until is None or until.tzinfo is None:
        raise RuleBroken(_("Say until when."), field="pick")
    return until


def _finish(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.finish_tasks(ids, outcome=str(answers.get("outcome") or ""), by=by)


def _snooze(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.snooze_tasks(ids, until=_until(answers), by=by)


def _assign(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.reassign_tasks(ids, owner=_owner(answers), by=by)


def _priority(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.prioritise_tasks(ids, priority=str(answers.get("priority") or ""), by=by)


def _archive(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.archive_tasks(ids, by=by)


def _restore(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.restore_tasks(ids, by=by)


def _priority_told(answers: Answers) -> str:
    wanted = str(answers.get("priority"))
    return _("Set priority to %(priority)s") % {"priority": dict(Task.Priority.choices).get(wanted, wanted)}


VERBS = {
    verb.key: verb
    for verb in (
        BulkVerb(
            "finish",
            gettext_lazy("Done"),
            "edit",
            "circle-check",
            _finish,
            lambda answers: _("Finish tasks"),
            form=FinishForm,
        ),
        BulkVerb(
            "snooze",
            gettext_lazy("Snooze"),
            "edit",
            "clock",
            _snooze,
            lambda answers: _("Snooze tasks until %(when)s") % {"when": formats.moment(_until(answers))},
            form=BulkSnoozeForm,
            template="tasks/_bulk_snooze.html",
        ),
        BulkVerb(
            "assign",
            gettext_lazy("Give to somebody"),
            "assign",
            "user-check",
            _assign,
            lambda answers: _("Give tasks to %(who)s") % {"who": _owner(answers)},
            form=AssignForm,
            template="tasks/_owner.html",
        ),
        BulkVerb(
            "priority", gettext_lazy("Priority"), "edit", "flag", _priority, _priority_told, form=PriorityForm
        ),
        BulkVerb(
            "archive",
            gettext_lazy("Archive"),
            "edit",
            "archive",
            _archive,
            lambda answers: _("Archive tasks"),
        ),
        BulkVerb(
            "restore",
            gettext_lazy("Restore"),
            "edit",
            "restore",
            _restore,
            lambda answers: _("Restore tasks"),
            of_archived=True,
        ),
    )
}
register_verbs("task", VERBS)


@after_undo("task")
def follow_the_undone(ids: list[int], columns: set[str], *, by: Actor) -> None:
    """What is told when follows from what was changed back; nothing that is past already is told."""
    actions.tell_anew(ids, by=by)
