"""Taking a custom field out of use with its values, and bringing it back (CUS-21)."""

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.custom import rules
from leadline.core.custom.actions.writing import begin, made_known, present, write
from leadline.core.custom.events import CustomFieldArchived, CustomFieldBroughtBack
from leadline.core.custom.models import CustomField
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken


@action
def archive_field(definition: CustomField, *, version: int | None = None, by: Actor) -> CustomField:
    """Take a field out of lists, forms, files and the API; every value stays where it is.

    What asks for it (views, segments, rules) is told that there is no such field; `uses` says before which.
    """
    begin(by)
    definition = present(definition, version)
    if definition.is_archived:
        return definition
    definition.archived_at = now()
    write(definition, by=by)
    made_known()
    told = CustomFieldArchived(object=definition.object, field=definition.name)
    publish(told, by=by, about=[definition])
    return definition


@action
def bring_back_field(definition: CustomField, *, by: Actor) -> CustomField:
    """Take an archived field into use again, with its values; refused while another has its label."""
    begin(by)
    definition = present(definition, None)
    if not definition.is_archived:
        raise RuleBroken(_("This field is in use."))
    about = rules.taker(definition.object)
    rules.require_room(definition.object)
    rules.label_of(definition.label, about, definition)
    definition.archived_at = None
    rules.require_consistent(definition)
    write(definition, by=by)
    made_known()
    told = CustomFieldBroughtBack(object=definition.object, field=definition.name)
    publish(told, by=by, about=[definition])
    return definition
