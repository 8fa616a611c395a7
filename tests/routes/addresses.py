"""Finds every address and every operation by itself, and what the parameters in them name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from leadline.api.v1 import api

API, SCIM = "api/", "scim/v2/"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MISSING = 987_654_321
WHOSE = ("own", "territory's", "team's", "others'")
# What stands before a parameter in an address → what the parameter names. A new kind of record adds a line
# here, and is planted in planting.py.
NAMED_BY = {
    "customers": "customer",
    "contacts": "contact",
    "leads": "lead",
    "compliance": "procedure",
    "compliance-checks": "check",
    "compliance-documents": "document",
    "compliance-items": "item",
    "capabilities": "capability",
    "lead-lists": "lead_list",
    "lead-stages": "lead_stage",
    "lead-reasons": "lead_reason",
    "notes": "note",
    "activities": "activity",
    "attachments": "attachment",
    "promises": "promise",
    "tasks": "task",
    "about": "subject",
    "next": "subject",
    "handovers": "handover",
    "sheets": "sheet",
    "handover-sheets": "sheet",
    "of": "owned",
    "imports": "import",
    "mappings": "mapping",
    "jobs": "job",
    "exports": "export",
    "changes": "change_set",
    "change-sets": "change_set",
    "tokens": "token",
    "sessions": "session",
    "passkeys": "passkey",
    "recover": "recovery",
    "new-email": "new_email",
    "invitation": "invitation_secret",
    "invitations": "invitation",
    "with": "provider_key",
    "providers": "provider",
    "views": "view",
    "segments": "segment",
    "own": "own_dashboard",
    "automation": "automation_rule",
    "automation-rules": "automation_rule",
    "segmented": "person",
    "mail-templates": "mail_template",
    "web-forms": "web_form",
    "mail-in": "intake_address",
    "intake-addresses": "intake_address",
    "letters": "letter",
    "mail": "letter",
    "files": "letter_file",
    "f": "web_form_key",
    "sent": "submission",
    "web-form-submissions": "submission",
    "models": "learnt_model",
    "score-rules": "score_rule",
    "sent-mail": "sending",
    "saved-views": "view",
    "notifications": "notification",
    "people": "user",
    "users": "user",
    "Users": "user",
    "ResourceTypes": "resource_type",
    "Schemas": "schema",
    "v2": "anything",
    "teams": "team",
    "territories": "territory",
    "fields": "field",
    "roles": "role",
    "skills": "skill",
    "entries": "entry",
    "privacy": "person",
    "sensitive": "person",
    "erasures": "erasure",
    "retention": "retention_rule",
    "retention-rules": "retention_rule",
    "webhooks": "webhook",
    "keys": "ingest_key",
    "archives": "archived_month",
    "bulk": "verb",
    "template": "kind",
    "duplicates": "duplicate",
    "rules": "likeness",
    "assignment": "assignment_rule",
    "assignment-rules": "assignment_rule",
    "shares": "user",
    "why": "assigned",
    "metrics": "metric",
    "figures": "metric",
    "workspace": "dashboard",
    "dashboards": "dashboard",
}
# Who sees customers sees leads in the same scope (people/provided_roles.py), so these are told apart alike.
OF_A_CUSTOMER = (
    "customer",
    "contact",
    "duplicate",
    "note",
    "activity",
    "attachment",
    "promise",
    "person",
    "subject",
    "lead",
    "procedure",
    "check",
    "document",
    "assigned",
)
# Words and secrets: there is no record to miss, what does not fit is told in words.
NO_RECORDS = ("verb", "kind", "recovery", "new_email")
_PARAMETER = re.compile(r"<(?:\w+:)?\w+>|\{\w+\}|\^\(\?P<\w+>\.\*\)\$")


@dataclass(frozen=True)
class Asked:
    """One method of one address, as the table names it: `GET customers/<int:pk>/edit`."""

    method: str
    route: str

    @property
    def names(self) -> str:
        """What its parameter names: "customer", "role"; empty without one."""
        found = _PARAMETER.search(self.route)
        if not found:
            return ""
        before = self.route[: found.start()].rstrip("/").rsplit("/", 1)[-1]
        return NAMED_BY.get(before, f"? (nothing known stands behind “{before}/”)")

    @property
    def by_program(self) -> bool:
        """Whether it lets in by a token, not by the session of a browser."""
        return self.route.startswith((API, SCIM))

    def address(self, key: Any) -> str:
        """The address with its parameters filled in: by a pair, two; where one is given, the second names
        what is not there."""
        keys = iter(key if isinstance(key, tuple) else (key,))
        return f"/{_PARAMETER.sub(lambda _found: str(next(keys, MISSING)), self.route)}"


@cache
def every_page() -> list[Asked]:
    """The addresses that are not of the API, with the methods that each takes, as its view says itself.

    Those of SCIM stand behind a door of their own, which loads them with the first that asks.
    """
    pages = [
        found for found in _patterns(get_resolver().url_patterns) if not found[0].startswith((API, SCIM))
    ]
    scim = _patterns(get_resolver("leadline.api.scim.urls").url_patterns, SCIM)
    return [Asked(method, route) for route, view in (*pages, *scim) for method in _methods(view)]


@cache
def every_operation() -> list[Asked]:
    """The operations of the API, as its description tells them."""
    paths = api.get_openapi_schema()["paths"]
    return [
        Asked(method.upper(), path.lstrip("/")) for path, operations in paths.items() for method in operations
    ]


def _patterns(patterns: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route, each.callback
        else:
            yield from _patterns(each.url_patterns, route)


def _methods(view: Any) -> list[str]:
    """The methods that the view's own decorators let in; one that says nothing is looked at."""
    allowed: set[str] = set()
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            value = cell.cell_contents
            if isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
                allowed |= set(value)
        view = getattr(view, "__wrapped__", None)
    return [method for method in METHODS if method in (allowed or {"GET"})]
