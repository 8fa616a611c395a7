"""Questions about notifications."""

from dataclasses import dataclass

from leadline.people.models import User
from leadline.timeline.models import Notification

COUNTED_TO = 99


@dataclass(frozen=True)
class Bell:
    """How many notifications wait; `more` when there are more than are counted."""

    unread: int
    more: bool
    fingerprint: str


def bell_of(user: User) -> Bell:
    """What the bell of a person shows, in one query that stops counting early."""
    newest_first = Notification.objects.visible_to(user).unread().order_by("-id")
    unread = list(newest_first.values_list("id", flat=True)[: COUNTED_TO + 1])
    fingerprint = f"{len(unread)}-{unread[0] if unread else 0}"
    return Bell(min(len(unread), COUNTED_TO), len(unread) > COUNTED_TO, fingerprint)


def notifications_of(user: User, *, before: int | None = None, limit: int = 50) -> list[Notification]:
    """A page of a person's notifications, newest first, those older than a key."""
    found = Notification.objects.visible_to(user).order_by("-id")
    return list((found.filter(pk__lt=before) if before else found)[:limit])
