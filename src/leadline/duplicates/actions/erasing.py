"""Erasing a person: pairs that name it are gone, as the reasons tell of its fields (PPL-8)."""

from django.db.models import Q

from leadline.core.actions import Actor, action
from leadline.core.privacy import Erased, Person
from leadline.duplicates.models import Pair
from leadline.duplicates.scanning import records


@action
def forget_person(person: Person, *, by: Actor) -> Erased:
    """Remove pairs of the person's own records, and what these are compared by."""
    count = 0
    for kind in ("customer", "contact"):
        ids = person.ids(kind)
        if ids:
            count += Pair.objects.filter(Q(low_id__in=ids) | Q(high_id__in=ids), kind=kind).delete()[0]
            records.forget(kind, ids)
    return Erased({"duplicates": count})
