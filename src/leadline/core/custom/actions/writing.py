"""What each action on definitions begins and ends with."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.custom.building import order_mark, order_sql
from leadline.core.custom.indexing import Index, start_indexing, wanted_indexes
from leadline.core.custom.joining import forget_fields
from leadline.core.custom.models import CustomField, CustomStamp
from leadline.core.custom.policies import WHO_CAN_HELP, may_manage_fields
from leadline.core.fields import catalogue
from leadline.core.history import changes_since
from leadline.core.refusals import EditConflict


def begin(by: Actor) -> None:
    """Who may not is refused; who may waits for whoever changes definitions right now."""
    require(may_manage_fields(by.user), _("Your role can't change custom fields."), who_can_help=WHO_CAN_HELP)
    list(CustomStamp.objects.select_for_update().values_list("pk"))


def present(definition: CustomField, version: int | None) -> CustomField:
    """The definition as it is now. Raises `EditConflict` when `version` is not the present one (ALL-1)."""
    found = lock(definition)
    if version is not None and version != found.version:
        raise EditConflict(changes_since("customfield", found.pk, version), found.version)
    return found


def write(definition: CustomField, *, by: Actor) -> CustomField:
    """Keep a definition; its indexes are built or removed in the background where they should be others."""
    definition.version += 1 if definition.pk else 0
    wanted = order_mark(order_sql(definition, catalogue(definition.object)))
    stale = definition.indexed_as != wanted
    if stale:
        definition.indexed_as = ""
    had_key = _had_key(definition)
    definition.save()
    if stale or had_key != _wants_key(definition):
        start_indexing(definition, by=by)
    return definition


def made_known() -> None:
    """Every process reads the definitions anew on its next request; this one now."""
    CustomStamp.objects.filter(pk=1).update(stamp=uuid.uuid4())
    forget_fields()


@action
def note_indexed(definition: CustomField, built: Sequence[Index], *, by: Actor) -> bool:
    """Offer the order whose indexes are whole now; False when the definition wants others meanwhile."""
    list(CustomStamp.objects.select_for_update().values_list("pk"))
    found = lock(definition)
    about = catalogue(found.object)
    if list(built) != wanted_indexes(found, about):
        return False
    mark = order_mark(order_sql(found, about))
    if found.indexed_as != mark:
        CustomField.objects.filter(pk=found.pk).update(indexed_as=mark)
        made_known()
    return True


def _had_key(definition: CustomField) -> bool:
    rows: Any = CustomField.objects.filter(pk=definition.pk)
    return any(_wants_key(before) for before in rows)


def _wants_key(definition: CustomField) -> bool:
    return definition.is_key and not definition.is_archived
