"""Feature utilisation: which capabilities customers use, how much, and how near their limits (PLT-7)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leadline.core.ids import numeric_id
from leadline.core.lists.addresses import where_word
from leadline.core.requests import Request
from leadline.core.spreadsheets import defused
from leadline.people.queries import teams_to_choose
from leadline.people.scope import reach
from leadline.plans.models import Capability
from leadline.platform.models import FeatureUse
from leadline.platform.queries.utilisation import SORTS, Line, Utilisation, utilisation_for
from leadline.platform.usage_urls import require_usage

COLUMNS: Mapping[str, Any] = {
    "customers": _("Customers who use it"),
    "used": _("Used this month"),
    "near": FeatureUse.State.NEAR.label,
    "full": FeatureUse.State.FULL.label,
    "over": FeatureUse.State.OVER.label,
}
FILE = ("customers", "customers_before", "known", "used", "used_before", "times", "near", "full", "over")


@require_safe
def features(request: Request) -> HttpResponse:
    """All capabilities over the customers that this person sees; each figure opens those behind it."""
    require_usage(request)
    found, asked = _found(request)
    context = {
        "found": found,
        "asked": asked,
        "lines": [(line, _behind(line, asked["team"])) for line in found.lines],
        "columns": [("name", _("Capability"), _to(asked, "name"))]
        + [(name, label, _to(asked, name)) for name, label in COLUMNS.items()],
        "kinds": [("", _("All")), *Capability.Kind.choices],
        "teams": [("", _("All")), *teams_to_choose()] if _sees_teams(request) else [],
        "file": reverse("platform:features_file", query=_words(asked)),
    }
    return render(request, "platform/features.html", context)


@require_safe
def features_file(request: Request) -> HttpResponse:
    """The same as CSV."""
    require_usage(request)
    found, _asked = _found(request)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="features.csv"'
    writer = csv.writer(response)
    writer.writerow(["capability", "name", "kind", "limit", *FILE])
    for line in found.lines:
        about = line.capability
        told = [defused(about.key), defused(about.label), about.kind, about.default_limit]
        writer.writerow([*told, *(getattr(line, name) for name in FILE)])
    return response


def uses_behind(capability: int, part: Mapping[str, Any] | None, team: int | None = None) -> str:
    """The list of those who use a capability, by what else holds of them."""
    parts: list[Mapping[str, Any]] = [{"field": "capability", "op": "equals", "value": capability}]
    parts += [part] if part else []
    parts += [{"field": "team", "op": "equals", "value": team}] if team else []
    return reverse("usage:list", query={"where": where_word({"and": parts})})


def _found(request: Request) -> tuple[Utilisation, dict[str, Any]]:
    kind, sort = request.GET.get("kind", ""), request.GET.get("sort", "")
    asked: dict[str, Any] = {
        "kind": kind if kind in Capability.Kind.values else "",
        "team": numeric_id(request.GET.get("team", "")),
        "sort": sort if sort in SORTS else "customers",
    }
    return utilisation_for(request.user, **asked), asked


def _behind(line: Line, team: int | None) -> dict[str, str]:
    """Column → the list behind its figure; none where it counts nobody."""
    used = {"field": "used", "op": "greater_than", "value": 0}
    parts = {"customers": used, "used": used}
    parts |= {state: {"field": "state", "op": "equals", "value": state} for state in ("near", "full", "over")}
    return {
        name: uses_behind(line.capability.pk, part, team)
        for name, part in parts.items()
        if getattr(line, name)
    }


def _sees_teams(request: Request) -> bool:
    """Whether there is more than one's own to choose a team of."""
    within = reach(request.user, "usage", "view")
    return within.everything or bool(within.team_ids or within.territory_ids)


def _to(asked: Mapping[str, Any], sort: str) -> str:
    return reverse("platform:features", query=_words({**asked, "sort": sort}))


def _words(asked: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in asked.items() if value}
