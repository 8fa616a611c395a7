"""What “Why?” tells of persons to those who look after privacy: a legal hold (PPL-5, PPL-8)."""

from typing import Any

from leadline.core.privacy import person_of
from leadline.core.verbs import Fact, tells
from leadline.governance.policies import may_erase
from leadline.governance.queries.holds import hold_on, why_held
from leadline.people.models import User

PERSONS = ("customer", "contact")


@tells
def held(kind: str, user: User, record: Any) -> list[Fact]:
    """Why nothing of the person is erased at the moment."""
    if kind not in PERSONS or not may_erase(user):
        return []
    person = person_of(kind, record.pk)
    hold = hold_on(person) if person else None
    return [("held", why_held(hold))] if hold else []
