"""The change set in which a lead was converted: what is undone to take it back (LEA-9, SIG-3)."""

from datetime import timedelta

from leadline.core.changesets import ChangeSet, ChangeSetState, change_set_state
from leadline.core.history import HistoryEntry
from leadline.leads.models import Lead
from leadline.people.models import User

NEAR = timedelta(days=1)


def conversion_of(lead: Lead, user: User) -> ChangeSetState | None:
    """The conversion of a lead, if this person may still undo it; None otherwise."""
    if lead.converted_at is None:
        return None
    since = lead.converted_at - NEAR
    entries = HistoryEntry.objects.filter(kind="lead", record_id=lead.pk, at__gte=since)
    entry = entries.filter(changes__has_key="converted_to_id").order_by("-id").first()
    made_by = entry.change_set_id if entry else None
    changes = ChangeSet.objects.filter(pk=made_by).first() if made_by else None
    state = change_set_state(changes, user) if changes else None
    return state if state and state.may_be_undone else None
