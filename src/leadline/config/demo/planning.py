"""What the sellers of the small demo company have to do: overdue, today, this week, and again."""

from datetime import datetime, time, timedelta

from leadline.config.demo.imagining import Imagination
from leadline.core.actions import Actor
from leadline.core.clock import today, zone_of
from leadline.core.events import Subject
from leadline.core.organisation import organisation
from leadline.customers.models import Customer
from leadline.people.models import User
from leadline.tasks.actions import TaskDraft, add_tasks
from leadline.tasks.models import Task

EACH = 8
TITLES = {
    Task.Kind.CALL: ("Call back", "Ask how the order went", "Reach the new buyer"),
    Task.Kind.EMAIL: ("Send the offer", "Send the price list", "Answer the questions on delivery"),
    Task.Kind.MEETING: ("Visit the warehouse", "Quarterly review"),
    Task.Kind.TO_DO: ("Prepare the renewal", "Check the payment terms"),
}


def plan_tasks(customers: list[int], imagination: Imagination, *, by: Actor) -> int:
    """Give each seller some tasks about own customers, as they would have written them; returns how many."""
    owned: dict[int, list[int]] = {}
    rows = Customer.objects.filter(pk__in=customers, archived_at=None).exclude(owner=None).order_by("pk")
    for key, owner in rows.values_list("pk", "owner"):
        owned.setdefault(owner, []).append(key)
    count = 0
    for seller in User.objects.filter(pk__in=owned).order_by("pk"):
        drafts = [_draft(number, owned[seller.pk], imagination) for number in range(EACH)]
        count += len(add_tasks(drafts, by=Actor(seller, via=by.via, trace=by.trace)))
    return count


def _draft(number: int, customers: list[int], imagination: Imagination) -> TaskDraft:
    random, zone = imagination.random, organisation().time_zone
    kind = random.choice(list(TITLES))
    day = today(zone) + timedelta(days=(-2, 0, 0, 1, 2, 4, 9, 20)[number % EACH])
    at = datetime.combine(day, time(random.randrange(9, 17), random.choice((0, 30))), tzinfo=zone_of(zone))
    timed = random.random() < 0.6
    return TaskDraft(
        title=random.choice(TITLES[kind]),
        kind=kind,
        priority=random.choice((Task.Priority.NORMAL, Task.Priority.NORMAL, Task.Priority.HIGH)),
        about=Subject("customer", random.choice(customers)),
        due_at=at if timed else None,
        due_on=None if timed else day,
        remind_before=30 if timed and random.random() < 0.5 else None,
        repeats=Task.Repeats.WEEKLY if number == EACH - 1 else "",
    )
