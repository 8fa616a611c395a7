"""Erasing a person: pairs that name it are gone, as the reasons tell of its fields (PPL-8)."""

from django.db.models import Q

from leadline.core.actions import Actor, action
from leadline.core.privacy import Erased, Person
from leadline.duplicates.models import Pair
from leadline.duplicates.scanning import keys


@action
def forget_person(person: Person, *, by: Actor) -> Erased:
    """Remove pairs and keys of the person's own records."""
    count = 0
    for kind in ("customer", "contact"):
        ids = person.ids(kind)
        if ids:
            count += Pair.objects.filter(Q(low_id__in=ids) | Q(high_id__in=ids), kind=kind).delete()[0]
            keys.forget(kind, ids)
    return Erased({"duplicates": count})
