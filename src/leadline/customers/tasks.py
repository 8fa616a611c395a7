"""What happens to customers by itself."""

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.jobs import Running, job
from leadline.core.jobs.queue import LONG_WORK
from leadline.core.organisation import organisation
from leadline.customers import bulk, listing
from leadline.customers.actions import let_rest_the_inactive, place_customers
from leadline.customers.actions.knowing import TASK, know_owners_since
from leadline.customers.models import Customer
from leadline.people.models import User

PORTION = 5_000
REGISTERED = (bulk.VERBS, listing.CUSTOMERS)  # by being imported here, for jobs about them


@app.periodic(cron="40 1 * * *")
@app.task(name="customers.let_rest", queueing_lock="customers.let_rest")
def let_rest(timestamp: int) -> None:
    """Every night, in portions: customers with whom nobody had to do for so long become inactive (CUS-15)."""
    days = organisation().inactive_after_days
    if not days:
        return
    by = Actor(User.objects.house(), via="rule", trace="rule:inactive")
    while let_rest_the_inactive(after_days=days, by=by):
        pass


@app.task(name=TASK, queueing_lock=TASK, queue=LONG_WORK)
def know_owners() -> None:
    """Once after an upgrade, in portions: since when owners have what was theirs before it was kept."""
    by, after = Actor(User.objects.house(), via="job", trace=TASK), 0
    while (last := know_owners_since(after, limit=PORTION, by=by)) is not None:
        after = last


@job("customers.place")
def place(running: Running) -> None:
    """Put every customer where the rules of the territories say now, in portions by ids (PPL-3)."""
    running.expect(Customer.objects.count())
    after = running.cursor or 0
    rows = Customer.objects.order_by("pk").values_list("pk", flat=True)
    while ids := list(rows.filter(pk__gt=after)[:PORTION]):
        after = ids[-1]
        with running.portion(done=len(ids), cursor=after) as portion:
            moved = place_customers(ids, by=running.by)
            portion.count(changed=len(moved), unchanged=len(ids) - len(moved))
