"""Doing the steps of a rule for a set of cases: what one refuses, the others still get (PLT-6)."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from leadline.automation.models import Run
from leadline.automation.steps.case import Case, Outcome
from leadline.automation.steps.registry import Params, Step
from leadline.core.actions import Actor
from leadline.core.refusals import Refusal

log = logging.getLogger(__name__)


@dataclass
class Done:
    """What came of one case: each step that was tried, and whether a fault of ours stopped it."""

    did: list[dict[str, Any]] = field(default_factory=list)
    fault: str = ""

    @property
    def state(self) -> Run.State:
        """Done, partly done, failed, or to be tried again."""
        if self.fault:
            return Run.State.RETRY
        good = [each["ok"] for each in self.did]
        if all(good):
            return Run.State.DONE
        return Run.State.PARTLY if any(good) else Run.State.FAILED


def carry_out(
    steps: Sequence[tuple[Step, Params]], cases: Sequence[Case], by: Actor, *, done: int = 0
) -> list[Done]:
    """Do the steps in their order, behind the first `done`; a fault in one stops the rest for that case."""
    results = [Done() for _case in cases]
    for step, params in steps[done:]:
        going = [place for place, result in enumerate(results) if not result.fault]
        fitting = [place for place in going if cases[place].subject.kind in step.records]
        outcomes = dict(
            zip(fitting, _try(step, params, [cases[place] for place in fitting], by), strict=True)
        )
        for place in going:
            outcome = outcomes.get(place) or Outcome(_("Not for a record of this kind"), ok=False)
            if outcome.words is _FAULT:
                results[place].fault = outcome.address
                continue
            results[place].did.append(
                {"step": step.key, "words": outcome.words, "ok": outcome.ok, "address": outcome.address}
            )
    return results


_FAULT = "\x00fault"


def _try(step: Step, params: Params, cases: list[Case], by: Actor) -> list[Outcome]:
    """Together; where that is refused, in halves, until the one that is refused stands alone."""
    if not cases:
        return []
    try:
        with transaction.atomic():
            return step.does(cases, params, by)
    except OperationalError:
        raise  # a deadlock or a lost connection: the whole batch is tried again
    except Refusal as refusal:
        if len(cases) == 1:
            return [Outcome(refusal.message[:300], ok=False)]
    except Exception as failure:
        if len(cases) == 1:
            log.exception("a step of a rule failed", extra={"step": step.key, "rule": cases[0].rule_id})
            return [Outcome(_FAULT, ok=False, address=type(failure).__name__)]
    middle = len(cases) // 2
    return [*_try(step, params, cases[:middle], by), *_try(step, params, cases[middle:], by)]
