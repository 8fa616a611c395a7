"""Erasing a person from what the platform told (PPL-8)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.privacy import Erased, Person
from leadline.platform.actions.following import tell_followers
from leadline.platform.actions.measuring import measure_customers
from leadline.platform.actions.users import digest_of_erased
from leadline.platform.models import FeatureDay, Payment, PlatformEvent, PlatformPulse, PlatformUser


@action
def erase_from_platform(person: Person, *, by: Actor) -> Erased:
    """Empty what is known of the person's users of the platform, and what their events tell.

    Kinds, moments and amounts stay for the sums. Of the platform id a digest stays, so that nothing is taken
    in of this person again.
    """
    users = list(users_of_person(person).filter(erased_at=None).order_by("pk").select_for_update(no_key=True))
    ids = [user.pk for user in users]
    for user in users:
        PlatformUser.objects.filter(pk=user.pk).update(
            external_id=digest_of_erased(user.external_id),
            email="",
            name="",
            phone="",
            erased_at=now(),
            updated_at=now(),
            version=F("version") + 1,
        )
    PlatformPulse.objects.filter(pk__in=ids).update(page="", device="", online_since=None)
    tell_followers(ids)
    _forget_features(users, by)
    events = PlatformEvent.objects.filter(user_id__in=ids).exclude(details={}).update(details={})
    Payment.objects.filter(user_id__in=ids).update(event_id="")
    PlatformEvent.objects.filter(user_id__in=ids).update(event_id="")
    return Erased({"platform_users": len(ids), "platform_events": events}, {"platform_user": ids})


def _forget_features(users: Sequence[PlatformUser], by: Actor) -> None:
    """What they used stands in the details of events, which go; counted anew there would be none either."""
    FeatureDay.objects.filter(user_id__in=[user.pk for user in users]).delete()
    measure_customers({user.customer_id for user in users if user.customer_id}, by=by)


def users_of_person(person: Person) -> QuerySet[PlatformUser]:
    """Those of an individual customer or a lead; of a contact those at its customers that bear its name."""
    own = Q(customer_id__in=person.ids("customer")) | Q(pk__in=person.ids("platform_user"))
    addresses = [word.lower() for word in person.words if "@" in word]
    named = Q(email__in=addresses)
    if person.kind == "contact":
        named |= Q(customer_id__in=person.within, name__in=list(person.words))
        named |= Q(customer_id__in=person.within, phone__in=list(person.words))
    return PlatformUser.objects.filter(own | named) if person.kind != "user" else PlatformUser.objects.none()
