"""Capabilities that the platform told of before anybody had named them."""

from __future__ import annotations

from collections.abc import Mapping

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.plans.keys import LONGEST
from leadline.plans.models import Capability

MOST_FOUND = 1_000


@action
def find_capabilities(names: Mapping[str, str], *, by: Actor) -> dict[str, int]:
    """Make the unknown among these known, by key → name, without a limit; returns key → capability of all.

    Counted by the month until an administrator says otherwise. Beyond a thousand found so, more are passed
    over: a platform that puts numbers into names can't flood the catalogue.
    """
    known = dict(Capability.objects.filter(key__in=names).values_list("key", "id"))
    unknown = sorted(names.keys() - known.keys())
    if unknown:
        room = max(MOST_FOUND - Capability.objects.exclude(found_at=None).count(), 0)
        moment = now()
        Capability.objects.bulk_create(
            [
                Capability(
                    key=key,
                    name=(names[key].strip() or key)[:LONGEST],
                    kind=Capability.Kind.METERED,
                    found_at=moment,
                    created_at=moment,
                    updated_at=moment,
                )
                for key in unknown[:room]
            ],
            ignore_conflicts=True,
        )
        known |= dict(Capability.objects.filter(key__in=unknown).values_list("key", "id"))
    return known
