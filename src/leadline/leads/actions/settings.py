"""Stages, reasons and calling hours, which an administrator sets (LEA-4, LEA-5)."""

from collections.abc import Collection, Sequence
from datetime import time
from typing import TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, lock_all, require
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.leads.models import CallingHours, Reason, Stage
from leadline.leads.models.settings import EVERY_DAY, REASONS, STAGES
from leadline.leads.queries.settings import stages_in_use
from leadline.people.policies import ASK_AN_ADMINISTRATOR, may_manage_settings

Listed = TypeVar("Listed", Stage, Reason)
LONGEST = 60


@action
def add_listed(model: type[Listed], *, name: str, by: Actor) -> Listed:
    """Add an open stage, or a reason, at the end of its list: of stages, before those that close."""
    _require(by)
    last = model.objects.aggregate(Max("position"))["position__max"] or 0
    added: Listed = model.objects.create(name=_named(name), position=last + 1)
    _know_anew()
    _in_order(list(model.objects.in_use()))
    added.refresh_from_db()
    return added


@action
def rename_listed(listed: Listed, *, name: str, by: Actor) -> Listed:
    """Call a stage or reason something else; leads in it stay in it."""
    _require(by)
    listed = lock(listed)
    listed.name = _named(name)
    listed.save(update_fields=["name"])
    _know_anew()
    return listed


@action
def change_stage(stage: Stage, *, name: str, most: int | None, by: Actor) -> Stage:
    """Call a stage something else, and say how many leads should stand in it at most; None for any number.

    The limit is told on the board and forbids nothing.
    """
    stage = rename_listed(stage, name=name, by=by)
    stage.most = most
    stage.save(update_fields=["most"])
    return stage


@action
def move_listed(listed: Listed, *, to: int, by: Actor) -> Listed:
    """Put a stage or reason at another place, from 1; stages that close stay last."""
    _require(by)
    model = type(listed)
    others = [each for each in lock_all(model.objects.filter(retired_at=None)) if each.pk != listed.pk]
    others.sort(key=lambda each: (each.position, each.pk))
    others.insert(max(0, to - 1), lock(listed))
    _in_order(others)
    _know_anew()
    return lock(listed)


@action
def retire_listed(listed: Listed, *, by: Actor) -> Listed:
    """Offer it no more; leads that have it keep it. A provided stage stays, and one in which leads are."""
    _require(by)
    listed = lock(listed)
    if isinstance(listed, Stage):
        if listed.key:
            raise RuleBroken(_("This stage comes with the product; it can be renamed, not retired."))
        if listed.leads.filter(archived_at=None).exists():
            raise RuleBroken(_("There are leads in this stage. Bring them into another one first."))
    listed.retired_at = now()
    listed.save(update_fields=["retired_at"])
    _know_anew()
    return listed


@action
def bring_back_listed(listed: Listed, *, by: Actor) -> Listed:
    """Offer it again."""
    _require(by)
    listed = lock(listed)
    listed.retired_at = None
    listed.save(update_fields=["retired_at"])
    _know_anew()
    return listed


@action
def set_calling_hours(*, begins: time, ends: time, days: Collection[int], by: Actor) -> CallingHours:
    """Say when people may be called, by their own clocks. Raises `RuleBroken` without any day."""
    _require(by)
    known = sorted(set(days) & set(EVERY_DAY))
    if not known:
        raise RuleBroken(_("Choose at least one day."), field="days")
    hours, _made = CallingHours.objects.select_for_update(no_key=True).get_or_create(pk=1)
    hours.begins, hours.ends, hours.days = begins, ends, known
    hours.save()
    return hours


@action
def provide_stages_and_reasons(*, by: Actor) -> None:
    """Bring what a new installation comes with (ALL-11); what is there stays as people made it."""
    have = set(Stage.objects.exclude(key="").values_list("key", flat=True))
    Stage.objects.bulk_create(
        [
            Stage(key=key, name=name, kind=kind, position=place)
            for place, (key, name, kind) in enumerate(STAGES, 1)
            if key not in have
        ]
    )
    _know_anew()
    have = set(Reason.objects.exclude(key="").values_list("key", flat=True))
    Reason.objects.bulk_create(
        [
            Reason(key=key, name=name, position=place)
            for place, (key, name) in enumerate(REASONS, 1)
            if key not in have
        ]
    )


def _know_anew() -> None:
    """This process forgets the stages that it knows now, and what somebody read before it is committed."""
    stages_in_use.forget()
    transaction.on_commit(stages_in_use.forget)


def _require(by: Actor) -> None:
    require(may_manage_settings(by.user), who_can_help=ASK_AN_ADMINISTRATOR)


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise RuleBroken(_("Give a name of at most %(most)s signs.") % {"most": LONGEST}, field="name")
    return name


def _in_order(listed: Sequence[Stage | Reason]) -> None:
    """Number them as they stand; of stages those that close come last."""
    for place, each in enumerate(sorted(listed, key=_closes), 1):
        if each.position != place:
            type(each).objects.filter(pk=each.pk).update(position=place)


def _closes(listed: Stage | Reason) -> bool:
    return isinstance(listed, Stage) and not listed.is_open
