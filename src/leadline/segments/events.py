"""What can be told of segments, in the past tense (CUS-17)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class SegmentAdded(Event):
    """A segment was made."""

    segment_id: int
    kind: str

    wording = _("made a segment")


@dataclass(frozen=True)
class SegmentChanged(Event):
    """Name, rule or audience of a segment changed; after another rule its members are found anew."""

    segment_id: int
    has_new_rule: bool = False

    wording = _("changed a segment")


@dataclass(frozen=True)
class SegmentArchived(Event):
    """A segment is out of use."""

    segment_id: int

    wording = _("archived a segment")


@dataclass(frozen=True)
class SegmentRestored(Event):
    """A segment is in use again."""

    segment_id: int

    wording = _("restored a segment")


@dataclass(frozen=True)
class SegmentFilled(Event):
    """The members of a new segment, or of a new rule, are known: so many. None of them is told as joining."""

    segment_id: int
    size: int

    wording = _("found the members of a segment")


@dataclass(frozen=True)
class MembersJoined(Event):
    """Records came into a segment; they and the segment are what it is about. Told once for a batch."""

    segment_id: int
    count: int

    wording = _("came into a segment")


@dataclass(frozen=True)
class MembersLeft(Event):
    """Records went out of a segment; they and the segment are what it is about. Told once for a batch."""

    segment_id: int
    count: int

    wording = _("went out of a segment")
