"""The order of custom fields and the sections they stand in, as pages show them (CUS-21)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.custom import rules
from leadline.core.custom.actions.writing import begin, made_known
from leadline.core.custom.events import CustomFieldChanged
from leadline.core.custom.models import CustomField
from leadline.core.events import publish_many
from leadline.core.refusals import RuleBroken


@action
def arrange_fields(
    object: str, *, order: Sequence[int], sections: Sequence[str] | None = None, by: Actor
) -> None:
    """Put the fields of an object into an order, by their ids, and each into a section.

    Fields that are not named (made meanwhile by somebody else) keep their places behind them.
    """
    begin(by)
    rules.taker(object)
    known = {
        each.pk: each
        for each in CustomField.objects.in_use().filter(object=object).order_by("position", "pk")
    }
    wanted = [known[key] for key in dict.fromkeys(order) if key in known]
    if sections is not None and len(sections) != len(order):
        raise RuleBroken(_("Each field stands in one section."), "sections", len(sections))
    named = dict(zip(order, sections, strict=True)) if sections is not None else {}
    rest = [each for each in known.values() if each not in wanted]
    moved = [
        each
        for place, each in enumerate([*wanted, *rest], start=1)
        if _placed(each, place, rules.text(named.get(each.pk, each.section), "section", longest=80))
    ]
    CustomField.objects.bulk_update(moved, ["position", "section", "version"])
    if moved:
        made_known()
        ids = [each.pk for each in moved]
        publish_many(CustomFieldChanged, ids, kind="customfield", by=by, object=object, field="")


def _placed(definition: CustomField, place: int, section: str) -> bool:
    """Give it a place; whether that changed anything."""
    if (definition.position, definition.section) == (place, section):
        return False
    definition.position, definition.section = place, section
    definition.version += 1
    return True
