"""Letting the rules find owners: one set at a time for each kind, so that turns are counted once (LEA-7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from leadline.assignment import policies
from leadline.assignment.actions.keeping import keep_run
from leadline.assignment.deciding import Dealing, Decision, Person
from leadline.assignment.models import Rule, Ruleset, Turn
from leadline.assignment.reading import facts_of, fitting_of, named_by, specs_of
from leadline.assignment.registry import Assignable, Done, Owners, assignable
from leadline.assignment.roster import Roster, named_in, roster_of
from leadline.assignment.telling import tell_of_unplaced
from leadline.assignment.turns import Turns
from leadline.core.actions import Actor, action, lock_all, require
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.people.models import User
from leadline.people.working.queries import away_now


@action
def assign_by_rules(
    kind: str, ids: Iterable[int], *, seen_at: datetime | None = None, unowned: bool = False, by: Actor
) -> Done:
    """Give records the owners that the rules say, each with its explanation kept (LEA-7, SIG-5).

    The rules of the kind that are on decide, also beyond the teams of whoever lets them; what none places
    goes to the overflow owner. With `seen_at` what somebody assigned since is refused with the name;
    `unowned` leaves alone what has an owner. Raises `RuleBroken` while nobody is the overflow owner.
    """
    about = assignable(kind)
    require(policies.may_run_rules(by.user, kind), _("Your role can't assign these; a sales manager can."))
    ruleset = next(iter(lock_all(Ruleset.objects.filter(kind=kind))), None)
    if ruleset is None or ruleset.overflow_id is None:
        message = _(
            "Choose the overflow owner first: nothing may stay unassigned. A lead manager can do this."
        )
        raise RuleBroken(message)
    running = Running(about, ruleset, by)
    done = about.dealt(ids, running.decide, seen_at, unowned, by)
    running.keep()
    return done


@action
def assign_what_came_in(kind: str, ids: Iterable[int], *, by: Actor) -> Done | None:
    """The same for what came in without an owner, where the rules run by themselves; twice does it once."""
    if not Ruleset.objects.filter(kind=kind, is_on=True).exists():
        return None
    return assign_by_rules(kind, ids, unowned=True, by=by)


@action
def assign_where_rules_run(kind: str, ids: Iterable[int], *, by: Actor) -> Done | None:
    """The same for what is handed on, owned or not; None where the rules of its kind don't run (LEA-10)."""
    if not Ruleset.objects.filter(kind=kind, is_on=True).exists():
        return None
    return assign_by_rules(kind, ids, by=by)


@dataclass
class Running:
    """One run: decides for the records that the app locked, then keeps turns and explanations."""

    about: Assignable
    ruleset: Ruleset
    by: Actor
    moment: datetime = field(default_factory=now)
    roster: Roster | None = None
    dealing: Dealing | None = None
    decided: list[tuple[Decision, int | None]] = field(default_factory=list)

    def decide(self, ids: Sequence[int]) -> Owners:
        """The owner of each record by the rules; everything is asked once for all of them."""
        if not ids:
            return {}
        rules = specs_of(Rule.objects.in_use().filter(kind=self.about.kind, is_on=True))
        fitting = fitting_of(rules, ids, self.about.kind)
        named = named_by(self.about, rules, ids)
        rest = overflow_owners(self.ruleset)
        asked = {owner for owners in named.values() for owner in owners.values()}
        asked |= {*rest, *(rule.overflow for rule in rules if rule.overflow)}
        self.roster = roster_of(
            self.about.kind, self.about.owns, among=named_in(rules), also=asked, begins=self.moment
        )
        self.dealing = Dealing(
            rules,
            self.roster.at,
            rest,
            lambda rule, key: named[rule.id].get(key),
            turns_of([rule.id for rule in rules]),
        )
        facts = facts_of(self.about, ids, placed=any(rule.in_territory for rule in rules))
        self.decided = [(self.dealing.decide(each, fitting[each.id]), each.owner_id) for each in facts]
        return {decision.id: decision.owner_id for decision, _before in self.decided if decision.owner_id}

    def keep(self) -> None:
        """Write whose turn it is now, and what was decided by what."""
        if self.dealing is None or self.roster is None:
            return
        _keep_turns(self.dealing.turns)
        people: list[Person] = self.dealing.involved(self.roster.at(self.moment).values())
        run = keep_run(self.about.kind, self.moment, people, self.dealing, self.decided, by=self.by)
        if unplaced := sum(decision.owner_id is None for decision, _before in self.decided):
            tell_of_unplaced(unplaced, cause=f"assignment:{run.pk}", by=self.by)


def overflow_owners(ruleset: Ruleset) -> list[int]:
    """Who takes what no rule places: the overflow owner, and the deputy while that one is away."""
    overflow = ruleset.overflow_id
    if overflow is None:
        return []
    away = away_now(User.objects.filter(pk=overflow)).get(overflow)
    return [overflow, *([away.deputy_id] if away and away.deputy_id else [])]


def turns_of(rules: Sequence[int]) -> dict[int, Turns]:
    """What everybody is owed by each rule."""
    turns = {rule: Turns() for rule in rules}
    for rule, user, owed in Turn.objects.filter(rule__in=rules).values_list("rule", "user", "owed"):
        turns[rule].owed[user] = owed
    return turns


def _keep_turns(turns: dict[int, Turns]) -> None:
    """The rows of the rules' turns as they are now; who holds the set's lock writes alone."""
    used = {rule: each for rule, each in turns.items() if each.got}
    before = {
        (rule, user): got
        for rule, user, got in Turn.objects.filter(rule__in=list(used)).values_list("rule", "user", "got")
    }
    rows = [
        Turn(rule_id=rule, user_id=user, owed=owed, got=before.get((rule, user), 0) + each.got.get(user, 0))
        for rule, each in used.items()
        for user, owed in each.owed.items()
    ]
    Turn.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["rule", "user"], update_fields=["owed", "got"]
    )
