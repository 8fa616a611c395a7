"""What can be told of capabilities, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class CapabilityAdded(Event):
    """A capability was named."""

    capability_id: int

    wording = _("added a capability")


@dataclass(frozen=True)
class CapabilityChanged(Event):
    """A capability was changed, retired or brought back; `counts_otherwise`: its kind or limit is another."""

    capability_id: int
    counts_otherwise: bool

    wording = _("changed a capability")
