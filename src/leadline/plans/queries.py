"""Questions about capabilities."""

from __future__ import annotations

from leadline.plans.models import Capability


def capabilities_to_choose() -> list[tuple[int, str]]:
    """Those in use, by their names as the reader knows them."""
    found = [(each.pk, each.label) for each in Capability.objects.in_use()]
    return sorted(found, key=lambda pair: pair[1].casefold())
