"""Rules run: what happened is looked at, what fits is done, and each run is kept with why (PLT-6)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext as _

from leadline.automation.actions.telling import as_meant, tell_trouble
from leadline.automation.models import Rule, Run
from leadline.automation.occasions import Happening, found_by
from leadline.automation.rules import Understood
from leadline.automation.running.casting import case_of, records_of
from leadline.automation.running.doing import Done, carry_out
from leadline.automation.running.guarding import Guard, depths_of
from leadline.automation.running.looking import Looked, look
from leadline.automation.steps.case import Case
from leadline.core.actions import Actor, action, lock_all
from leadline.core.clock import now
from leadline.core.conditions import Context
from leadline.core.events import Event
from leadline.core.jobs.queue import later

LONGEST_AGO = timedelta(days=1)
UNFIT_KEPT = 3  # of those that did not fit, in one batch; all are counted
AGAIN = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
_TALLY = """
INSERT INTO automation_tally (rule_id, day, looked, fitted) VALUES (%s, %s, %s, %s)
    ON CONFLICT (rule_id, day) DO UPDATE SET looked = automation_tally.looked + excluded.looked,
       fitted = automation_tally.fitted + excluded.fitted
"""


@dataclass
class Came:
    """What came of a rule over some happenings."""

    runs: list[Run] = field(default_factory=list)
    looked: int = 0
    fitted: int = 0


@action
def run_rules(events: Sequence[Event], *, by: Actor) -> int:
    """Run all rules that wait for these events, in their order; returns how many runs were kept.

    Each rule runs at most once for each event and thing: the events are taken out of waiting in this
    transaction, and a run that is there already is not made again. What happened more than a day ago, as the
    platform tells it, starts nothing: nobody is to be called about a payment of last year (`events load`).
    """
    rules = lock_all(Rule.objects.in_force().filter(event__in={event.name() for event in events}))
    depths = depths_of({event.key[0]: event.trace for event in events if event.key})
    recent = now() - LONGEST_AGO
    kept = 0
    found: dict[str, list[Happening]] = {}
    for rule in sorted(rules, key=lambda each: (each.position, each.pk)):
        meant = as_meant(rule, by=by)
        occasion = meant.start.occasion if meant else None
        if meant is None or occasion is None:
            continue
        if occasion.key not in found:
            found[occasion.key] = [each for each in found_by(occasion, events, depths) if each.at > recent]
        runs = run_rule(rule, meant, found[occasion.key], by=by).runs
        kept += len(runs)
        if any(run.did for run in runs):  # a lead may be a customer now
            found.clear()
    return kept


@action
def run_rule(
    rule: Rule,
    meant: Understood,
    happenings: Sequence[Happening],
    *,
    change_set: int | None = None,
    by: Actor,
) -> Came:
    """Run one rule over what happened. Everything about it is written together, or not at all."""
    came = Came()
    fresh = _not_yet(rule, happenings)
    if not fresh:
        return came
    looked = look(meant, fresh, Context.of_organisation(None))
    fitting = [(each, seen) for each, seen in zip(fresh, looked, strict=True) if seen.fits]
    unfit = [(each, seen) for each, seen in zip(fresh, looked, strict=True) if not seen.fits]
    came.looked, came.fitted = len(fresh), len(fitting)
    came.runs += [_run(rule, each, Run.State.NOT_FIT, seen) for each, seen in unfit[:UNFIT_KEPT]]
    came.runs += _run_fitting(rule, meant, fitting, change_set, by)
    Run.objects.bulk_create(came.runs, ignore_conflicts=True)
    _count(rule, came)
    for run in came.runs:
        if run.state == Run.State.RETRY:
            _try_later(run)
    stopped = [run.because for run in came.runs if run.state == Run.State.STOPPED]
    if stopped:
        tell_trouble(rule, words=stopped[0], by=by)
    return came


@action
def try_again(run_id: int, *, by: Actor) -> Run | None:
    """Do the rest of a run that a fault of ours stopped; after three tries it has failed, which is told."""
    run = Run.objects.select_for_update().filter(pk=run_id, state=Run.State.RETRY).first()
    if run is None:
        return None
    rule = Rule.objects.get(pk=run.rule_id)
    meant = as_meant(rule, by=by)
    happening = Happening(run.kind, run.record_id, run.cause, run.at, run.lead_id, run.customer_id, run.depth)
    records = records_of(meant, [happening]) if meant else {}
    record = records.get(happening.record(meant.record) or ("", 0)) if meant else None
    if meant is None or record is None or not rule.is_on:
        return _fail(
            run, rule, _("It was not tried again: the rule or the record is not there any more."), by
        )
    (seen,) = look(meant, [happening], Context.of_organisation(None), with_moments=False)
    case = case_of(rule, meant, happening, record, seen)
    (done,) = carry_out(
        meant.steps, [case], _acting(rule, run.cause, by, run.change_set_id), done=len(run.did)
    )
    run.did, run.tries = [*run.did, *done.did], run.tries + 1
    run.state, run.because = done.state, _why(done)
    if run.state == Run.State.RETRY and run.tries >= len(AGAIN):
        return _fail(
            run, rule, _("A step failed each time it was tried (%(fault)s).") % {"fault": done.fault}, by
        )
    run.save(update_fields=["did", "tries", "state", "because"])
    if run.state == Run.State.RETRY:
        _try_later(run)
    return run


def _not_yet(rule: Rule, happenings: Sequence[Happening]) -> list[Happening]:
    """Those for which the rule has not run, each once."""
    causes = {each.cause for each in happenings}
    ran = set(Run.objects.filter(rule=rule, cause__in=causes).values_list("cause", "kind", "record_id"))
    return [each for each in {each.key: each for each in happenings}.values() if each.key not in ran]


def _run_fitting(
    rule: Rule,
    meant: Understood,
    fitting: Sequence[tuple[Happening, Looked]],
    change_set: int | None,
    by: Actor,
) -> list[Run]:
    """What fits and nothing speaks against is done, cause by cause, so that what follows names its event."""
    if not fitting:
        return []
    records = records_of(meant, [each for each, _seen in fitting])
    guard = Guard.of(rule, records)
    runs: list[Run] = []
    going: dict[str, list[tuple[Run, Case]]] = defaultdict(list)
    for happening, seen in fitting:
        record = happening.record(meant.record)
        run = _run(rule, happening, Run.State.DONE, seen)
        run.change_set_id = change_set
        runs.append(run)
        if record is None or record not in records:
            run.state, run.because = Run.State.SKIPPED, _nobody(meant.record)
        elif words := guard.stops(happening, record):
            run.state, run.because = Run.State.STOPPED, words
        elif words := guard.skips(record):
            run.state, run.because = Run.State.SKIPPED, words
        else:
            guard.count(record)
            going[happening.cause].append((run, case_of(rule, meant, happening, records[record], seen)))
    for cause, together in going.items():
        _do(meant, together, _acting(rule, cause, by, change_set))
    return runs


def _do(meant: Understood, together: Sequence[tuple[Run, Case]], acting: Actor) -> None:
    done = carry_out(meant.steps, [case for _run, case in together], acting)
    for (run, _case), result in zip(together, done, strict=True):
        run.did, run.state, run.because = result.did, result.state, _why(result)


def _acting(rule: Rule, cause: str, by: Actor, change_set: int | None) -> Actor:
    """The house, because of this rule and what happened."""
    return Actor(by.user, via="rule", trace=f"rule:{rule.pk}:{cause}", change_set=change_set)


def _run(rule: Rule, happening: Happening, state: Run.State, seen: Looked) -> Run:
    return Run(
        rule=rule,
        at=now(),
        cause=happening.cause,
        kind=happening.kind,
        record_id=happening.id,
        lead_id=happening.lead_id,
        customer_id=happening.customer_id,
        state=state,
        because=_("The conditions do not hold.") if state == Run.State.NOT_FIT else "",
        facts=seen.facts,
        depth=happening.depth,
    )


def _why(done: Done) -> str:
    """What went wrong, if something did."""
    if done.fault:
        return _("A fault of ours (%(fault)s); it is tried again.") % {"fault": done.fault}
    return next((each["words"] for each in done.did if not each["ok"]), "")[:300]


def _nobody(record: str) -> str:
    if record == "lead":
        return _("Not run: nobody among the leads is known to be this person.")
    if record == "customer":
        return _("Not run: no customer is known to be this person.")
    return _("Not run: neither a lead nor a customer is known to be this person.")


def _fail(run: Run, rule: Rule, words: str, by: Actor) -> Run:
    run.state, run.because = Run.State.FAILED, words[:300]
    run.save(update_fields=["state", "because", "tries", "did"])
    tell_trouble(rule, words=words, by=by)
    return run


def _try_later(run: Run) -> None:
    key = run.pk or _key_of(run)
    later("automation.try_again", at=now() + AGAIN[min(run.tries, len(AGAIN) - 1)], run_id=key)


def _key_of(run: Run) -> int:
    rows = Run.objects.filter(rule_id=run.rule_id, cause=run.cause, kind=run.kind, record_id=run.record_id)
    return rows.values_list("pk", flat=True).get()


def _count(rule: Rule, came: Came) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TALLY, [rule.pk, Context.of_organisation().today, came.looked, came.fitted])
