"""Open tasks about a record, as they stand on a hand-over sheet (SIG-10)."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from leadline.core.clock import now
from leadline.handovers.registry import Entry, on_sheet
from leadline.people.models import User
from leadline.tasks.models import Task

MOST = 500


def tasks_on_sheets(kind: str) -> None:
    """Let the sheets of a kind of record say what is to be done about each; apps of its floor call it."""

    @on_sheet(kind, "tasks", _("Tasks"), "checkbox")
    def tasks(ids: Sequence[int], reader: User) -> dict[int, list[Entry]]:
        """What is to be done, the nearest first."""
        found: dict[int, list[Entry]] = defaultdict(list)
        moment = now()
        rows = Task.objects.visible_to(reader).open().filter(about_kind=kind, about_id__in=ids)
        for task in rows.select_related("owner").order_by("due_at", "pk")[:MOST]:
            late = task.due_at is not None and task.due_at < moment
            day = {"due_on": task.due_on} if task.due_on else {"at": task.due_at}
            entry = Entry(task.title, str(task.owner), tone="bad" if late else "", **day)
            found[task.about_id or 0].append(entry)
        return found


tasks_on_sheets("customer")
