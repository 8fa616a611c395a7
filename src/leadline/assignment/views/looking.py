"""Rehearsal, fairness, and why somebody is the owner: pages that only look (SIG-5)."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.assignment import policies
from leadline.assignment.forms import PeriodForm
from leadline.assignment.models import Rule
from leadline.assignment.periods import period_of
from leadline.assignment.queries.fairness import fairness_of
from leadline.assignment.queries.rehearsing import MOST
from leadline.assignment.queries.rehearsing import rehearse as tried
from leadline.assignment.queries.why import why_owner
from leadline.assignment.registry import assignables
from leadline.assignment.views.fetching import kind_in, require_manager
from leadline.core.answers import asked_by_htmx
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.core.subjects import address_of_subject, visible_subjects


@require_safe
def rehearse(request: Request) -> HttpResponse:
    """Choose rules and days, and see what they would have done; nothing is written (LEA-7)."""
    about = kind_in(request)
    require_manager(request)
    form, days, broken = _days(request)
    rules = list(Rule.objects.in_use().filter(kind=about.kind))
    asked = {key for key in request.GET.getlist("rule") if key.isdecimal()}
    chosen = (
        [rule for rule in rules if str(rule.pk) in asked] if asked else [each for each in rules if each.is_on]
    )
    begun = days is not None and "first" in request.GET
    found = (
        tried(about.kind, chosen, first=days[0], last=days[1], viewer=request.user)
        if begun and days
        else None
    )
    context = {
        "about": about,
        "kinds": assignables(),
        "form": form,
        "broken": broken,
        "rules": rules,
        "chosen": {rule.pk for rule in chosen},
        "days": days,
        "found": found,
        "most": MOST,
    }
    return render(request, "assignment/rehearse.html", context, status=422 if broken else 200)


@require_safe
def fairness(request: Request) -> HttpResponse:
    """Number and quality for each person in a period, by rule, and how far apart they are (SIG-5)."""
    about = kind_in(request)
    form, days, broken = _days(request)
    found = fairness_of(about.kind, request.user, first=days[0], last=days[1]) if days else None
    context = {
        "about": about,
        "kinds": assignables(),
        "form": form,
        "broken": broken,
        "days": days,
        "found": found,
    }
    return render(request, "assignment/fairness.html", context, status=422 if broken else 200)


@require_safe
def why(request: Request, kind: str, pk: int) -> HttpResponse:
    """Why a record has its owner; of a record one does not see there is no such page (ALL-3)."""
    if kind not in {each.kind for each in assignables()} or pk >= 2**63:
        raise Http404
    record: Any = visible_subjects(kind, request.user).filter(pk=pk).select_related("owner").first()
    if record is None:
        raise Http404
    context = {
        "record": record,
        "found": why_owner(kind, pk, record.owner_id, request.user),
        "sees_rules": policies.may_see_rules(request.user),
        "back": address_of_subject(kind, pk),
    }
    return render(
        request, "assignment/_why.html" if asked_by_htmx(request) else "assignment/why.html", context
    )


def _days(request: Request) -> tuple[PeriodForm, tuple[date, date] | None, str]:
    form = PeriodForm(request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if form.is_bound and not form.is_valid():
        return form, None, " ".join(str(error) for errors in form.errors.values() for error in errors)
    try:
        days = period_of(given.get("first"), given.get("last"))
    except RuleBroken as refusal:
        return form, None, refusal.message
    return PeriodForm(initial={"first": days[0], "last": days[1]}), days, ""
