"""What managers of the demo company have set up: territories, assignment, a hand-over, counts, tasks.

What is long work waits in the queue until the worker comes.
"""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from leadline.assignment.actions import add_rule, set_overflow, switch_rule
from leadline.config.demo.staff import DOMAIN, Staff
from leadline.core.actions import Actor
from leadline.core.clock import today
from leadline.core.lists import Selection
from leadline.core.lists.bulk.running import start_bulk
from leadline.core.organisation import organisation
from leadline.customers.actions import add_territory
from leadline.customers.models import Customer
from leadline.duplicates.actions import start_scan
from leadline.handovers.actions import start_handover
from leadline.handovers.planning import Draft
from leadline.leads.models import Lead
from leadline.people.models import User
from leadline.performance.actions import Wish, set_targets
from leadline.quality.actions import count_quality
from leadline.tasks.actions import TaskDraft, add_tasks

TERRITORIES = {"Indonesia": "ID", "Germany": "DE", "Kenya": "KE"}
TARGETS = (("calls", "day", 25), ("connected_calls", "day", 8), ("leads_converted", "month", 4))
TO_DO = {
    "lead-manager": (
        ("Assign the leads of the weekend", "high", 0),
        ("Talk with Marco about the autumn fair", "normal", 1),
        ("Look at the leads without an answer", "normal", -1),
    ),
    "sales-manager": (
        ("Look through the offers of the week", "high", 0),
        ("Coach Rosa on renewals", "normal", 2),
    ),
    "compliance-officer": (("Decide what waits for review", "high", 0), ("Report to the board", "normal", 5)),
}


def set_up_management(*, staff: Staff, by: Actor) -> None:
    """Let managers have set things up as they would within the first weeks."""
    administrator = Actor(staff.administrator, via=by.via, trace=by.trace)
    lead_manager = Actor(_person("lead-manager"), via=by.via, trace=by.trace)
    for name, code in TERRITORIES.items():
        sellers = staff.sellers[code]
        add_territory(name=name, members=sellers, rules=_in(code), by=administrator)
    _assign_by_rules(staff, lead_manager)
    _hand_some_over(staff, administrator)
    _tag_those_of_the_fair(lead_manager)
    _set_targets(staff, administrator)
    count_quality(by=administrator)
    start_scan(is_full=True, by=administrator)
    for mailbox, titles in TO_DO.items():
        _plan(titles, Actor(_person(mailbox), via=by.via, trace=by.trace))


def _in(code: str) -> dict[str, str]:
    return {"field": "country", "op": "equals", "value": code}


def _assign_by_rules(staff: Staff, by: Actor) -> None:
    """Rules that stand ready; the lead manager assigns by hand until they are let run by themselves."""
    set_overflow("lead", owner=staff.sellers["ID"][0], by=by)
    for name, code in (("Indonesia: whose turn it is", "ID"), ("Germany: who speaks it", "DE")):
        people = [seller.pk for seller in staff.sellers[code]]
        rule = add_rule("lead", name=name, where=_in(code), people=people, speaks=code == "DE", by=by)
        switch_rule(rule, is_on=True, by=by)


def _hand_some_over(staff: Staff, by: Actor) -> None:
    giver, taker = staff.sellers["US"][:2]
    owned = Customer.objects.filter(owner=giver, archived_at=None).order_by("pk")
    some = tuple(owned.values_list("pk", flat=True)[:5])
    if some:
        chosen = {"customer": Selection("customer", ids=some)}
        start_handover(Draft("change", "one", person=giver, selections=chosen, to=taker), by=by)


def _set_targets(staff: Staff, by: Actor) -> None:
    """What each seller is to reach, this month and in the one before."""
    month = today(organisation().time_zone).replace(day=1)
    sellers = [seller for code in sorted(staff.sellers) for seller in staff.sellers[code]]
    wishes = [
        Wish(seller, metric, every, Decimal(value)) for seller in sellers for metric, every, value in TARGETS
    ]
    for each in ((month - timedelta(days=1)).replace(day=1), month):
        set_targets(each, wishes, by=by)


def _tag_those_of_the_fair(by: Actor) -> None:
    """A mass change that stands there to be looked at, and undone."""
    met = Lead.objects.current().filter(campaign="Autumn fair").order_by("pk")
    some = tuple(met.values_list("pk", flat=True)[:40])
    if some:
        start_bulk(Selection("lead", ids=some), "tag", {"add": ["fair 2026"], "remove": []}, by=by)


def _plan(titles: Sequence[tuple[str, str, int]], by: Actor) -> None:
    day = today(organisation().time_zone)
    drafts = [
        TaskDraft(title=title, priority=priority, due_on=day + timedelta(days=days))
        for title, priority, days in titles
    ]
    add_tasks(drafts, by=by)


def _person(mailbox: str) -> User:
    return User.objects.get(email=f"{mailbox}@{DOMAIN}")
