"""What happens to customers by itself."""

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.organisation import organisation
from leadline.customers import bulk, listing
from leadline.customers.actions import let_rest_the_inactive
from leadline.people.models import User

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
