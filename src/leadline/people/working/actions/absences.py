"""Absences: entered, changed, removed (PPL-1)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, lock_all, require
from leadline.core.events import publish
from leadline.core.formats import day as in_words
from leadline.core.refusals import RuleBroken
from leadline.people.models import User
from leadline.people.working import policies
from leadline.people.working.events import AbsenceChanged, AbsenceEntered, AbsenceRemoved
from leadline.people.working.models import Absence

LONGEST_DAYS = 3 * 366


@action
def enter_absence(
    person: User,
    *,
    begins_on: date,
    ends_on: date,
    kind: str = "holiday",
    deputy: User | None = None,
    by: Actor,
) -> Absence:
    """Somebody is away from the first to the last day, in the person's zone (PPL-1).

    Raises `RuleBroken` for days in the wrong order, for an overlap with another absence, and for a deputy who
    can't stand in.
    """
    require(policies.may_tell_hours(by.user, person), who_can_help=policies.ASK)
    absence = Absence(user=_locked(person, deputy), kind=kind)
    _set(absence, begins_on, ends_on, deputy)
    publish(AbsenceEntered(**_told(absence)), by=by, about=[person])
    return absence


@action
def change_absence(
    absence: Absence, *, begins_on: date, ends_on: date, kind: str, deputy: User | None, by: Actor
) -> Absence:
    """Give an absence other days, another reason or deputy; the same rules as for a new one."""
    require(policies.may_tell_hours(by.user, absence.user), who_can_help=policies.ASK)
    _locked(absence.user, deputy)
    absence = lock(absence)
    absence.kind = kind
    _set(absence, begins_on, ends_on, deputy)
    publish(AbsenceChanged(**_told(absence)), by=by, about=[absence.user])
    return absence


@action
def remove_absence(absence: Absence, *, by: Actor) -> None:
    """Take an absence away that does not take place; the history keeps it."""
    person = absence.user
    require(policies.may_tell_hours(by.user, person), who_can_help=policies.ASK)
    absence = lock(absence)
    event = AbsenceRemoved(absence_id=absence.pk, user_id=person.pk)
    absence.delete()
    publish(event, by=by, about=[person])


def _locked(person: User, deputy: User | None) -> User:
    """Person and deputy, locked: of two absences at once the second sees the first."""
    rows = User.objects.filter(pk__in=[person.pk, *([deputy.pk] if deputy else [])])
    return next(user for user in lock_all(rows) if user.pk == person.pk)


def _set(absence: Absence, begins_on: date, ends_on: date, deputy: User | None) -> None:
    if absence.kind not in Absence.Kind.values:
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        words = {"value": absence.kind[:60], "accepted": ", ".join(Absence.Kind.values)}
        raise RuleBroken(message % words, field="kind", value=absence.kind)
    _require_days(absence, begins_on, ends_on)
    if deputy is not None:
        _require_able(deputy, absence.user, begins_on, ends_on)
    absence.begins_on, absence.ends_on, absence.deputy = begins_on, ends_on, deputy
    absence.save()


def _require_days(absence: Absence, begins_on: date, ends_on: date) -> None:
    if ends_on < begins_on:
        message = _("The last day, %(last)s, is before the first, %(first)s.")
        words = {"last": in_words(ends_on), "first": in_words(begins_on)}
        raise RuleBroken(message % words, field="ends_on", value=str(ends_on))
    if (ends_on - begins_on).days >= LONGEST_DAYS:
        raise RuleBroken(_("An absence lasts three years at most."), field="ends_on", value=str(ends_on))
    others = Absence.objects.filter(user=absence.user).exclude(pk=absence.pk)
    other = others.touching(begins_on, ends_on).order_by("begins_on").first()
    if other is not None:
        message = _(
            "This overlaps an absence from %(first)s to %(last)s. Change that one, or choose other days."
        )
        words = {"first": in_words(other.begins_on), "last": in_words(other.ends_on)}
        raise RuleBroken(message % words, field="begins_on", value=str(begins_on))


def _require_able(deputy: User, person: User, begins_on: date, ends_on: date) -> None:
    if deputy == person:
        raise RuleBroken(_("Nobody stands in for themselves."), field="deputy", value=deputy.pk)
    if not deputy.is_active or deputy.is_system:
        message = _("%(name)s can't sign in, and so can't stand in.")
        raise RuleBroken(message % {"name": deputy}, field="deputy", value=deputy.pk)
    away = Absence.objects.filter(user=deputy).touching(begins_on, ends_on).order_by("begins_on").first()
    if away is not None:
        message = _("%(name)s is away from %(first)s to %(last)s. Choose somebody who is here.")
        words = {"name": deputy, "first": in_words(away.begins_on), "last": in_words(away.ends_on)}
        raise RuleBroken(message % words, field="deputy", value=deputy.pk)


def _told(absence: Absence) -> dict[str, Any]:
    return {
        "absence_id": absence.pk,
        "user_id": absence.user_id,
        "begins_on": absence.begins_on,
        "ends_on": absence.ends_on,
        "deputy_id": absence.deputy_id,
    }
