"""The roles that a new installation comes with, as a table for people to read (PPL-2, PPL-4, ALL-11).

This is the one source: `leadline migrate` makes the roles from it, and the tests try each cell of it through
actions, pages and API (`tests/scope`, `tests/routes`). Administrators alter roles.

Each cell is the widest scope on which the role may do it: `own` · `territory` (the territories that the
person is a member of, and own) · `team` (the teams that the person manages, all below them, and own) ·
`all` · – not at all. A role that a block leaves out may nothing there. Objects and verbs are declared by
their apps (`permissions_for`); a new object adds its block at the end.
"""

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from leadline.people.scope import WIDTH

TABLE = """
customer           | view      | create | edit | log  | assign | block | archive | merge | import | export
-------------------|-----------|--------|------|------|--------|-------|---------|-------|--------|-------
inside-sales       | own       | own    | own  | own  | –      | own   | own     | own   | –      | own
field-sales        | territory | own    | own  | own  | –      | own   | own     | own   | –      | own
account-manager    | own       | own    | own  | own  | –      | own   | own     | own   | –      | own
customer-success   | own       | own    | own  | own  | –      | –     | –       | –     | –      | own
sales-manager      | team      | team   | team | team | team   | team  | team    | team  | team   | team
lead-manager       | all       | –      | –    | all  | all    | –     | –       | –     | –      | –
marketing-manager  | all       | all    | –    | –    | –      | –     | –       | –     | all    | all
support-rep        | all       | –      | –    | all  | –      | –     | –       | –     | –      | –
finance            | all       | –      | –    | all  | –      | all   | –       | –     | –      | all
compliance-officer | all       | –      | –    | all  | –      | all   | –       | –     | –      | –
product            | –         | –      | –    | –    | –      | –     | –       | –     | –      | –
auditor            | all       | –      | –    | –    | –      | –     | –       | –     | –      | –
administrator      | all       | all    | all  | all  | all    | all   | all     | all   | all    | all

saved_view         | share
-------------------|------
sales-manager      | team
administrator      | all

user               | view | manage
-------------------|------|-------
auditor            | all  | –
administrator      | all  | all

skill              | give
-------------------|------
inside-sales       | own
field-sales        | own
account-manager    | own
customer-success   | own
sales-manager      | team
lead-manager       | own
marketing-manager  | own
support-rep        | own
administrator      | all

job                | view
-------------------|-----
auditor            | all
administrator      | all

settings           | manage
-------------------|-------
administrator      | all

webhook            | manage
-------------------|-------
administrator      | all

audit              | view | export
-------------------|------|-------
auditor            | all  | all
administrator      | all  | all

privacy            | report | erase | manage
-------------------|--------|-------|-------
compliance-officer | all    | all   | –
administrator      | all    | all   | all

sensitive          | view
-------------------|-----
finance            | all
compliance-officer | all
administrator      | all

field              | manage
-------------------|-------
administrator      | all

lead               | view      | create | edit | log  | assign | star | archive | import | export | convert
-------------------|-----------|--------|------|------|--------|------|---------|--------|-------|--------
inside-sales       | own       | own    | own  | own  | –      | –    | own     | –      | own    | own
field-sales        | territory | own    | own  | own  | –      | –    | own     | –      | own    | own
account-manager    | own       | own    | own  | own  | –      | –    | own     | –      | own    | own
customer-success   | own       | own    | own  | own  | –      | –    | –       | –      | own    | own
sales-manager      | team      | team   | team | team | team   | team | team    | team   | team   | team
lead-manager       | all       | all    | all  | all  | all    | all  | all     | all    | all    | –
marketing-manager  | all       | all    | –    | –    | –      | –    | –       | all    | all    | –
support-rep        | all       | –      | –    | –    | –      | –    | –       | –      | –      | –
finance            | all       | –      | –    | –    | –      | –    | –       | –      | –      | –
compliance-officer | all       | –      | –    | –    | –      | –    | –       | –      | –      | –
auditor            | all       | –      | –    | –    | –      | –    | –       | –      | –      | –
administrator      | all       | all    | all  | all  | all    | all  | all     | all    | all    | all

segment            | view | create | edit | archive | share
-------------------|------|--------|------|---------|------
inside-sales       | all  | own    | own  | own     | –
field-sales        | all  | own    | own  | own     | –
account-manager    | all  | own    | own  | own     | –
customer-success   | all  | own    | own  | own     | –
sales-manager      | all  | own    | team | team    | team
lead-manager       | all  | own    | own  | own     | –
marketing-manager  | all  | own    | all  | all     | all
support-rep        | all  | –      | –    | –       | –
finance            | all  | own    | own  | own     | –
compliance-officer | all  | own    | own  | own     | –
auditor            | all  | –      | –    | –       | –
administrator      | all  | all    | all  | all     | all

platform_user      | view
-------------------|----------
inside-sales       | own
field-sales        | territory
account-manager    | own
customer-success   | own
sales-manager      | team
lead-manager       | all
support-rep        | all
finance            | all
compliance-officer | all
auditor            | all
administrator      | all

payment            | view      | export
-------------------|-----------|-------
inside-sales       | own       | –
field-sales        | territory | –
account-manager    | own       | –
customer-success   | own       | –
sales-manager      | team      | team
lead-manager       | all       | all
finance            | all       | all
compliance-officer | all       | –
auditor            | all       | –
administrator      | all       | all

platform           | send | manage
-------------------|------|-------
administrator      | all  | all

task               | view | create | edit | assign | export
-------------------|------|--------|------|--------|-------
inside-sales       | own  | own    | own  | own    | own
field-sales        | own  | own    | own  | own    | own
account-manager    | own  | own    | own  | own    | own
customer-success   | own  | own    | own  | own    | own
sales-manager      | team | team   | team | team   | team
lead-manager       | all  | all    | all  | all    | all
marketing-manager  | own  | own    | own  | own    | own
support-rep        | own  | own    | own  | own    | own
finance            | own  | own    | own  | own    | own
compliance-officer | own  | own    | own  | own    | own
product            | own  | own    | own  | own    | own
auditor            | all  | –      | –    | –      | –
administrator      | all  | all    | all  | all    | all

web_form           | view | manage
-------------------|------|-------
sales-manager      | all  | –
lead-manager       | all  | –
marketing-manager  | all  | all
auditor            | all  | –
administrator      | all  | all

mail_in            | view | deliver | manage
-------------------|------|---------|-------
sales-manager      | all  | –       | –
lead-manager       | all  | all     | –
marketing-manager  | all  | –       | –
auditor            | all  | –       | –
administrator      | all  | all     | all

mail_template      | view | manage
-------------------|------|-------
inside-sales       | all  | –
field-sales        | all  | –
account-manager    | all  | –
customer-success   | all  | –
sales-manager      | all  | –
lead-manager       | all  | –
marketing-manager  | all  | all
support-rep        | all  | –
finance            | all  | –
compliance-officer | all  | –
auditor            | all  | –
administrator      | all  | all

assignment         | view | manage
-------------------|------|-------
sales-manager      | all  | –
lead-manager       | all  | all
auditor            | all  | –
administrator      | all  | all

automation         | view | manage
-------------------|------|-------
sales-manager      | all  | –
lead-manager       | all  | –
compliance-officer | all  | –
auditor            | all  | –
administrator      | all  | all

procedure          | view      | edit | review
-------------------|-----------|------|-------
inside-sales       | own       | own  | –
field-sales        | territory | own  | –
account-manager    | own       | own  | –
customer-success   | own       | own  | –
sales-manager      | team      | team | –
lead-manager       | all       | all  | –
support-rep        | all       | –    | –
finance            | all       | –    | –
compliance-officer | all       | all  | all
auditor            | all       | –    | –
administrator      | all       | all  | all

target             | view | manage
-------------------|------|-------
inside-sales       | own  | –
field-sales        | own  | –
account-manager    | own  | –
customer-success   | own  | –
sales-manager      | team | team
lead-manager       | all  | all
auditor            | all  | –
administrator      | all  | all

capability         | manage
-------------------|-------
administrator      | all

usage              | view      | export
-------------------|-----------|-------
inside-sales       | own       | –
field-sales        | territory | –
account-manager    | own       | own
customer-success   | own       | own
sales-manager      | team      | team
lead-manager       | all       | –
marketing-manager  | all       | all
support-rep        | all       | –
finance            | all       | all
compliance-officer | all       | –
auditor            | all       | –
administrator      | all       | all
"""

