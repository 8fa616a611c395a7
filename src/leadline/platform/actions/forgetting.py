"""What is forgotten by and by: ids of events that came long ago, and that somebody silent is online."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.platform.actions.following import tell_followers
from leadline.platform.models import PlatformPulse, SeenEvent, platform_rules

PORTION = 50_000


@action
def forget_seen_events(*, by: Actor) -> int:
    """Forget the ids of events that came more than LEADLINE_EVENTS_REMEMBERED days ago; returns how many.

    One portion; called until it returns less than `PORTION`.
    """
    old = now() - timedelta(days=settings.LEADLINE_EVENTS_REMEMBERED)
    keys = SeenEvent.objects.filter(seen_at__lt=old).values_list("pk", flat=True)
    return SeenEvent.objects.filter(pk__in=list(keys[:PORTION])).delete()[0]


@action
def let_go_who_left(*, by: Actor) -> int:
    """Whoever was silent for longer than counts as online is so no more; returns how many."""
    silent = now() - platform_rules().online_for
    ids = (
        PlatformPulse.objects.filter(online_since__isnull=False, last_seen_at__lte=silent)
        .order_by("user_id")
        .select_for_update(skip_locked=True)
        .values_list("user_id", flat=True)
    )
    silent_ones = list(ids)
    gone = PlatformPulse.objects.filter(user_id__in=silent_ones).update(online_since=None)
    tell_followers(silent_ones)
    return gone
