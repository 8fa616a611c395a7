"""One lead as a page shows it, in one query."""

from leadline.core.reading import Reading
from leadline.leads.models import Lead
from leadline.people.models import User
from leadline.people.scope import reach

_PERSON = ("id", "email", "name", "team_id")
_WHOLE = Reading(
    Lead,
    **dict.fromkeys(("stage", "reason", "pulse"), ()),
    **dict.fromkeys(("owner", "starred_by"), _PERSON),
    **dict.fromkeys(("team", "territory"), ("id", "name")),
    **dict.fromkeys(("converted_to", "converted_contact"), ()),
)


def lead_seen_by(user: User, pk: int) -> Lead | None:
    """The lead with all that it names and its pulse, if this person sees it; archived or not."""
    condition, params = reach(user, "lead").sql(_WHOLE.table)
    return _WHOLE.one(pk, condition, params) if 0 < pk < 2**63 else None


def lead_named(pk: int) -> Lead:
    """The same for whoever acts on it. Raises `Lead.DoesNotExist`."""
    if (lead := _WHOLE.one(pk)) is None:
        raise Lead.DoesNotExist
    return lead
