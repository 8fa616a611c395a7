"""One customer: the 360° page, saving an edit, logging an activity."""

from django.urls import reverse

from leadline.config.bench.browsing import fetch, send
from leadline.config.bench.data import Data
from leadline.config.bench.registry import Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.customers.models import Customer
from leadline.people.models import User
from leadline.people.scope import reach

_RAW = """
SELECT c.*, owner.name, team.name, pulse.last_interaction_at,
       (SELECT jsonb_agg(k) FROM customers_contact k WHERE k.customer_id = c.id AND k.archived_at IS NULL),
       (SELECT jsonb_agg(a) FROM (SELECT * FROM timeline_activity WHERE customer_id = c.id
                                   ORDER BY at DESC, id DESC LIMIT 10) a),
       (SELECT jsonb_agg(n) FROM timeline_note n WHERE n.customer_id = c.id AND n.pinned_at IS NOT NULL)
  FROM customers_customer c
  LEFT JOIN people_user owner ON owner.id = c.owner_id
  LEFT JOIN people_team team ON team.id = c.team_id
  LEFT JOIN customers_pulse pulse ON pulse.customer_id = c.id
 WHERE c.id = %s
"""


@row("360° page, first view", Goal(15))
def page(data: Data) -> dict[str, Measured]:
    """The page of customers that the person has not looked at before, in turn."""
    found = {}
    for who, user in data.people.items():
        ids = _reached(user, data)
        works = [fetch(user, reverse("customers:page", args=[pk])) for pk in ids]
        found[who] = measured(works, data.times, raw=[(_RAW, [pk]) for pk in ids])
    return found


@row("Save an edit", Goal(15), changes_data=True)
def edit(data: Data) -> dict[str, Measured]:
    """A change of a searched field, with history, ledger and search; then back to what it was."""
    user = data.people["rep"]
    customer = Customer.objects.get(pk=_reached(user, data)[0])
    address = reverse("customers:edit", args=[customer.pk])
    names = [customer.name, f"{customer.name} II"]
    turn = iter(range(1_000_000))

    def save() -> object:
        version = Customer.objects.values_list("version", flat=True).get(pk=customer.pk)
        name = names[(next(turn) + 1) % 2]
        return send(user, address, {"name": name, "email": customer.email, "version": version})()

    raw = (
        "UPDATE customers_customer SET description = description, updated_at = now() WHERE id = %s",
        [customer.pk],
    )
    found = measured([save], data.times, raw=[raw])
    if Customer.objects.get(pk=customer.pk).name != customer.name:
        save()
    return {"with history, ledger and search": found}


@row("Log an activity", Goal(15), changes_data=True)
def log(data: Data) -> dict[str, Measured]:
    """A call on a customer, with its ledger entry and the last interaction."""
    user = data.people["rep"]
    ids = _reached(user, data)
    answers = {"kind": "call", "title": "Benchmark call", "outcome": "connected", "duration": "5"}
    works = [send(user, reverse("customers:log_activity", args=[pk]), answers) for pk in ids[:10]]
    return {"with ledger and last interaction": measured(works, data.times)}


def _reached(user: User, data: Data) -> list[int]:
    within = reach(user, "customer", "view")
    rows = Customer.objects.filter(within.q(), archived_at=None)
    if within.everything:
        rows = rows.filter(pk__in=data.sample)
    return list(rows.order_by("pk").values_list("pk", flat=True)[: data.times])
