"""What those above may want to know of custom fields."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class CustomFieldMade(Event):
    """An administrator made a field; `object` is the kind of record that has it."""

    object: str
    field: str

    wording = _("made a custom field")


@dataclass(frozen=True)
class CustomFieldChanged(Event):
    """What a custom field is called, takes, or who sees it was changed."""

    object: str
    field: str

    wording = _("changed a custom field")


@dataclass(frozen=True)
class CustomFieldArchived(Event):
    """A custom field was taken out of use; its values stay."""

    object: str
    field: str

    wording = _("archived a custom field")


@dataclass(frozen=True)
class CustomFieldBroughtBack(Event):
    """An archived custom field is in use again, with its values."""

    object: str
    field: str

    wording = _("brought a custom field back")
