"""What those above may want to know of change sets."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class ChangeSetUndone(Event):
    """A change set was undone, apart from the rows that were edited since (SIG-3)."""

    wording = _("Undone: %(undone)s rows changed back, %(kept)s kept")

    change_set_id: int
    undone: int
    kept: int


@dataclass(frozen=True)
class ChangeSetOpened(Event):
    """A mass change, an import or an undoing began; its history carries the change set (PPL-7)."""

    wording = _("began a mass change (%(kind)s)")

    change_set_id: int
    kind: str
