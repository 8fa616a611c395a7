"""Activities: recorded in sets, corrected and archived one by one (TIM-1, TIM-2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.core.fields import catalogue
from leadline.core.history import changes_since
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.core.sets import copy_rows, fresh_ids
from leadline.timeline.events import ActivitiesLogged
from leadline.timeline.models import Activity

FURTHEST_AHEAD = timedelta(days=366 * 2)
EARLIEST_YEAR = 1990
LONGEST = 7 * 24 * 60  # minutes
_FIELDS = [field for field in Activity._meta.concrete_fields if not field.generated]
_COLUMNS = [str(field.column) for field in _FIELDS]  # id, at, customer and lead first
_values = attrgetter(*(field.attname for field in _FIELDS))
_KINDS, _OUTCOMES = tuple(Activity.Kind.values), tuple(Activity.Outcome.values)


@dataclass(frozen=True)
class ActivityDraft:
    """An activity to be, on a customer or else on a lead; `duration` counts whole minutes."""

    customer_id: int | None
    kind: str
    title: str
    at: datetime | None = None
    contact_id: int | None = None
    description: str = ""
    outcome: str = ""
    duration: int | None = None
    follow_up_on: date | None = None
    lead_id: int | None = None


@action
def record_activities(drafts: Sequence[ActivityDraft], *, by: Actor) -> list[Activity]:
    """Put many activities on timelines at once; each draft must keep the rules.

    Raises `RuleBroken` naming the field of the first draft that doesn't.
    """
    moment = now()
    rows = [_activity(draft, moment, by) for draft in drafts]
    if rows:
        _write(rows)
        about = {_subject(row) for row in rows}
        publish(
            ActivitiesLogged(activity_ids=tuple(row.pk for row in rows)),
            by=by,
            about=[Subject(kind, key) for kind, key in sorted(about)],
        )
    return rows


@action
def record_the_same(
    records: Mapping[str, Sequence[int]],
    *,
    kind: str,
    description: str = "",
    about: str = "customer",
    by: Actor,
) -> None:
    """Put activities on many timelines that differ in nothing but their title: title → records (TIM-1).

    `about` says of what kind the records are: customers or leads. What a change of thousands leaves behind;
    each text is checked once.
    """
    moment = now()
    rows: list[tuple[Any, ...]] = []
    ids = iter(fresh_ids(Activity, sum(map(len, records.values()))))
    for title, theirs in records.items():
        whole = _activity(ActivityDraft(None, kind, title, description=description), moment, by)
        _id, at, _customer, _lead, *rest = _values(whole)
        keys = [(key, None) if about == "customer" else (None, key) for key in theirs]
        rows += [(next(ids), at, *key, *rest) for key in keys]
    if rows:
        copy_rows(Activity, _COLUMNS, rows)
        publish(
            ActivitiesLogged(activity_ids=tuple(row[0] for row in rows)),
            by=by,
            about=[Subject(about, key) for theirs in records.values() for key in theirs],
        )


@action
def record_activity(draft: ActivityDraft, *, by: Actor) -> Activity:
    """Put one activity on a timeline (TIM-2)."""
    return record_activities([draft], by=by)[0]


@action
def edit_activity(activity: Activity, *, version: int | None = None, by: Actor, **answers: Any) -> Activity:
    """Correct what was logged; it stays on its customer's or lead's timeline.

    Raises `EditConflict` with what others changed when `version` is not the present one any more.
    """
    activity = _locked(activity)
    if version is not None and version != activity.version:
        raise EditConflict(changes_since("activity", activity.pk, version), activity.version)
    drafted = ActivityDraft(customer_id=activity.customer_id, lead_id=activity.lead_id, **answers)
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
    _row(_locked(activity)).update(archived_at=now(), updated_at=now(), version=F("version") + 1)


def _locked(activity: Activity) -> Activity:
    """The activity as it is now, even if somebody has just corrected its time and so moved it."""
    rows = Activity.objects.select_for_update(no_key=True)
    return rows.filter(at=activity.at, pk=activity.pk).first() or rows.get(pk=activity.pk)


def _row(activity: Activity) -> Any:
    """The one row, found in its partition."""
    return Activity.objects.filter(pk=activity.pk, at=activity.at)


def _subject(activity: Activity) -> tuple[str, int]:
    """What an activity is told of: its customer, or else its lead."""
    if activity.customer_id is not None:
        return "customer", activity.customer_id
    assert activity.lead_id is not None, "an activity is about something"
    return "lead", activity.lead_id


def _write(rows: list[Activity]) -> None:
    """Give new activities their keys and write them together."""
    for row, pk in zip(rows, fresh_ids(Activity, len(rows)), strict=True):
        row.pk = pk
        row._state.adding = False
    copy_rows(Activity, _COLUMNS, [_values(row) for row in rows])


def _activity(draft: ActivityDraft, moment: datetime, by: Actor) -> Activity:
    about = catalogue("activity").field
    at = about("at").clean(draft.at) or moment
    if draft.kind not in _KINDS:
        raise RuleBroken(_("Choose the kind of activity."), field="kind", value=draft.kind)
    if draft.outcome and draft.outcome not in _OUTCOMES:
        raise RuleBroken(_("Choose one of the outcomes."), field="outcome", value=draft.outcome)
    if at.year < EARLIEST_YEAR or at > moment + FURTHEST_AHEAD:
        raise RuleBroken(_("Give a time between 1990 and two years from now."), field="at", value=at)
    if draft.duration is not None and not (
        isinstance(draft.duration, int) and 0 <= draft.duration <= LONGEST
    ):
        raise RuleBroken(
            _("Give the duration in minutes, at most a week."), field="duration", value=draft.duration
        )
    return Activity(
        at=at,
        customer_id=draft.customer_id,
        lead_id=draft.lead_id,
        contact_id=draft.contact_id,
        kind=draft.kind,
        title=about("title").clean(draft.title),
        description=about("description").clean(draft.description),
        outcome=draft.outcome or "",
        duration=draft.duration,
        follow_up_on=about("follow_up_on").clean(draft.follow_up_on),
        user=by.user,
        created_at=moment,
        updated_at=moment,
    )
