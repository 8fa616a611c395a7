"""Users are persons too: what is held about them can be reported (PPL-8). Leavers are deactivated instead."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import (
    Holder,
    Person,
    Section,
    register_holder,
    register_person,
    without_personal_data,
)
from leadline.core.privacy.persons import usable
from leadline.people.models import Token, User
from leadline.people.signing.models import CodeApp, Identity, Invitation, Passkey, Session
from leadline.people.working.models import Absence, HeldSkill


def user_as_person(key: int) -> Person | None:
    """Somebody who works here."""
    user = User.objects.filter(pk=key, is_system=False).first()
    words = usable([user.name, user.email, user.phone]) if user else ()
    return Person("user", key, user.name, words, {"user": (key,)}) if user else None


def held_user(person: Person) -> Section:
    """The user's own fields; never the password."""
    columns = ("id", "email", "name", "phone", "language", "time_zone", "is_active", "created_at")
    return list(User.objects.filter(pk__in=person.ids("user")).values(*columns))


def held_sessions(person: Person) -> Section:
    """Browsers that the user signed in with."""
    rows = Session.objects.filter(user__in=person.ids("user")).order_by("began_at")
    return list(rows.values("began_at", "seen_at", "ended_at", "way", "address", "device"))


def held_tokens(person: Person) -> Section:
    """Keys for programs, without what would open anything."""
    rows = Token.objects.filter(user__in=person.ids("user")).order_by("id")
    return list(rows.values("name", "created_at", "last_used_on", "expires_at", "revoked_at"))


def held_factors(person: Person) -> Section:
    """Second factors and names at providers, without what would open anything."""
    whose = {"user__in": person.ids("user")}
    passkeys = Passkey.objects.filter(**whose).values("name", "created_at", "last_used_at")
    apps = CodeApp.objects.filter(**whose).values("created_at", "confirmed_at")
    identities = Identity.objects.filter(**whose).values("provider__label", "subject", "linked_at")
    invitations = Invitation.objects.filter(**whose).values("email", "created_at", "accepted_at")
    return [row for rows in (passkeys, apps, identities, invitations) for row in rows]


def held_working(person: Person) -> Section:
    """When somebody is away, and what somebody knows."""
    absences = Absence.objects.filter(user__in=person.ids("user")).values("begins_on", "ends_on", "kind")
    skills = HeldSkill.objects.filter(user__in=person.ids("user")).values("skill__name", "level")
    return [row for rows in (absences, skills) for row in rows]


def sees_user(user: Any, key: int) -> bool:
    """Oneself, and who sees users."""
    return user.pk == key or user.may("user", "view")


register_person("user", _("User"), fetch=user_as_person, sees=sees_user)
register_holder(Holder("people.users", _("User"), ("people.User",), held_user))
register_holder(Holder("people.sessions", _("Sessions"), ("people.Session",), held_sessions))
register_holder(Holder("people.tokens", _("Keys for programs"), ("people.Token",), held_tokens))
register_holder(
    Holder(
        "people.factors",
        _("Ways of signing in"),
        ("people.Passkey", "people.CodeApp", "people.Identity", "people.Invitation"),
        held_factors,
    )
)
register_holder(
    Holder("people.working", _("Absences and skills"), ("people.Absence", "people.HeldSkill"), held_working)
)
without_personal_data(
    {
        "people.Team": "names of teams",
        "people.Territory": "names of places, and rules",
        "people.TerritoryMember": "keys",
        "people.Role": "what roles allow",
        "people.Attempt": "counts under digests",
        "people.RecoveryCode": "digests",
        "people.Provider": "providers, nobody's",
        "people.Skill": "names of skills",
        "people.TokenUse": "counts",
        "people.SigningRules": "one row that everybody is under",
    }
)
