"""The list of leads, as the engine of lists wants to know it, with the views it comes with (LEA-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.lists.door import Door, Ready, register_list
from leadline.leads.queries.settings import called, reasons_to_choose, stages_to_choose
from leadline.people.queries import teams_to_choose, territories_to_choose
from leadline.people.scope import reach
from leadline.timeline.listing import OUTCOME_TONES

OPEN = {"field": "stage_kind", "op": "equals", "value": "open"}
ONLINE = {"field": "online", "op": "is_true"}
LOGGED_IN = {"field": "last_login_at", "op": "is_not_empty"}
CLOSED = {"field": "stage_kind", "op": "in", "value": ["won", "lost"]}
KIND_TONES = {"open": "info", "won": "good", "lost": "neutral"}

READY = (
    Ready("new-today", _("New today"), {"and": [OPEN, {"field": "registered_at", "op": "this_day"}]}),
    Ready("unassigned", _("Unassigned"), {"and": [OPEN, {"field": "owner", "op": "is_empty"}]}),
    Ready("mine", _("Mine"), {"and": [OPEN, {"field": "owner", "op": "is_me"}]}),
    Ready("starred", _("Starred"), {"field": "starred", "op": "is_true"}, sort="starred_until"),
    Ready(
        "callbacks-due",
        _("Callbacks due"),
        {"and": [OPEN, {"field": "callback_due", "op": "is_true"}]},
        sort="callback_at",
        columns=("name", "callback_at", "local_time", "callable_now", "owner", "stage", "last_outcome"),
    ),
    Ready(
        "online-now",
        _("Online now"),
        {"and": [OPEN, ONLINE]},
        sort="-last_login_at",
        columns=("name", "online_since", "local_time", "owner", "stage", "balance", "last_outcome"),
    ),
    Ready(
        "online-advanced",
        _("Online, in detail"),
        {"and": [OPEN, ONLINE]},
        sort="-last_login_at",
        columns=("name", "page", "device", "online_since", "last_login_at", "balance", "desk", "owner"),
    ),
    Ready(
        "last-logged-in",
        _("Last logged in"),
        {"and": [OPEN, LOGGED_IN]},
        sort="-last_login_at",
        columns=(
            "name",
            "last_login_at",
            "online",
            "balance",
            "deposited",
            "owner",
            "stage",
            "last_contact_at",
        ),
    ),
    Ready(
        "low-balance",
        _("Low balance"),
        {"and": [OPEN, {"field": "balance", "op": "less_than", "value": 20}]},
        sort="balance",
        columns=("name", "balance", "last_deposit_at", "last_login_at", "online", "owner", "last_contact_at"),
    ),
    Ready(
        "failed-deposits",
        _("Failed deposits"),
        {"and": [OPEN, {"field": "last_failed_at", "op": "in_last", "value": 30, "unit": "days"}]},
        sort="-last_failed_at",
        columns=(
            "name",
            "last_failed_at",
            "failed_deposits",
            "deposited",
            "balance",
            "owner",
            "last_contact_at",
        ),
    ),
    Ready(
        "old-conversion",
        _("Old conversion leads"),
        {
            "and": [
                OPEN,
                LOGGED_IN,
                {"field": "desk", "op": "equals", "value": "conversion"},
                {"field": "registered_at", "op": "older_than", "value": 30, "unit": "days"},
            ]
        },
        sort="-last_login_at",
        columns=("name", "last_login_at", "registered_at", "online", "owner", "stage", "last_contact_at"),
    ),
    Ready(
        "retention",
        _("Retention opportunities"),
        {"and": [OPEN, LOGGED_IN, {"field": "desk", "op": "equals", "value": "retention"}]},
        sort="-last_login_at",
        columns=("name", "last_login_at", "online", "balance", "deposited", "last_deposit_at", "owner"),
    ),
    Ready(
        "closed",
        _("Closed"),
        CLOSED,
        columns=("name", "stage", "reason", "owner", "stage_since", "registered_at"),
    ),
)

LEADS = register_list(
    Door(
        kind="lead",
        space="leads",
        reach=reach,
        naming=called,
        beside=("name", "email", "phone", "starred", "archived"),
        tones={"stage_kind": KIND_TONES, "last_outcome": OUTCOME_TONES},
        quick=("stage", "owner", "desk"),
        sources={"user": "people:options", "lead": "leads:options"},
        options={
            "team": teams_to_choose,
            "territory": territories_to_choose,
            "stage": stages_to_choose,
            "reason": reasons_to_choose,
        },
        ready=READY,
    )
)