# Key, name, purpose; in the order in which they are shown.
ROLES = (
    (
        "inside-sales",
        _("Inside Sales"),
        _("Inbound inquiries, from lead to order, account management."),
    ),
    ("field-sales", _("Field Sales"), _("Dealer and enterprise accounts in a territory.")),
    ("account-manager", _("Account Manager"), _("Tier 1 and 2 accounts: plans, reviews, upsell.")),
    ("customer-success", _("Customer Success"), _("Retention, onboarding, premium upgrades.")),
    (
        "sales-manager",
        _("Sales Manager"),
        _("Coaches the team, strategic accounts, targets, assignment, approvals."),
    ),
    (
        "lead-manager",
        _("Lead Manager"),
        _("Assigns and stars leads, watches deposits and online leads."),
    ),
    ("marketing-manager", _("Marketing Manager"), _("Campaigns, templates, requests, prospecting.")),
    ("support-rep", _("Support Rep"), _("Cases of all customers.")),
    ("finance", _("Finance"), _("Billing problems, manual payments, refunds, commission payment.")),
    ("compliance-officer", _("Compliance Officer"), _("Customer verification after the first deposit.")),
    ("product", _("Product"), _("Reads client feedback routed to product and answers it.")),
    ("auditor", _("Auditor"), _("Reads everything, changes nothing.")),
    ("administrator", _("Administrator"), _("Set-up, users, roles, rules.")),
)
NOT_AT_ALL = "–"

Grants = dict[str, dict[str, str]]


@cache
def provided_grants() -> dict[str, Grants]:
    """Role → object → verb → scope, as the table says; what is not allowed is missing."""
    grants: dict[str, Grants] = {key: {} for key, _name, _purpose in ROLES}
    for block in TABLE.strip().split("\n\n"):
        (kind, *verbs), _line, *rows = (_cells(row) for row in block.splitlines())
        for role, *scopes in rows:
            grants[role] |= _allowed(kind, verbs, scopes)
    return grants


@cache
def provided_roles() -> list[dict[str, Any]]:
    """Each provided role as its row: key, name, purpose, grants, position."""
    grants = provided_grants()
    with override("en"):  # stored in one language, shown in the reader's
        return [
            {"key": key, "name": str(name), "purpose": str(purpose), "grants": grants[key], "position": at}
            for at, (key, name, purpose) in enumerate(ROLES)
        ]


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


def _allowed(kind: str, verbs: list[str], scopes: list[str]) -> Grants:
    unknown = {scope for scope in scopes if scope != NOT_AT_ALL} - set(WIDTH)
    if unknown or len(scopes) != len(verbs):
        raise ValueError(
            f"{kind}: each row needs {len(verbs)} cells of {', '.join(WIDTH)} or {NOT_AT_ALL}: {scopes}"
        )
    allowed = {verb: scope for verb, scope in zip(verbs, scopes, strict=True) if scope != NOT_AT_ALL}
    return {kind: allowed} if allowed else {}
