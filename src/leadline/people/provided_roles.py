"""The roles that a new installation comes with; administrators alter them later (PPL-2, ALL-11)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

WORK = ("view", "create", "edit", "log", "export")
EVERY_VERB = (*WORK, "assign", "archive", "import", "block")


def _customers(scope: str, *verbs: str) -> dict[str, dict[str, str]]:
    return {"customer": dict.fromkeys(verbs, scope)}


def _reads_all(*more: str) -> dict[str, dict[str, str]]:
    return _customers("all", "view", *more)


PROVIDED: list[dict[str, Any]] = [
    {
        "key": "inside-sales",
        "name": _("Inside Sales"),
        "purpose": _("Inbound inquiries, from lead to order, account management."),
        "grants": _customers("own", *WORK, "archive", "block"),
    },
    {
        "key": "field-sales",
        "name": _("Field Sales"),
        "purpose": _("Dealer and enterprise accounts in a territory."),
        "grants": _customers("own", *WORK, "archive", "block"),
    },
    {
        "key": "account-manager",
        "name": _("Account Manager"),
        "purpose": _("Tier 1 and 2 accounts: plans, reviews, upsell."),
        "grants": _customers("own", *WORK, "archive", "block"),
    },
    {
        "key": "customer-success",
        "name": _("Customer Success"),
        "purpose": _("Retention, onboarding, premium upgrades."),
        "grants": _customers("own", *WORK),
    },
    {
        "key": "sales-manager",
        "name": _("Sales Manager"),
        "purpose": _("Coaches the team, strategic accounts, targets, assignment, approvals."),
        "grants": {**_customers("team", *EVERY_VERB), "saved_view": {"share": "team"}},
    },
    {
        "key": "lead-manager",
        "name": _("Lead Manager"),
        "purpose": _("Assigns and stars leads, watches deposits and online leads."),
        "grants": _reads_all("log", "assign"),
    },
    {
        "key": "marketing-manager",
        "name": _("Marketing Manager"),
        "purpose": _("Campaigns, templates, requests, prospecting."),
        "grants": _reads_all("export", "import", "create"),
    },
    {
        "key": "support-rep",
        "name": _("Support Rep"),
        "purpose": _("Cases of all customers."),
        "grants": _reads_all("log"),
    },
    {
        "key": "finance",
        "name": _("Finance"),
        "purpose": _("Billing problems, manual payments, refunds, commission payment."),
        "grants": _reads_all("log", "export", "block"),
    },
    {
        "key": "compliance-officer",
        "name": _("Compliance Officer"),
        "purpose": _("Customer verification after the first deposit."),
        "grants": _reads_all("log", "block"),
    },
    {
        "key": "product",
        "name": _("Product"),
        "purpose": _("Reads client feedback routed to product and answers it."),
        "grants": {},
    },
    {
        "key": "auditor",
        "name": _("Auditor"),
        "purpose": _("Reads everything, changes nothing."),
        "grants": {**_reads_all(), "user": {"view": "all"}, "job": {"view": "all"}},
    },
    {
        "key": "administrator",
        "name": _("Administrator"),
        "purpose": _("Set-up, users, roles, rules."),
        "grants": {
            **_customers("all", *EVERY_VERB),
            "saved_view": {"share": "all"},
            "user": {"view": "all", "manage": "all"},
            "job": {"view": "all"},
            "settings": {"manage": "all"},
        },
    },
]
