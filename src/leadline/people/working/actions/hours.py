"""Working hours of a person (PPL-1)."""

from leadline.core.actions import Actor, action, lock, require
from leadline.people.models import User
from leadline.people.working import policies
from leadline.people.working.hours import read_hours


@action
def tell_hours(person: User, *, by: Actor, **written: str) -> User:
    """Say when somebody works, `monday="09:00–12:00, 13:00–17:00"` and so on, in the person's zone.

    A day not given is free; without any given, nobody said, and the usual hours count. Raises `RulesBroken`
    by weekday.
    """
    require(policies.may_tell_hours(by.user, person), who_can_help=policies.ASK)
    person = lock(person)
    person.hours = read_hours(written) if written else None
    person.save(update_fields=["hours"])
    return person
