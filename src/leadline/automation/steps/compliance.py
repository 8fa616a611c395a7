"""Whoever paid in is checked: the compliance procedure begins (LEA-10, PLT-6)."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.automation.steps.case import Case, Outcome
from leadline.automation.steps.registry import Params, Step, register_step
from leadline.compliance.actions import begin_procedure
from leadline.core.actions import Actor
from leadline.customers.models import Customer
from leadline.leads.models import Lead
from leadline.platform.models import Payment


def _begin(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    """Once for each lead or customer, in the order of their keys, so that batches do not lock crosswise."""
    about = _records(cases)
    payments = Payment.objects.in_bulk([case.payment_id for case in cases if case.payment_id])
    order = sorted(cases, key=lambda case: (case.subject.kind, case.subject.id))
    done = {id(case): _begin_one(case, about, payments.get(case.payment_id or 0), by) for case in order}
    return [done[id(case)] for case in cases]


def _begin_one(case: Case, about: dict[tuple[str, int], Any], paid: Payment | None, by: Actor) -> Outcome:
    record = about[case.subject.kind, case.subject.id]
    who = {"lead": None, "customer": None, case.subject.kind: record}
    begun = begin_procedure(**who, first=paid, by=by)
    if begun is None:
        return Outcome(_("Has a compliance procedure already"))
    return Outcome(_("Started the compliance procedure"), address=reverse("compliance:page", args=[begun.pk]))


def _records(cases: Sequence[Case]) -> dict[tuple[str, int], Any]:
    keys: dict[str, set[int]] = {"lead": set(), "customer": set()}
    for case in cases:
        keys[case.subject.kind].add(case.subject.id)
    rows: list[Any] = [*Lead.objects.filter(pk__in=keys["lead"])]
    rows += Customer.objects.filter(pk__in=keys["customer"])
    return {(row._meta.model_name, row.pk): row for row in rows}


register_step(
    Step(
        "compliance",
        gettext_lazy("Start the compliance procedure"),
        "shield-check",
        ("lead", "customer"),
        (),
        _begin,
        lambda shown: _("start the compliance procedure, where there is none"),
    )
)
