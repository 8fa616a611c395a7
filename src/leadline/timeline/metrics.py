"""What is counted of timelines: calls, e-mails, notes, who was spoken to (PRF-2, LEA-13)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.metrics import Measure, Metric, Through, register_metric
from leadline.core.metrics.rollups import Rollup, Way, register_rollup
from leadline.timeline.models import Activity
from leadline.timeline.scope import activities_reached, may_see_timelines, notes_reached

CALL = {"field": "kind", "op": "equals", "value": "call"}
SPOKEN_TO = ("connected", "positive", "neutral", "negative")  # outcomes of calls that were taken
CONNECTED = {"field": "outcome", "op": "in", "value": list(SPOKEN_TO)}
CONTACTS = [Activity.Kind.CALL, Activity.Kind.EMAIL, Activity.Kind.MEETING, Activity.Kind.CHAT]
BY_PEOPLE = {"field": "by_itself", "op": "is_false"}  # not letters that the house sends by itself
register_rollup(
    Rollup(
        kind="activity",
        at="at",
        person="user_id",
        in_use="timeline_activity.archived_at IS NULL",
        ways=(Way("customer_id", "customer"), Way("lead_id", "lead")),
    )
)
_OF_ACTIVITIES: dict[str, Any] = {
    "kind": "activity",
    "at": "at",
    "person": "user",
    "reach": activities_reached,
    "seen_by": may_see_timelines,
    "groups": ("outcome",),
}

CALLS = register_metric(
    Metric(
        name="calls",
        label=_("Calls"),
        definition=_(
            "Activities of the kind call with customers and leads, connected or not, by the person who"
            " logged them."
        ),
        where=CALL,
        rolled="calls",
        **_OF_ACTIVITIES,
    )
)
CONNECTED_CALLS = register_metric(
    Metric(
        name="connected_calls",
        label=_("Connected calls"),
        definition=_(
            "Calls in which somebody was spoken to: the outcome is connected, positive, neutral or negative."
        ),
        where={"and": [CALL, CONNECTED]},
        rolled="connected_calls",
        **_OF_ACTIVITIES,
    )
)
CALL_RATIO = register_metric(
    Metric(
        name="call_ratio",
        label=_("Call ratio"),
        definition=_("Connected calls as a share of all calls; the records are all these calls."),
        where=CALL,
        measure=Measure("share", of=CONNECTED),
        unit="ratio",
        rolled="calls",
        **_OF_ACTIVITIES,
    )
)
EMAILS = register_metric(
    Metric(
        name="emails",
        label=_("E-mails"),
        definition=_(
            "Activities of the kind e-mail with customers and leads, by the person who wrote or logged them;"
            " letters that the system sends by itself do not count."
        ),
        where={"and": [{"field": "kind", "op": "equals", "value": "email"}, BY_PEOPLE]},
        rolled="emails",
        **_OF_ACTIVITIES,
    )
)
NOTES = register_metric(
    Metric(
        name="notes",
        label=_("Notes"),
        definition=_("Notes on customers, by who wrote them and when; notes taken off are left out."),
        kind="note",
        at="created_at",
        person="author",
        reach=notes_reached,
        seen_by=lambda user: user.may("customer", "view"),
    )
)
LEADS_TOUCHED = register_metric(
    Metric(
        name="leads_touched",
        label=_("Leads touched"),
        definition=_(
            "Different leads that people touched, with a call, e-mail, meeting or chat, by the person who"
            " logged it; one with several counts once, letters that the system sends by itself do not count."
        ),
        where={
            "and": [
                {"field": "kind", "op": "in", "value": [str(kind) for kind in CONTACTS]},
                {"field": "lead", "op": "is_not_empty"},
                BY_PEOPLE,
            ]
        },
        measure=Measure("distinct", "lead"),
        archived="all",
        through=Through("lead", "activities"),
        **{**_OF_ACTIVITIES, "seen_by": lambda user: user.may("lead", "view")},
    )
)
