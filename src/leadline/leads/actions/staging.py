"""Stages: forward and back among the open ones, closed with a reason, opened again (LEA-4)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import publish_many
from leadline.core.refusals import RuleBroken
from leadline.customers.actions.picking import Done
from leadline.leads.actions.picking import Candidate, one, pick
from leadline.leads.actions.side import follow
from leadline.leads.events import LeadsDisqualified, LeadsReopened, LeadsStageChanged
from leadline.leads.models import Lead, Reason, Stage
from leadline.leads.queries.settings import stages_by_key
from leadline.timeline.actions import record_the_same
from leadline.timeline.models import Activity


@action
def set_stage(ids: Iterable[int], *, stage: Stage, by: Actor) -> Done:
    """Bring open leads into another open stage; each change stands on its timeline.

    Raises `RuleBroken` for a stage that is retired or closes leads: these need a reason or a customer.
    """
    if stage.retired_at is not None or not stage.is_open:
        raise RuleBroken(_("Choose one of the open stages."), field="stage", value=stage.label)
    picked, done = pick(ids, "stage", by=by)
    moving = [candidate for candidate in picked if candidate.stage_id != stage.pk]
    done.changed, done.unchanged = [each.id for each in moving], len(picked) - len(moving)
    _move(moving, stage, by=by)
    if done.changed:
        publish_many(
            LeadsStageChanged, done.changed, kind="lead", by=by, stage_id=stage.pk, count=len(moving)
        )
    return done


@action
def disqualify_leads(ids: Iterable[int], *, reason: Reason, by: Actor) -> Done:
    """Close leads without a customer, for a reason; star and callback go with it."""
    if reason.retired_at is not None:
        raise RuleBroken(_("Choose one of the reasons."), field="reason", value=reason.label)
    picked, done = pick(ids, "disqualify", by=by)
    done.changed = [candidate.id for candidate in picked]
    lost = Stage.objects.get(key="disqualified")
    _move(picked, lost, why=reason.label, by=by, reason=reason, **_OUT_OF_THE_QUEUE)
    if done.changed:
        publish_many(
            LeadsDisqualified,
            done.changed,
            kind="lead",
            by=by,
            reason_id=reason.pk,
            count=len(done.changed),
        )
    return done


@action
def reopen_leads(ids: Iterable[int], *, by: Actor) -> Done:
    """Work on closed leads again: assigned where they have an owner, else new."""
    picked, done = pick(ids, "reopen", by=by)
    done.changed = [candidate.id for candidate in picked]
    stages = Stage.objects.in_bulk(stages_by_key().values())
    by_key = {stage.key: stage for stage in stages.values()}
    for key, owned in (("assigned", True), ("new", False)):
        moving = [candidate for candidate in picked if (candidate.owner_id is not None) == owned]
        _move(moving, by_key[key], by=by, reason=None)
    if done.changed:
        publish_many(LeadsReopened, done.changed, kind="lead", by=by, count=len(done.changed))
    return done


@action
def set_stage_of(lead: Lead, *, stage: Stage, by: Actor) -> Lead:
    """Bring one lead into another stage."""
    return one(lead, set_stage([lead.pk], stage=stage, by=by))


@action
def disqualify_lead(lead: Lead, *, reason: Reason, by: Actor) -> Lead:
    """Close one lead for a reason."""
    return one(lead, disqualify_leads([lead.pk], reason=reason, by=by))


@action
def reopen_lead(lead: Lead, *, by: Actor) -> Lead:
    """Work on one closed lead again."""
    return one(lead, reopen_leads([lead.pk], by=by))


_OUT_OF_THE_QUEUE: Mapping[str, Any] = {
    "starred_at": None,
    "starred_until": None,
    "starred_by": None,
    "callback_at": None,
}


def _move(moving: Iterable[Candidate], stage: Stage, *, why: str = "", by: Actor, **values: Any) -> None:
    """Change the stage of locked leads, and say so on their timelines."""
    labels = {each.pk: each.label for each in Stage.objects.all()}
    titled: dict[str, list[int]] = {}
    for candidate in moving:
        words = {"old": labels[candidate.stage_id], "new": stage.label}
        titled.setdefault(_("Stage: %(old)s → %(new)s") % words, []).append(candidate.id)
    ids = [pk for theirs in titled.values() for pk in theirs]
    if not ids:
        return
    moment = now()
    Lead.objects.filter(pk__in=ids).update(
        stage=stage, stage_since=moment, **values, updated_at=moment, version=F("version") + 1
    )
    follow(ids)
    record_the_same(titled, kind=Activity.Kind.STATUS, description=why, about="lead", by=by)
