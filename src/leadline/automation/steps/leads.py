"""What is done with leads alone: stars, stages, the top of the queue."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.automation.steps.case import Case, Outcome
from leadline.automation.steps.people import language_of
from leadline.automation.steps.registry import Params, Setting, Step, register_step
from leadline.automation.steps.sets import by_kind
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.leads import actions as leads
from leadline.leads.actions.topping import LONGEST
from leadline.leads.models import Stage


def _put_on_top(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    because = {
        case.subject.id: " ".join(case.fill(params["because"], language_of(case.owner)).split())[:LONGEST]
        for case in cases
    }
    return by_kind(
        cases,
        {"lead": lambda ids: leads.put_on_top(because, by=by)},
        _("Put on top of the queue"),
        _("Is on top of the queue"),
    )


register_step(
    Step(
        "top",
        gettext_lazy("Put on top of the owner's queue"),
        "arrow-up",
        ("lead",),
        (Setting("because", gettext_lazy("Because"), places=True, longest=LONGEST),),
        _put_on_top,
        lambda shown: _("put it on top of its owner's queue: “%(because)s”") % shown,
    )
)


def _star(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    until = now() + timedelta(days=params["days"])
    return by_kind(
        cases,
        {"lead": lambda ids: leads.star_leads(ids, until=until, by=by)},
        _("Starred"),
        _("Was starred"),
    )


register_step(
    Step(
        "star",
        gettext_lazy("Star"),
        "star",
        ("lead",),
        (Setting("days", gettext_lazy("For how many days"), "number", default=1, least=1),),
        _star,
        lambda shown: _("star it for %(days)s days") % shown,
    )
)


def open_stages() -> list[tuple[str, str]]:
    """The stages into which a rule can bring a lead."""
    return [(str(stage.pk), stage.label) for stage in Stage.objects.in_use() if stage.is_open]


def _set_stage(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    stage = Stage.objects.filter(pk=params["stage"], retired_at=None).first()
    if stage is None:
        raise RuleBroken(_("The stage that this rule names is not there any more."), field="steps")
    return by_kind(
        cases,
        {"lead": lambda ids: leads.set_stage(ids, stage=stage, by=by)},
        _("Stage: %(stage)s") % {"stage": stage.label},
        _("Was in this stage"),
    )


register_step(
    Step(
        "stage",
        gettext_lazy("Set the stage"),
        "flag",
        ("lead",),
        (Setting("stage", gettext_lazy("Stage"), "choice", open_stages),),
        _set_stage,
        lambda shown: _("bring it into the stage “%(stage)s”") % shown,
    )
)
