"""What comes of a set of drafts: every row exactly once, whatever is in the file (CUS-19, CUS-20)."""

from contextlib import suppress

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core.drafts import Draft, Outcome
from leadline.customers import actions
from leadline.customers.actions.matching import KEYS
from leadline.customers.models import Contact, Customer

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
EMAILS = st.sampled_from(["a@x.example", "b@x.example", "c@x.example"])
PHONES = st.sampled_from(["+4930901820", "+4930901821"])
NAMES = st.sampled_from(["Kopi", "KOPI ", "Teh", "Ärger", "arger"])


def optional(**fields: st.SearchStrategy) -> st.SearchStrategy:
    """Dicts in which each of the fields may be missing."""
    return st.fixed_dictionaries({}, optional=fields)


CUSTOMERS = st.lists(
    optional(
        name=NAMES, email=EMAILS, phone=PHONES, city=st.sampled_from(["Solo", "Medan"]),
        owner=st.sampled_from(["rosa", "otto"]), id=st.integers(0, 3), status=st.sampled_from(["active"]),
    ),
    max_size=12,
)  # fmt: skip
CONTACTS = st.lists(
    optional(name=NAMES, email=EMAILS, customer=st.integers(0, 3), is_primary=st.booleans()), max_size=12
)
ON_DUPLICATE = st.sampled_from(["skip", "update", "create"])


class Undone(Exception):
    """Takes a set back."""


def rows_of(outcome: Outcome) -> list[int]:
    """Every row that the outcome tells of, as often as it does."""
    kinds = (outcome.created, outcome.updated, outcome.unchanged, outcome.skipped)
    return sorted([row for kind in kinds for row in kind] + [refused.row for refused in outcome.refused])


@QUICK
@given(
    given_rows=CUSTOMERS,
    on_duplicate=ON_DUPLICATE,
    key=st.sampled_from(KEYS),
    who=st.sampled_from(["ada", "mira"]),
)
def test_every_row_of_a_file_of_customers_is_told_once(cast, make, by, given_rows, on_duplicate, key, who):
    """CUS-19: created + updated + unchanged + skipped + refused = rows, and what was created is there."""
    actor = by(getattr(cast, who))
    with suppress(Undone), transaction.atomic():
        known = [
            make.customer(cast.rosa, email="a@x.example", name="Kopi"),
            make.customer(cast.otto, phone="+4930901820"),
        ]
        drafts = _drafts(cast, known, given_rows)
        before = Customer.objects.count()

        outcome = actions.add_customers(drafts, on_duplicate=on_duplicate, key=key, by=actor)

        assert rows_of(outcome) == [draft.row for draft in drafts]
        assert Customer.objects.count() - before == len(set(outcome.created.values())) == len(outcome.created)
        assert all(refused.reason for refused in outcome.refused)
        _check_again(drafts, outcome, key, actor) if on_duplicate == "skip" else None
        raise Undone


def _drafts(cast, known: list, given_rows: list[dict]) -> list[Draft]:
    drafts = []
    for row, values in enumerate(given_rows, 1):
        values = dict(values)
        if "owner" in values:
            values["owner"] = getattr(cast, values["owner"]).pk
        if "id" in values:
            values["id"] = known[values["id"]].pk if values["id"] < len(known) else 9_999_999
        drafts.append(Draft(row, values))
    return drafts


def _check_again(drafts: list[Draft], first: Outcome, key: str, actor) -> None:
    """The same set again: what has a key is skipped, and nothing that was there has changed."""
    versions = dict(Customer.objects.values_list("pk", "version"))
    again = actions.add_customers(drafts, on_duplicate="skip", key=key, by=actor)
    keyless = {draft.row for draft in drafts if not draft.values.get(key)}

    assert set(again.created) <= keyless
    assert {
        row: pk for row, pk in first.created.items() if row not in keyless
    }.items() <= again.skipped.items()
    assert {row.pk: row.version for row in Customer.objects.filter(pk__in=versions)} == versions


@QUICK
@given(given_rows=CONTACTS, on_duplicate=ON_DUPLICATE)
def test_every_row_of_a_file_of_contacts_is_told_once(cast, make, by, given_rows, on_duplicate):
    """CUS-20: likewise; and each customer has just one primary afterwards."""
    actor = by(cast.mira)
    with suppress(Undone), transaction.atomic():
        customers = [make.customer(cast.rosa), make.customer(cast.rosa), make.customer(cast.otto)]
        make.contact(customers[0], email="a@x.example")
        ids = [*(customer.pk for customer in customers), 9_999_999]
        drafts = [
            Draft(row, {**values, "customer": ids[values["customer"]]} if "customer" in values else values)
            for row, values in enumerate(given_rows, 1)
        ]
        before = Contact.objects.count()

        outcome = actions.add_contacts(drafts, on_duplicate=on_duplicate, by=actor)

        assert rows_of(outcome) == [draft.row for draft in drafts]
        assert Contact.objects.count() - before == len(outcome.created)
        assert all(refused.reason for refused in outcome.refused)
        for customer in customers:
            current = Contact.objects.current().filter(customer=customer)
            assert current.filter(is_primary=True).count() == min(current.count(), 1)
        raise Undone
