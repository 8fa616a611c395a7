"""Questions about signing in."""

from dataclasses import dataclass
from datetime import datetime

from leadline.people.models import User
from leadline.people.signing.models import Session
from leadline.people.signing.origin import device_in_words


@dataclass(frozen=True)
class SessionLine:
    """A session as its holder reads it."""

    id: int
    device: str
    address: str
    way: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


def sessions_of(user: User, *, this: int | None = None) -> list[SessionLine]:
    """The browsers in which a person is signed in: the one in use first, then the latest."""
    rows = Session.objects.filter(user=user).open().order_by("-seen_at", "-id")
    lines = [
        SessionLine(
            id=row.pk,
            device=device_in_words(row.device),
            address=row.address or "",
            way=row.get_way_display(),
            began_at=row.began_at,
            seen_at=row.seen_at,
            is_this=row.pk == this,
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: not line.is_this)
