"""The rules of likeness: read, changed, tried, put back (CUS-22)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import require
from leadline.core.answers import go_to
from leadline.core.ids import numeric_id
from leadline.core.jobs import Job
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.core.requests import Request
from leadline.customers.likeness import INSTALLED, Rules, features_of, rules_for, weigh
from leadline.customers.likeness.providers import without_provider
from leadline.customers.likeness.rules import SIGNS, THRESHOLDS
from leadline.customers.likeness.weighing import in_words
from leadline.duplicates import actions
from leadline.duplicates.policies import WHO_SETS_RULES, may_set_rules

TRIED = {
    "customer": (
        ("name", _("Name")),
        ("email", _("E-mail")),
        ("phone", _("Phone")),
        ("website", _("Website")),
        ("address", _("Address")),
        ("postcode", _("Postcode")),
        ("city", _("City")),
        ("country", _("Country")),
    ),
    "contact": (("name", _("Name")), ("email", _("E-mail")), ("phone", _("Phone"))),
}
LONGEST = 300


@require_http_methods(["GET", "POST"])
def rules(request: Request) -> HttpResponse:
    """Each sign in words with its weight; saving starts a new scan."""
    require(may_set_rules(request.user), who_can_help=WHO_SETS_RULES)
    kind = _kind(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return _after(request, kind, actions.change_rules(kind, _typed(request, kind), by=request.actor))
        except (RuleBroken, RulesBroken) as refusal:
            broken = refusal.broken if isinstance(refusal, RulesBroken) else [refusal]
            errors = {rule.field or "": rule.message for rule in broken}
    return render(
        request, "duplicates/rules.html", _context(request, kind, errors), status=422 if errors else 200
    )


@require_POST
def put_back(request: Request) -> HttpResponse:
    """As they came installed."""
    kind = _kind(request)
    return _after(request, kind, actions.put_rules_back(kind, by=request.actor))


@require_POST
def try_rules(request: Request) -> HttpResponse:
    """Two records that are typed: how alike they would be by what stands in the form, saved or not."""
    require(may_set_rules(request.user), who_can_help=WHO_SETS_RULES)
    kind = _kind(request)
    given = _typed(request, kind)
    usable = {
        key: pair
        for key, pair in given.items()
        if all(type(each) is int and 0 <= each <= 100 for each in pair)
    }
    held = Rules(kind, {**rules_for(kind).values, **usable})
    one, other = (
        features_of({name: request.POST.get(f"{side}-{name}", "")[:LONGEST] for name, _label in TRIED[kind]})
        for side in ("one", "other")
    )
    found = weigh(without_provider(one), other, held)
    context = {"found": found, "reasons": in_words(found.reasons), "rules": held}
    return render(request, "duplicates/_tried.html", context)


def _context(request: Request, kind: str, errors: dict[str, str]) -> dict[str, Any]:
    held = rules_for(kind)
    typed = request.POST if request.method == "POST" else {}
    lines = []
    for sign in (*SIGNS[kind], *THRESHOLDS):
        weight, least = held.values[sign.key]
        lines.append(
            {
                "sign": sign,
                "weight": typed.get(f"weight-{sign.key}", weight),
                "least": typed.get(f"least-{sign.key}", least),
                "installed": INSTALLED[kind][sign.key],
                "is_changed": held.values[sign.key] != INSTALLED[kind][sign.key],
                "is_threshold": sign in THRESHOLDS,
                "error": errors.get(sign.key, ""),
            }
        )
    return {"kind": kind, "lines": lines, "errors": errors, "tried": TRIED[kind]}


def _typed(request: Request, kind: str) -> dict[str, tuple[Any, Any]]:
    """Sign → (weight, least likeness) as typed; what is no number is handed on, to be refused."""
    typed = {}
    for key, (_weight, least) in INSTALLED[kind].items():
        weight = request.POST.get(f"weight-{key}")
        if weight is not None:
            asked = request.POST.get(f"least-{key}")
            typed[key] = (numeric_id(weight), least if asked is None else numeric_id(asked))
    return typed


def _kind(request: Request) -> str:
    given = request.POST if request.method == "POST" else request.GET
    return "contact" if given.get("kind") == "contact" else "customer"


def _after(request: Request, kind: str, job: Job | None) -> HttpResponse:
    if job:
        return go_to(request, reverse("work:job", args=[job.pk]))
    return redirect(f"{reverse('duplicates:rules')}?kind={kind}")
