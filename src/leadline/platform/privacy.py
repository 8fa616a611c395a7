"""What the platform told about persons (PPL-8)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import Holder, Person, Section, register_holder, without_personal_data
from leadline.platform.actions.erasing import erase_from_platform, users_of_person
from leadline.platform.archiving.erasing import sweep_archives, told_in_archives
from leadline.platform.models import FeatureDay, Payment, PlatformEvent, UsageDay

OF_A_USER = ("external_id", "email", "name", "phone")


def held_users(person: Person) -> Section:
    """Who the person is on the platform, and how that stands."""
    columns = ("id", "external_id", "email", "name", "phone", "country", "language", "registered_at")
    pulse = ("last_seen_at", "last_login_at", "page", "device", "balance", "balance_currency", "deposits")
    rows = users_of_person(person).order_by("pk")
    return list(rows.values(*columns, *(f"pulse__{name}" for name in pulse)))


def held_events(person: Person) -> Section:
    """What the person did on the platform."""
    rows = PlatformEvent.objects.filter(user_id__in=_ids(person)).order_by("at", "id")
    return list(rows.values("at", "kind", "details"))


def held_in_archives(person: Person) -> Section:
    """What the person did in months that are archived."""
    return told_in_archives(_ids(person))


def held_payments(person: Person) -> Section:
    """What the person paid in and out, or tried to."""
    rows = Payment.objects.filter(user_id__in=_ids(person)).order_by("at", "id")
    return list(rows.values("at", "kind", "state", "method", "amount", "currency", "reason", "country"))


def held_usage(person: Person) -> Section:
    """How much the person used the platform, day by day."""
    rows = UsageDay.objects.filter(user_id__in=_ids(person)).order_by("day", "user_id")
    counts = ("logins", "seconds", "listings", "views", "inquiries", "searches")
    return list(rows.values("day", *counts))


def held_features(person: Person) -> Section:
    """What the person used there, day by day."""
    rows = FeatureDay.objects.filter(user_id__in=_ids(person)).order_by("day", "capability__key")
    return list(rows.values("day", "capability__key", "times", "amount"))


def _ids(person: Person) -> list[int]:
    return list(users_of_person(person).values_list("pk", flat=True))


register_holder(
    Holder(
        "platform.users",
        _("Users of the platform"),
        ("platform.PlatformUser", "platform.PlatformPulse", "platform.DepositedSum"),
        held_users,
        erase_from_platform,
        {"platform_user": OF_A_USER},
    )
)
register_holder(
    Holder("platform.events", _("Events of the platform"), ("platform.PlatformEvent",), held_events)
)
register_holder(
    Holder(
        "platform.archives",
        _("Archived events of the platform"),
        ("platform.ArchivedMonth", "platform.ReplacedArchive"),
        held_in_archives,
        sweep=sweep_archives,
    )
)
register_holder(Holder("platform.payments", _("Payments"), ("platform.Payment",), held_payments))
register_holder(Holder("platform.usage", _("Usage of the platform"), ("platform.UsageDay",), held_usage))
register_holder(
    Holder("platform.features", _("Features that are used"), ("platform.FeatureDay",), held_features)
)
without_personal_data(
    {
        "platform.FeatureUse": "sums of what customers use; of a person the days under it are told",
        "platform.Utilisation": "counts over customers",
        "platform.UsageDue": "keys, until their days are counted",
        "platform.UsagePlace": "a place among users and customers",
        "platform.SeenEvent": "digests",
        "platform.IngestKey": "names that administrators gave to keys, and secrets",
        "platform.PlatformRules": "choices of the house",
    }
)
