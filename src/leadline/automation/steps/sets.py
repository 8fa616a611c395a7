"""Steps that are one action over a set of records: the outcome of each, from what the action gives back."""

from collections.abc import Callable, Sequence
from typing import Any

from leadline.automation.steps.case import Case, Outcome
from leadline.customers.models import Customer
from leadline.leads.models import Lead
from leadline.people.models import User

Acts = Callable[[list[int]], Any]  # an action over a set; gives `changed` and `refused`


def by_kind(cases: Sequence[Case], acts: dict[str, Acts], words: str, same: str) -> list[Outcome]:
    """Do it once for each kind of record; `words` tell of a change, `same` that there was nothing to do."""
    done = {
        kind: act([case.subject.id for case in cases if case.subject.kind == kind])
        for kind, act in acts.items()
        if any(case.subject.kind == kind for case in cases)
    }
    return [_outcome(case, done.get(case.subject.kind), words, same) for case in cases]


def follow_owners(cases: Sequence[Case]) -> None:
    """The steps that follow see whose the records are now: whoever got them in this very run."""
    for kind, rows in (("lead", Lead.objects.all()), ("customer", Customer.objects.all())):
        theirs = [case for case in cases if case.subject.kind == kind]
        if theirs:
            ids = [case.subject.id for case in theirs]
            owners = dict(rows.filter(pk__in=ids).values_list("pk", "owner"))
            people = User.objects.select_related("team__manager").in_bulk(set(owners.values()) - {None})
            for case in theirs:
                case.belongs_to(people.get(owners.get(case.subject.id)))


def _outcome(case: Case, done: Any, words: str, same: str) -> Outcome:
    if done is None:
        return Outcome(same, ok=False)
    refused = done.refused.get(case.subject.id)
    if refused:
        return Outcome(str(refused), ok=False)
    return Outcome(words if case.subject.id in done.changed else same)
