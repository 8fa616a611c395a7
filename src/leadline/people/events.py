"""What can be told of people, in the past tense."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event
from leadline.people.signing import events as signing

__all__ = ["UserChangedTeam", "signing"]


@dataclass(frozen=True)
class UserChangedTeam(Event):
    """Somebody belongs to another team now, or to none; what the person owns goes along."""

    user_id: int
    team_id: int | None

    wording = _("moved to another team")
