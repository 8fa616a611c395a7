"""The rules that an installation comes with; each can be altered or switched off (PLT-6, ALL-11)."""

from typing import Any

from django.utils.translation import gettext_noop as _

LONG_PAUSE = 30  # days
LOW_BALANCE = 10

PROVIDED: tuple[dict[str, Any], ...] = (
    {
        "key": "failed_deposit",
        "name": _("Failed deposit: call at once"),
        "start": {"on": "platform:deposit_failed"},
        "steps": [
            {
                "step": "task",
                "who": "owner",
                "title": _("Deposit failed: call {name}"),
                "description": _(
                    "{amount} {currency} by {method} was not taken: {decline}.\nWhat to say: {say}"
                ),
                "kind": "call",
                "priority": "high",
                "hours": 1,
            }
        ],
        "once_per": "hour",
    },
    {
        "key": "self_deposit",
        "name": _("Deposited without help: upsell, high priority"),
        "start": {"on": "platform:deposit"},
        "happened": {"field": "made_by", "op": "equals", "value": "self"},
        "steps": [
            {"step": "tag", "add": "Upsell, High priority", "remove": ""},
            {"step": "desk", "desk": "upsell"},
        ],
    },
    {
        "key": "existing_account",
        "name": _("Deposit on an existing account: counts for targets"),
        "start": {"on": "platform:deposit"},
        "happened": {"field": "account", "op": "equals", "value": "existing"},
        "steps": [{"step": "credit"}],
    },
    {
        "key": "first_deposit",
        "name": _("First deposit: compliance begins"),
        "start": {"on": "platform:deposit"},
        "steps": [{"step": "compliance"}],
    },
    {
        "key": "compliance_approved",
        "name": _("Compliance approved: to the retention desk"),
        "start": {"on": "event:compliance.ComplianceApproved"},
        "steps": [
            {"step": "desk", "desk": "retention"},
            {"step": "owner_of_desk", "why": _("Compliance is approved")},
        ],
    },
    {
        "key": "login_after_pause",
        "name": _("Back after a long pause: on top of the queue"),
        "start": {"on": "platform:logged_in"},
        "record": "lead",
        "happened": {"field": "pause_days", "op": "at_least", "value": LONG_PAUSE},
        "steps": [{"step": "top", "because": _("logged in after {pause_days} days")}],
        "once_per": "day",
    },
    {
        "key": "login_low_balance",
        "name": _("Logged in with a low balance: on top of the queue"),
        "start": {"on": "platform:logged_in"},
        "record": "lead",
        "happened": {"field": "balance", "op": "less_than", "value": LOW_BALANCE},
        "steps": [{"step": "top", "because": _("logged in with a balance of {balance} {balance_currency}")}],
        "once_per": "day",
    },
)
