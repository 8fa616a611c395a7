"""Forgetting a person who is erased (PPL-8)."""

from django.db.models import Count, F

from leadline.core.actions import Actor, action
from leadline.core.privacy import Erased, Person
from leadline.segments.models import Pick, Standing, members_of


@action
def erase_from_segments(person: Person, *, by: Actor) -> Erased:
    """Out of all segments, now and before: in which ones somebody was tells something of that person."""
    erased = Erased({"memberships": 0})
    for kind, ids in person.records.items():
        members = members_of(kind, ids)
        picks = Pick.objects.filter(segment__kind=kind, record_id__in=ids)
        keys = list(picks.values_list("pk", flat=True))
        # Whoever writes members meanwhile is waited for: sizes are counted from what stands then.
        of_them = set(members.values_list("segment", flat=True)).union(
            picks.values_list("segment", flat=True)
        )
        list(Standing.objects.select_for_update().filter(segment__in=of_them).order_by("segment"))
        there = members.filter(left_at=None).order_by("segment").values("segment").annotate(n=Count("pk"))
        for row in list(there):
            Standing.objects.filter(segment=row["segment"]).update(size=F("size") - row["n"])
        erased.counts["memberships"] += members.delete()[0]
        picks.delete()
        if keys:
            erased.records.setdefault("segment_pick", []).extend(keys)
    return erased
