"""Activities: recorded in sets, corrected and archived one by one (TIM-1, TIM-2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.core.refusals import RuleBroken
from leadline.timeline.events import ActivitiesLogged
from leadline.timeline.models import Activity

FURTHEST_AHEAD = timedelta(days=366 * 2)
EARLIEST_YEAR = 1990
LONGEST = 7 * 24 * 60  # minutes


@dataclass(frozen=True)
class ActivityDraft:
    """An activity to be: `at` is an aware moment, `duration` whole minutes."""

    customer_id: int
    kind: str
    title: str
    at: datetime | None = None
    contact_id: int | None = None
    description: str = ""
    outcome: str = ""
    duration: int | None = None
    follow_up_on: date | None = None


@action
def record_activities(drafts: Sequence[ActivityDraft], *, by: Actor) -> list[Activity]:
    """Put many activities on timelines at once; each draft must keep the rules.

    Raises `RuleBroken` naming the field of the first draft that doesn't.
    """
    moment = now()
    rows = Activity.objects.bulk_create([_activity(draft, moment, by) for draft in drafts], batch_size=2000)
    if rows:
        customers = {row.customer_id for row in rows}
        publish(
            ActivitiesLogged(activity_ids=tuple(row.pk for row in rows)),
            by=by,
            about=[Subject("customer", customer) for customer in sorted(customers)],
        )
    return rows


@action
def record_activity(draft: ActivityDraft, *, by: Actor) -> Activity:
    """Put one activity on a timeline (TIM-2)."""
    return record_activities([draft], by=by)[0]


@action
def edit_activity(activity: Activity, *, by: Actor, **answers: Any) -> Activity:
    """Correct what was logged; it stays on its customer's timeline."""
    drafted = ActivityDraft(customer_id=activity.customer_id, **answers)
    checked = _activity(drafted, now(), by)
    changes = {
        name: getattr(checked, name)
        for name in (
            "kind",
            "title",
            "description",
            "outcome",
            "duration",
            "follow_up_on",
            "contact_id",
            "at",
        )
    }
    _row(activity).update(**changes, updated_at=now(), version=F("version") + 1)
    return Activity.objects.get(pk=activity.pk, at=checked.at)


@action
def archive_activity(activity: Activity, *, by: Actor) -> None:
    """Take an activity off the timeline; its history stays."""
    _row(activity).update(archived_at=now(), updated_at=now(), version=F("version") + 1)


def _row(activity: Activity) -> Any:
    """The one row, found in its partition."""
    return Activity.objects.filter(pk=activity.pk, at=activity.at)


def _activity(draft: ActivityDraft, moment: datetime, by: Actor) -> Activity:
    at = draft.at or moment
    if draft.kind not in Activity.Kind.values:
        raise RuleBroken(_("Choose the kind of activity."), field="kind", value=draft.kind)
    if not draft.title.strip():
        raise RuleBroken(_("Give a title."), field="title")
    if draft.outcome and draft.outcome not in Activity.Outcome.values:
        raise RuleBroken(_("Choose one of the outcomes."), field="outcome", value=draft.outcome)
    if at.year < EARLIEST_YEAR or at > moment + FURTHEST_AHEAD:
        raise RuleBroken(_("Give a time between 1990 and two years from now."), field="at", value=at)
    if draft.duration is not None and not 0 <= draft.duration <= LONGEST:
        raise RuleBroken(
            _("Give the duration in minutes, at most a week."), field="duration", value=draft.duration
        )
    return Activity(
        at=at,
        customer_id=draft.customer_id,
        contact_id=draft.contact_id,
        kind=draft.kind,
        title=draft.title.strip()[:200],
        description=draft.description.replace("\0", ""),
        outcome=draft.outcome,
        duration=draft.duration,
        follow_up_on=draft.follow_up_on,
        user=by.user,
        created_at=moment,
        updated_at=moment,
    )
