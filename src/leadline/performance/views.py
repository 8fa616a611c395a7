"""Doors to targets: the page with its gauges and its grid, setting them, copying a month (PRF-1, WSP-7)."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.core.actions import require
from leadline.core.conditions import Context
from leadline.core.ids import numeric_id
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.core.requests import Request
from leadline.people.models import Team, User
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.performance import actions, policies
from leadline.performance.actions import Wish, key_of
from leadline.performance.gauges import gauges_for
from leadline.performance.grid import (
    column_of,
    columns_of,
    lines_of,
    metrics_to_set,
    month_targets,
    teams_to_set,
    whom_to_set,
)
from leadline.performance.models import Target
from leadline.performance.months import beside, month_of

LONGEST = 30


@require_safe
def targets(request: Request) -> HttpResponse:
    """The targets of a month: how far everybody is, and the grid for who sets them."""
    _require_seen(request)
    return render(request, "performance/targets.html", _scene(request, _month(request.GET)))


@require_POST
def set_all(request: Request) -> HttpResponse:
    """Set what the grid says; an empty cell takes a target back."""
    month = _month(request.POST)
    _require_setting(request)
    typed = {name: str(value) for name, value in request.POST.items() if name.startswith("at-")}
    try:
        done = actions.set_targets(month, _wishes(request, typed), by=request.actor)
    except RuleBroken as refusal:
        return _refused(request, month, typed, str(refusal.message))
    except EditConflict:
        told = _("Somebody else set another value meanwhile. Look at it before you save.")
        return _refused(request, month, {}, told)
    return redirect(_back(month, request.POST.get("team", ""), done.change_set))


@require_POST
def copy(request: Request) -> HttpResponse:
    """What the month before has, for everybody who has no such target yet."""
    month = _month(request.POST)
    _require_setting(request)
    try:
        done = actions.copy_targets(beside(month, -1), month, by=request.actor)
    except RuleBroken as refusal:
        return _refused(request, month, {}, str(refusal.message))
    return redirect(_back(month, "", done.change_set))


def _scene(request: Request, month: date, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    user, words = request.user, request.POST if request.method == "POST" else request.GET
    found, team = month_targets(user, month), numeric_id(words.get("team"))
    asked = [*words.getlist("column"), _new_column(words)]
    columns = columns_of(user, found, [word for word in asked if word])
    may_set = policies.may_set_targets(user)
    return {
        "month": month,
        "before": beside(month, -1),
        "after": beside(month, 1),
        "is_present": month == Context.of_organisation(user.pk).today.replace(day=1),
        "gauges": gauges_for(user, found),
        "targets": found,
        "columns": columns,
        "lines": lines_of(user, found, columns, team) if may_set else [],
        "typed": typed or {},
        "may_set": may_set,
        "team": team or "",
        "teams": [(each.pk, each.name) for each in teams_to_set(user)] if may_set else [],
        "metrics": [(each.name, str(each.label)) for each in metrics_to_set(user)],
        "every": [(key, str(label)) for key, label in Target.Every.choices],
        "undo": numeric_id(words.get("changed")),
    }


def _refused(request: Request, month: date, typed: Mapping[str, str], told: str) -> HttpResponse:
    context = {**_scene(request, month, typed), "refusal": told}
    return render(request, "performance/targets.html", context, status=422)


def _wishes(request: Request, typed: Mapping[str, str]) -> Iterable[Wish]:
    """What the cells say: `at-user.7-calls.day`, beside it what stood there as `was-…`."""
    there = {"{}.{}".format(*key_of(each)): each for each in whom_to_set(request.user)}
    for name, value in typed.items():
        _at, who, word = (*name.split("-", 2), "", "")[:3]
        column, whose = column_of(word, request.user), there.get(who)
        if column is None or whose is None:
            raise RuleBroken(
                _("This person, team or figure is not yours to set targets of."), field="targets"
            )
        was = request.POST.get(f"was-{who}-{word}", "")
        yield Wish(
            whose,
            column.metric.name,
            column.every,
            _amount(value, whose),
            column.currency,
            _amount(was, whose),
        )


def _amount(text: str, whose: User | Team) -> Decimal | None:
    text = text.strip()
    if not text:
        return None
    try:
        value = Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or len(text) > LONGEST or value != value.quantize(Decimal("0.01")):
        message = _("%(who)s: “%(value)s” is no number. Write it as 120 or 1500.50.")
        raise RuleBroken(
            message % {"who": whose, "value": text[:LONGEST]}, field="value", value=text[:LONGEST]
        )
    return value


def _new_column(words: QueryDict) -> str:
    """The column that is added: a figure and how often."""
    name, every = words.get("metric", ""), words.get("every", "")
    return (
        ".".join(filter(None, (name, every, words.get("currency", "").strip()[:3]))) if name and every else ""
    )


def _month(words: QueryDict) -> date:
    try:
        return month_of(words.get("month", ""), Context.of_organisation())
    except RuleBroken:
        return month_of("", Context.of_organisation())


def _back(month: date, team: str, changed: int | None) -> str:
    query = {"month": f"{month:%Y-%m}", "team": team, "changed": str(changed or "")}
    return reverse("performance:targets", query={name: word for name, word in query.items() if word})


def _require_seen(request: Request) -> None:
    require(
        policies.sees_targets(request.user),
        _("Your role sees no targets."),
        who_can_help=ASK_AN_ADMINISTRATOR,
    )


def _require_setting(request: Request) -> None:
    require(
        policies.may_set_targets(request.user),
        _("Your role sets no targets."),
        who_can_help=ASK_AN_ADMINISTRATOR,
    )
