"""Setting targets, and copying those of another month (PRF-1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock_all, require
from leadline.core.changesets.actions import change_set
from leadline.core.clock import now
from leadline.core.formats import day
from leadline.core.metrics import Metric, metric_named
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.people.models import Team, User
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.performance.models import Target
from leadline.performance.policies import may_set_target_of

__all__ = ["Done", "Wish", "copy_targets", "set_targets"]
MOST, LARGEST = 2_000, Decimal(10) ** 12
Key = tuple[str, int, str, str, str]


@dataclass(frozen=True)
class Wish:
    """A target as somebody wants it: for a person or a team, of a metric, so often; None takes it back.

    `seen` is the value that was there before, where the door knows it: who saw another one is told.
    """

    whose: User | Team
    metric: str
    every: str
    value: Decimal | None
    currency: str = ""
    seen: Decimal | str | None = ""

    @property
    def key(self) -> Key:
        """By what a target is known within its month."""
        return (*key_of(self.whose), self.metric, self.every, self.currency)


@dataclass(frozen=True)
class Done:
    """What was set or taken back, and the change set by which it is undone; none where nothing changed."""

    changed: Sequence[Target]
    change_set: int | None


def may_have_target(metric: Metric) -> bool:
    """Whether something of it is to be reached: what adds up, and is better the more there is."""
    return metric.measure.adds_up and metric.better != "less"


def key_of(whose: User | Team) -> tuple[str, int]:
    """Of which person or team: ("user", 7)."""
    return ("user" if isinstance(whose, User) else "team"), whose.pk


@action
def set_targets(month: date, wishes: Iterable[Wish], *, by: Actor) -> Done:
    """Say what is to be reached in a month; all of it is one change set, and so undone at once.

    Raises `RuleBroken` naming the field, `NotAllowed` for people and teams out of reach, `EditConflict` where
    somebody else set another value since it was `seen`.
    """
    wanted = {wish.key: wish for wish in wishes}
    if len(wanted) > MOST:
        raise RuleBroken(_("At most %(most)s targets at once.") % {"most": MOST}, field="targets")
    for wish in wanted.values():
        _check(wish, by)
    present = {_key_of(each): each for each in lock_all(Target.objects.filter(month=month))}
    changes = [wish for key, wish in wanted.items() if _differs(wish, present.get(key))]
    if not changes:
        return Done((), None)
    title = _("Targets of %(month)s") % {"month": _named(month)}
    with change_set("performance.targets", title, by) as by:
        return Done(_write(month, changes, present, by=by), by.change_set)


@action
def copy_targets(source: date, month: date, *, by: Actor) -> Done:
    """Set what another month has, for everybody within reach who has no such target in `month` yet."""
    known = {_key_of(each) for each in Target.objects.in_force().filter(month=month)}
    rows = Target.objects.visible_to(by.user).in_force().filter(month=source)
    wishes = [
        Wish(whose, each.metric, each.every, each.value, each.currency)
        for each in rows.select_related("user", "team").order_by("pk")
        if _key_of(each) not in known
        and (whose := each.user or each.team) is not None
        and may_set_target_of(by.user, whose)
        and _still_there(whose)
    ]
    if not wishes:
        message = _("There is nothing to copy: %(month)s has no targets that are not set here already.")
        raise RuleBroken(message % {"month": _named(source)}, field="from")
    return set_targets(month, wishes, by=by)


@action
def _write(month: date, changes: Sequence[Wish], present: dict[Key, Target], *, by: Actor) -> list[Target]:
    written = []
    for wish in changes:
        found = present.get(wish.key)
        if found is None:
            kind, key = key_of(wish.whose)
            found = Target(
                month=month,
                metric=wish.metric,
                every=wish.every,
                currency=wish.currency,
                **{f"{kind}_id": key},
            )
        else:
            found.version += 1
        found.value, found.updated_at = wish.value, now()
        found.save()
        written.append(found)
    return written


def _check(wish: Wish, by: Actor) -> None:
    metric = metric_named(wish.metric, by.user)
    if not may_have_target(metric):
        message = _("“%(figure)s” can have no target: only what adds up, the more the better.")
        raise RuleBroken(message % {"figure": metric.label}, field="metric", value=wish.metric)
    if wish.every not in Target.Every.values:
        words = {"value": wish.every[:40], "accepted": ", ".join(Target.Every.values)}
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        raise RuleBroken(message % words, field="every", value=wish.every[:40])
    if bool(metric.measure.currency) != (len(wish.currency) == 3 and wish.currency.isalpha()):
        message = _("An amount of money has a currency of three letters; other figures have none.")
        raise RuleBroken(message, field="currency", value=wish.currency[:10])
    if wish.value is not None and not 0 < wish.value < LARGEST:
        raise RuleBroken(_("A target is more than 0."), field="value", value=str(wish.value)[:40])
    require(
        may_set_target_of(by.user, wish.whose),
        _("You may not set targets of %(who)s.") % {"who": wish.whose},
        who_can_help=ASK_AN_ADMINISTRATOR,
    )
    if wish.value is not None and not _still_there(wish.whose):
        raise RuleBroken(_("%(who)s does not work here any more.") % {"who": wish.whose}, field="user")


def _still_there(whose: User | Team) -> bool:
    if isinstance(whose, User):
        return whose.is_active and not whose.is_system
    return whose.archived_at is None


def _differs(wish: Wish, found: Target | None) -> bool:
    present = found.value if found else None
    if present == wish.value:
        return False
    if wish.seen != "" and wish.seen != present:
        if wish.seen == wish.value:  # untouched by this person: what the other one set stays
            return False
        raise EditConflict([], found.version if found else 0)
    return True


def _key_of(target: Target) -> Key:
    return (*target.key, target.metric, target.every, target.currency)


def _named(month: date) -> str:
    return day(month, "MMMM y")
