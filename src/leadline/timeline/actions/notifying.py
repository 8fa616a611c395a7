"""Notifications: told once for each cause (TIM-11)."""

from collections.abc import Iterable

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.people.models import User
from leadline.timeline.models import Notification


@action
def notify(users: Iterable[int], *, kind: str, text: str, address: str, cause: str, by: Actor) -> None:
    """Tell people something, once for each cause; telling it twice adds nothing."""
    Notification.objects.bulk_create(
        [
            Notification(
                user_id=user, kind=kind, text=text[:300], address=address, cause=cause, created_at=now()
            )
            for user in users
        ],
        ignore_conflicts=True,
    )


@action
def mark_read(user: User, *, only: int | None = None, by: Actor) -> int:
    """Mark one notification, or all, of a person as read; returns how many."""
    unread = Notification.objects.visible_to(user).unread()
    return (unread.filter(pk=only) if only else unread).update(read_at=now())
