"""The lists whose first records a widget shows: which records, in which order, by which columns."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leadline.core.lists.door import door_of
from leadline.core.metrics.asking import address_with
from leadline.leads.policies import may_see_leads
from leadline.people.models import User
from leadline.platform.policies import sees_payments
from leadline.tasks.policies import may_see_tasks
from leadline.timeline.scope import may_see_timelines

OPEN = {"field": "stage_kind", "op": "equals", "value": "open"}
DEPOSIT = {"field": "kind", "op": "equals", "value": "deposit"}


@dataclass(frozen=True)
class Source:
    """A list, narrowed; `page` is the view of one record, whose key stands in the field `key`."""

    label: Any
    kind: str
    where: Mapping[str, Any]
    columns: tuple[str, ...]
    seen_by: Any
    sort: str = ""
    page: str = ""
    key: str = "id"
    needs: tuple[str, ...] = ()
    follows: str = ""  # the stamp of the state that it follows, where its kind does not say

    @property
    def is_there(self) -> bool:
        """Whether the catalogue has all that it asks for."""
        return all(name in door_of(self.kind).about.by_name for name in (*self.columns, *self.needs))

    def address(self) -> str:
        """The list with exactly these."""
        query = {"where": json.dumps(self.where, separators=(",", ":")), "sort": self.sort}
        return address_with(
            door_of(self.kind).url("list"), {name: word for name, word in query.items() if word}
        )

    def page_of(self, key: Any) -> str:
        """The page of one record; empty where it has none."""
        return reverse(self.page, args=[key]) if self.page and key else ""


def _leads(label: Any, *parts: Mapping[str, Any], sort: str, columns: tuple[str, ...], **more: Any) -> Source:
    where = {"and": [OPEN, *parts]}
    return Source(label, "lead", where, ("name", *columns), may_see_leads, sort, "leads:page", **more)


def _payments(label: Any, state: str, columns: tuple[str, ...]) -> Source:
    parts = [DEPOSIT, {"field": "state", "op": "equals", "value": state}]
    recent = {"field": "at", "op": "in_last", "value": 7, "unit": "days"}
    where = {"and": [*parts, recent]}
    return Source(label, "payment", where, columns, sees_payments, "-at", "customers:page", "customer_id")


SOURCES: Mapping[str, Source] = {
    "leads_new": _leads(
        _("New today"),
        {"field": "registered_at", "op": "this_day"},
        sort="-registered_at",
        columns=("country", "owner", "registered_at"),
    ),
    "leads_unassigned": _leads(
        _("Unassigned"),
        {"field": "owner", "op": "is_empty"},
        sort="-registered_at",
        columns=("country", "source", "registered_at"),
    ),
    "leads_online": _leads(
        _("Online now"),
        {"field": "online", "op": "is_true"},
        sort="-last_login_at",
        columns=("owner", "country"),
        needs=("online",),
        follows="e",
    ),
    "leads_starred": _leads(
        _("Starred"),
        {"field": "starred", "op": "is_true"},
        sort="callback_at",
        columns=("owner", "callback_at"),
    ),
    "callbacks_due": _leads(
        _("Callbacks due"),
        {"field": "callback_due", "op": "is_true"},
        sort="callback_at",
        columns=("callback_at", "zone"),
    ),
    "leads_mine": _leads(
        _("My leads"),
        {"field": "owner", "op": "is_me"},
        sort="-registered_at",
        columns=("stage", "last_contact_at"),
    ),
    "deposits_failed": _payments(
        _("Failed deposits"), "failed", ("payer", "amount", "currency", "reason", "owner", "at")
    ),
    "deposits_new": _payments(_("New deposits"), "done", ("payer", "amount", "currency", "owner", "at")),
    "tasks_mine": Source(
        _("My tasks"),
        "task",
        {"and": [{"field": "owner", "op": "is_me"}, {"field": "done_at", "op": "is_empty"}]},
        ("title", "due_at"),
        may_see_tasks,
        "due_at",
        "tasks:page",
    ),
    "procedures_expiring": Source(
        _("Expiring documents"),
        "procedure",
        {"field": "expires_on", "op": "in_next", "value": 60, "unit": "days"},
        ("name", "expires_on", "state", "owner"),
        lambda user: user.may("procedure", "view"),
        "expires_on",
        "compliance:page",
    ),
    "activities": Source(
        _("What happened"),
        "activity",
        {"field": "at", "op": "in_last", "value": 7, "unit": "days"},
        ("title", "at", "outcome", "user"),
        may_see_timelines,
        "-at",
    ),
}


def sources_for(user: User) -> dict[str, Source]:
    """Those that say something to a person."""
    return {key: each for key, each in SOURCES.items() if each.seen_by(user) and each.is_there}
