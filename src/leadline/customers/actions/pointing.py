"""What custom fields of kind link point at, when customers become one (CUS-21, CUS-23)."""

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.custom.models import CustomField
from leadline.core.fields import catalogue
from leadline.core.merging import Merging, Moved


@action
def point_customers_at_survivor(merging: Merging, *, by: Actor) -> Moved:
    """Links of customers lead to the survivor; the history brings them back."""
    return _point_at_survivor("customer", merging)


@action
def point_contacts_at_survivor(merging: Merging, *, by: Actor) -> Moved:
    """Links of contacts lead to the survivor; the history brings them back."""
    return _point_at_survivor("contact", merging)


def _point_at_survivor(kind: str, merging: Merging) -> Moved:
    """A statement for each field, those of archived fields too; without such fields nothing is read."""
    table, moved = catalogue(kind).table, 0
    for field in CustomField.objects.filter(object=kind, kind=CustomField.Kind.LINK):
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET custom = custom || jsonb_build_object(%s::text, %s::bigint),"
                " version = version + 1, updated_at = now() WHERE custom ->> %s = ANY(%s::text[])",
                [field.name, merging.survivor, field.name, [str(other) for other in merging.others]],
            )
            moved += cursor.rowcount
    return Moved(moved)
