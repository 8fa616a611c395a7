"""The dashboards that each role comes with (WSP-2); administrators alter them per role, people for"
" themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.workspaces.widgets import Widget

SELLERS = ("inside-sales", "field-sales", "account-manager")


@dataclass(frozen=True)
class Provided:
    """A dashboard as it comes: its word in addresses, its name, for which roles, what stands on it."""

    key: str
    label: Any
    roles: Sequence[str]
    widgets: Sequence[Widget]
    wall: bool = False


def _figures(*names: str, period: str = "today", scope: str = "me") -> tuple[Widget, ...]:
    return tuple(Widget("figure", metrics=(name,), period=period, scope=scope) for name in names)


def _list(source: str, width: int = 2) -> Widget:
    return Widget("list", source=source, width=width)


PROVIDED: tuple[Provided, ...] = (
    Provided(
        "lead",
        _("Lead"),
        SELLERS,
        (
            *_figures("calls", "connected_calls", "call_ratio", "leads_touched"),
            Widget("gauge", scope="me", width=2),
            Widget("queue", width=2),
            _list("callbacks_due"),
            _list("leads_mine"),
            Widget("board", board="lead_board", width=4),
            Widget("chart", metrics=("new_leads",), by="stage", period="last_90_days", scope="me", width=2),
            Widget(
                "chart",
                metrics=("calls", "connected_calls"),
                by="hour",
                period="today",
                scope="me",
                width=4,
            ),
        ),
    ),
    Provided(
        "to-do",
        _("To Do"),
        SELLERS,
        (
            Widget("calendar", scope="me", width=4),
            _list("tasks_mine"),
            _list("callbacks_due"),
            Widget("queue", width=2),
            _list("activities"),
        ),
    ),
    Provided(
        "team-leads",
        _("Lead of the team"),
        ("sales-manager",),
        (
            *_figures("new_leads", "conversion", period="this_month", scope="all"),
            *_figures("calls", "speed_to_first_contact", period="this_month", scope="all"),
            Widget(
                "table",
                metrics=("calls", "connected_calls", "call_ratio", "leads_touched", "callbacks_kept"),
                by="user",
                period="today",
                width=4,
            ),
            Widget("chart", metrics=("lead_age",), by="user", period="last_90_days", width=2),
            Widget("chart", metrics=("time_in_stage",), by="stage", period="last_30_days", width=2),
            _list("leads_unassigned"),
            _list("callbacks_due"),
        ),
    ),
    Provided(
        "leads",
        _("Leads"),
        ("lead-manager",),
        (
            *_figures("new_leads", "leads_touched", "leads_converted", "speed_to_first_contact", scope="all"),
            _list("leads_new"),
            _list("leads_unassigned"),
            _list("leads_online"),
            _list("leads_starred"),
        ),
    ),
    Provided(
        "payments",
        _("Payments"),
        ("lead-manager",),
        (
            *_figures("deposits", "failed_deposits", scope="all"),
            Widget("figure", metrics=("deposit_amount",), period="today", width=2),
            _list("deposits_failed", 4),
            _list("deposits_new", 4),
        ),
    ),
    Provided(
        "operation",
        _("Operation"),
        ("lead-manager",),
        (
            *_figures("calls", "connected_calls", "call_ratio", "deposits", scope="all"),
            Widget("gauge", width=4),
            Widget("chart", metrics=("credited_deposits",), by="user", period="this_month", width=2),
            Widget("chart", metrics=("calls", "connected_calls"), by="hour", period="today", width=2),
            Widget(
                "table",
                metrics=("credited_deposits", "credited_amount", "calls", "connected_calls", "call_ratio"),
                by="user",
                period="this_month",
                width=4,
            ),
        ),
    ),
    Provided(
        "targets",
        _("Target board"),
        ("lead-manager", "sales-manager"),
        (
            *_figures("credited_deposits", "calls", "connected_calls", "leads_converted", scope="all"),
            Widget("gauge", width=4),
            Widget(
                "table",
                metrics=("credited_deposits", "credited_amount"),
                by="user",
                period="this_month",
                width=2,
            ),
            Widget("table", metrics=("calls", "connected_calls"), by="user", period="today", width=2),
        ),
        wall=True,
    ),
    Provided(
        "compliance",
        _("Compliance"),
        ("compliance-officer",),
        (
            Widget("board", board="compliance_board", width=4),
            _list("procedures_expiring"),
            _list("tasks_mine"),
            Widget("calendar", scope="me", span="week", width=4),
        ),
    ),
)
BY_KEY = {each.key: each for each in PROVIDED}
