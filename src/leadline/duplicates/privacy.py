"""What duplicates hold about persons (PPL-8)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import Holder, Person, Section, register_holder, without_personal_data
from leadline.duplicates.actions import forget_person
from leadline.duplicates.models import Pair


def held_pairs(person: Person) -> Section:
    """Pairs of the person's own records."""
    about = Q(pk=None)
    for kind, ids in person.records.items():
        about |= Q(kind=kind) & (Q(low_id__in=ids) | Q(high_id__in=ids))
    return list(
        Pair.objects.filter(about).order_by("pk").values("kind", "low_id", "high_id", "score", "signs")
    )


register_holder(
    Holder("duplicates.pairs", _("Likely duplicates"), ("duplicates.Pair",), held_pairs, forget_person)
)
without_personal_data(
    {"duplicates.Dismissal": "keys, and who of the house said so", "duplicates.Scan": "counts"}
)
