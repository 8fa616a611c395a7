"""One lead as a page shows it, in one query."""

from leadline.leads.models import Lead, LeadQuerySet
from leadline.people.models import User


def lead_seen_by(user: User, pk: int) -> Lead | None:
    """The lead with all that it names and its pulse, if this person sees it; archived or not."""
    return _whole(Lead.objects.visible_to(user)).filter(pk=pk).first() if 0 < pk < 2**63 else None


def lead_named(pk: int) -> Lead:
    """The same for whoever acts on it. Raises `Lead.DoesNotExist`."""
    return _whole(Lead.objects.all()).get(pk=pk)


def _whole(leads: LeadQuerySet) -> LeadQuerySet:
    return leads.select_related(
        *("stage", "reason", "owner", "team", "territory", "starred_by", "pulse"),
        *("converted_to", "converted_contact"),
    )
