"""What can be told of duplicates."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class DuplicatesDismissed(Event):
    """Somebody said that records are not duplicates, or took that back."""

    count: int
    taken_back: bool = False

    wording = _("said which records are not duplicates")


@dataclass(frozen=True)
class LikenessRulesChanged(Event):
    """The rules by which duplicates are found were changed; a new scan follows (CUS-22)."""

    records: str

    wording = _("changed the rules for duplicates")
