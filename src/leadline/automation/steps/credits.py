"""A payment counts for the targets of whoever owns the record when it comes (PLT-6, PRF-2)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.automation.actions.crediting import credit_payments
from leadline.automation.steps.case import Case, Outcome
from leadline.automation.steps.registry import Params, Step, register_step
from leadline.core.actions import Actor


def _credit(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    owners = {case.payment_id: case.owner for case in cases if case.payment_id and case.owner}
    credited = credit_payments(owners, rule_id=cases[0].rule_id, by=by) if owners else set()
    return [
        Outcome(_("Counts for the targets of %(who)s") % {"who": case.owner})
        if case.payment_id in credited
        else Outcome(_("Counts for nobody: there is no owner"), ok=case.owner is not None)
        for case in cases
    ]


register_step(
    Step(
        "credit",
        gettext_lazy("Count for the owner's targets"),
        "target",
        ("lead", "customer"),
        (),
        _credit,
        lambda shown: _("count the payment for the targets of the owner of that moment"),
        needs="payment",
    )
)
