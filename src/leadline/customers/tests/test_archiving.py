"""Taking customers away without losing anything (ALL-1)."""

import pytest

from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers import actions
from leadline.customers.models import Customer


def test_archived_and_restored_as_it_was(cast, make, by):
    """ALL-1: contacts and fields stay."""
    customer = make.customer(cast.rosa, city="Solo")
    contact = make.contact(customer)

    archived = actions.archive_customer(customer, by=by(cast.rosa))
    assert archived.is_archived
    assert customer not in Customer.objects.current()
    restored = actions.restore_customer(archived, by=by(cast.rosa))

    assert (restored.is_archived, restored.city, restored.contacts.get()) == (False, "Solo", contact)


def test_twice_is_told(cast, make, by):
    """CUS-7: a rule speaks, not the role."""
    customer = actions.archive_customer(make.customer(cast.rosa), by=by(cast.rosa))

    with pytest.raises(RuleBroken, match="restore it first"):
        actions.archive_customer(customer, by=by(cast.rosa))
    with pytest.raises(RuleBroken, match="not archived"):
        actions.restore_customer(make.customer(cast.rosa), by=by(cast.rosa))


@pytest.mark.parametrize("who", ["otto", "sam", "aud", "lena", "fina", "prue"])
def test_who_may_not_archive(cast, make, by, who):
    """PPL-2: neither strangers nor those who only read or assign."""
    customer = make.customer(cast.rosa)

    with pytest.raises(NotAllowed):
        actions.archive_customer(customer, by=by(getattr(cast, who)))
    assert not Customer.objects.get(pk=customer.pk).is_archived


def test_of_a_set_each_is_told(cast, make, by):
    """CUS-7: the one that can't be archived does not keep the others."""
    hers, his = make.customer(cast.rosa), make.customer(cast.otto)

    done = actions.archive_customers([his.pk, hers.pk], by=by(cast.mira))

    assert (done.changed, list(done.refused)) == ([hers.pk], [his.pk])
