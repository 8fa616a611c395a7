"""Forgetting a person who is erased (PPL-8)."""

from leadline.core.actions import Actor, action
from leadline.core.privacy import Erased, Person
from leadline.marketing.models import Sending


@action
def erase_sendings(person: Person, *, by: Actor) -> Erased:
    """What was sent to the person is known no more; that letters left the house stays without address."""
    count = 0
    for kind, ids in person.records.items():
        rows = Sending.objects.filter(kind=kind, record_id__in=ids)
        count += rows.update(to="", subject="")
    return Erased({"sendings": count})
