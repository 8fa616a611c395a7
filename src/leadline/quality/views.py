"""Doors to data quality."""

from __future__ import annotations

import csv
import json
from functools import cache
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.core.actions import require
from leadline.core.formats import percent
from leadline.core.ids import numeric_id
from leadline.core.jobs import Job, job_state
from leadline.core.requests import Request
from leadline.core.spreadsheets import defused
from leadline.quality import actions, policies
from leadline.quality.measures import MEASURES, Measure
from leadline.quality.queries import NOBODY, Portfolios, Quality, quality_for

MOST_SHOWN = 50  # owners and teams of the lowest scores; the file has all
TONES = ((80, "good"), (50, "warn"), (0, "bad"))


@require_safe
def overview(request: Request) -> HttpResponse:
    """The figures of what this person sees, or of one owner or team of it."""
    _require_seen(request)
    chosen = {name: _key(request, name) for name in ("owner", "team")}
    found = quality_for(request.user, **chosen, most=MOST_SHOWN)
    job = Job.objects.unfinished().filter(kind="quality.count").order_by("-pk").first()
    context = {
        "found": found,
        "cards": [
            {
                "figure": figure,
                "url": list_of(figure.measure.lacking, **chosen),
                "tone": tone_of(figure.share),
            }
            for figure in found.all.figures
        ],
        "tone": tone_of(found.all.score / 100),
        "owners": [_line(each, "owner", chosen["team"]) for each in found.owners],
        "teams": [_line(each, "team", None) for each in found.teams],
        "hidden": found.all_owners - len(found.owners),
        "measures": MEASURES,
        "chosen": _chosen_name(found, chosen),
        "job": job_state(job) if job else None,
        "may_refresh": policies.may_refresh_quality(request.user),
        "query": {name: key for name, key in chosen.items() if key is not None},
    }
    if "part" not in request.GET:
        return render(request, "quality/overview.html", context)
    response = render(request, "quality/_refreshing.html", context)
    if job is None:
        response["HX-Refresh"] = "true"  # counted: all figures are others now
    return response


@require_safe
def export(request: Request) -> HttpResponse:
    """The figures by owner as CSV: counts, shares and scores."""
    _require_seen(request)
    found = quality_for(request.user, owner=_key(request, "owner"), team=_key(request, "team"))
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="data-quality.csv"'
    writer = csv.writer(response)
    writer.writerow(
        ["kind", "id", "name", "customers", "score", *(f"without_{measure.key}" for measure in MEASURES)]
    )
    for kind, lines in (("owner", found.owners), ("team", found.teams)):
        for line in lines:
            counts = [figure.lacking for figure in line.quality.figures]
            told = [kind, line.key or "", defused(line.name), line.quality.customers, line.quality.score]
            writer.writerow([*told, *counts])
    return response


@require_POST
def refresh(request: Request) -> HttpResponse:
    """Count again."""
    _require_seen(request)
    actions.start_counting(by=request.actor)
    return redirect("quality:overview")


def list_of(where: Any, *, owner: int | None = None, team: int | None = None) -> str:
    """The list of just the customers that a figure counts."""
    parts = [
        where,
        *(_whose(name, key) for name, key in (("owner", owner), ("team", team)) if key is not None),
    ]
    condition = parts[0] if len(parts) == 1 else {"and": parts}
    return reverse("customers:list", query={"where": _json(condition)})


def tone_of(share: float) -> str:
    """How a share looks: good from 80 %, bad below 50 %."""
    return next(tone for least, tone in TONES if share * 100 >= least)


def _whose(name: str, key: int) -> dict[str, Any]:
    return (
        {"field": name, "op": "is_empty"} if key == NOBODY else {"field": name, "op": "equals", "value": key}
    )


def _line(each: Portfolios, kind: str, team: int | None) -> dict[str, Any]:
    own = {kind: each.key, **({"team": team} if team is not None else {})}
    return {
        "name": each.name or (_("Nobody") if kind == "owner" else _("No team")),
        "url": reverse("quality:overview", query=own),
        "quality": each.quality,
        "tone": tone_of(each.quality.score / 100),
        "cells": _cells(each.quality, own),
    }


def _cells(quality: Quality, own: dict[str, int]) -> list[dict[str, Any]]:
    """The figures with their lists; the addresses differ in whose customers alone, so that is put in once."""
    base = reverse("customers:list")
    whose = quote("".join(f",{_json(_whose(name, key))}" for name, key in own.items()) + "]}")
    return [
        {
            "figure": figure,
            "share": _in_percent(get_language() or "en", int(figure.share * 100)),
            "url": f"{base}?where={_begun(figure.measure)}{whose}" if figure.lacking else "",
        }
        for figure in quality.figures
    ]


@cache
def _in_percent(language: str, share: int) -> str:
    """Whole percents in words of a language; never 100 % while one is lacking."""
    return percent(share / 100)


@cache
def _begun(measure: Measure) -> str:
    """The condition of those that lack a measure, as an address begins it."""
    return quote('{"and":[' + _json(measure.lacking))


def _json(condition: Any) -> str:
    return json.dumps(condition, separators=(",", ":"))


def _chosen_name(found: Any, chosen: dict[str, int | None]) -> str:
    for name, lines in (("owner", found.owners), ("team", found.teams)):
        if chosen[name] is not None:
            known = {line.key: line.name for line in lines}
            return known.get(chosen[name] or 0) or (_("Nobody") if name == "owner" else _("No team"))
    return ""


def _key(request: Request, name: str) -> int | None:
    given = request.GET.get(name, "")
    return NOBODY if given == "0" else numeric_id(given)


def _require_seen(request: Request) -> None:
    require(
        policies.may_see_quality(request.user),
        _("Your role sees no customers."),
        who_can_help=_("An administrator can change your role."),
    )
