"""Trying a rule on what happened lately: what it would have done, with nothing written (PLT-6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from leadline.automation.actions.following import happening_of, is_such
from leadline.automation.actions.timed import happening_at, ids_meant
from leadline.automation.models import Rule, Run
from leadline.automation.occasions import Happening
from leadline.automation.occasions.finding import found_before
from leadline.automation.policies import may_manage_rules
from leadline.automation.rules import Understood, require_limit
from leadline.automation.running.casting import case_of, records_of
from leadline.automation.running.doing import carry_out
from leadline.automation.running.guarding import Replay
from leadline.automation.running.looking import Looked, look
from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.conditions import Context
from leadline.core.history import HistoryEntry
from leadline.core.refusals import RuleBroken
from leadline.people.policies import ASK_AN_ADMINISTRATOR

MOST_DAYS = 90
MOST_LOOKED, MOST_DONE, UNFIT_SHOWN = 5_000, 50, 5


@dataclass
class Rehearsal:
    """How many things were looked at and fitted, over how many records; the first with what would be done.

    `limited` are those of the fitting for which a limit for each record speaks against a run. `whole` says
    whether all that happened in the time was looked at.
    """

    looked: int = 0
    fitted: int = 0
    records: int = 0
    limited: int = 0
    whole: bool = True
    runs: list[Run] = field(default_factory=list)
    unfit: list[Run] = field(default_factory=list)


@action
def rehearse_rule(
    meant: Understood, *, rule: Rule | None = None, once_per: str = "", days: int = 7, by: Actor
) -> Rehearsal:
    """Try a rule, kept or a draft, on what happened in the last days; all that it does is taken back.

    At most 5,000 of the newest are looked at, and for the first 50 that fit the steps are really done and
    rolled back, so that what would be refused is told. What a limit for each record keeps from running is
    told, too: that of the rule, or `once_per` of a draft. Raises `NotAllowed`, and `RuleBroken` for the days.
    """
    require(may_manage_rules(by.user), _("Your role does not try rules."), who_can_help=ASK_AN_ADMINISTRATOR)
    if not 1 <= days <= MOST_DAYS:
        message = _("From 1 to %(most)s days back.") % {"most": MOST_DAYS}
        raise RuleBroken(message, field="days", value=days)
    tried = rule or Rule(pk=0, once_per=require_limit(once_per))
    happenings = _lately(meant, days)
    looked = look(meant, happenings, Context.of_organisation(None))
    pairs = list(zip(happenings, looked, strict=True))
    fitting = [(each, seen) for each, seen in pairs if seen.fits]
    result = Rehearsal(len(pairs), len(fitting), whole=len(pairs) < MOST_LOOKED)
    result.records = len({record for each, _seen in fitting if (record := each.record(meant.record))})
    against = _limits(tried, meant, [each for each, _seen in fitting], now() - timedelta(days=days))
    result.limited = len(against)
    result.runs = _tried(tried, meant, fitting[:MOST_DONE], against, by)
    result.unfit = [_run(tried, *pair) for pair in pairs if not pair[1].fits][:UNFIT_SHOWN]
    return result


def _lately(meant: Understood, days: int) -> list[Happening]:
    """What happened in the last days that would have started the rule, the newest first."""
    start, until = meant.start, now()
    since = until - timedelta(days=days)
    if start.occasion is not None:
        return found_before(start.occasion, since, until, MOST_LOOKED)
    if start.is_timed:
        keys = ids_meant(meant, until, after=0, limit=MOST_LOOKED)
        return [happening_at(meant, key, until) for key in keys]
    rows = HistoryEntry.objects.filter(
        kind=start.kind, verb="changed", at__gte=since, changes__has_key=start.column
    )
    entries = [entry for entry in rows.order_by("-at", "-pk")[:MOST_LOOKED] if is_such(start, entry)]
    return [happening_of(entry) for entry in entries]


def _limits(
    rule: Rule, meant: Understood, fitting: Sequence[Happening], since: datetime
) -> dict[tuple[str, str, int], str]:
    """For what a limit would have kept from running, in the order in which it happened: why, in words."""
    known = [(each, record) for each in fitting if (record := each.record(meant.record))]
    replay = Replay.of(rule, {record for _each, record in known}, since)
    known.sort(key=lambda pair: (pair[0].at, pair[0].id))
    words = {each.key: replay.speaks_against(each.at, record) for each, record in known}
    return {key: why for key, why in words.items() if why}


def _tried(
    rule: Rule,
    meant: Understood,
    fitting: Sequence[tuple[Happening, Looked]],
    against: Mapping[tuple[str, str, int], str],
    by: Actor,
) -> list[Run]:
    """Done as the house would, and taken back before anybody could see it."""
    records = records_of(meant, [each for each, _seen in fitting])
    runs = [_run(rule, happening, seen) for happening, seen in fitting]
    with transaction.atomic():
        house = type(by.user)._default_manager.house()
        acting = Actor(house, via="rule", trace=f"rule:{rule.pk or 0}:rehearsal")
        for run, (happening, seen) in zip(runs, fitting, strict=True):
            record = records.get(happening.record(meant.record) or ("", 0))
            if record is None:
                run.state, run.because = Run.State.SKIPPED, _("Not run: nobody is known to be this person.")
                continue
            if why := against.get(happening.key):
                run.state, run.because = Run.State.SKIPPED, why
                continue
            case = case_of(rule, meant, happening, record, seen)
            (done,) = carry_out(meant.steps, [case], acting)
            run.state, run.did = done.state, [{**each, "address": ""} for each in done.did]
        transaction.set_rollback(True)
    return runs


def _run(rule: Rule, happening: Happening, seen: Looked) -> Run:
    return Run(
        rule=rule if rule.pk else None,
        at=happening.at,
        cause=happening.cause,
        kind=happening.kind,
        record_id=happening.id,
        lead_id=happening.lead_id,
        customer_id=happening.customer_id,
        state=Run.State.DONE if seen.fits else Run.State.NOT_FIT,
        facts=seen.facts,
    )
