"""Who may do what with one customer, and why not (PPL-2, PPL-5)."""

import pytest

from leadline.customers import actions, policies


def test_an_archived_customer_is_only_restored(cast, make, by):
    """PPL-5: not edited, assigned, blocked or logged on, whoever asks."""
    gone = actions.archive_customer(make.customer(cast.rosa), by=by(cast.rosa))

    for may in (
        policies.may_edit_customer,
        policies.may_assign_customer,
        policies.may_block_customer,
        policies.may_log_on,
    ):
        assert not may(cast.ada, gone)
    assert policies.may_archive_customer(cast.ada, gone)


@pytest.mark.parametrize(
    ("who", "words"), [("rosa", "Otto Brandt's"), ("aud", "only reads"), ("sam", "only reads")]
)
def test_why_not(cast, make, who, words):
    """PPL-5: not the owner, or the role lacks it; and who can help."""
    assert words in policies.why_not_edit(getattr(cast, who), make.customer(cast.otto))


def test_the_house_may_everything(cast, make):
    """Design 3: listeners and rules act as the house."""
    customer = make.customer(cast.otto)

    assert policies.may_edit_customer(cast.house, customer)
    assert policies.may_import_customers(cast.house)


def test_an_author_corrects_the_own_entry(cast, make):
    """TIM-2: as long as the role may log on the customer."""
    customer = make.customer(cast.rosa)
    note = make.note(customer, author=cast.sam)

    assert policies.may_edit_entry(cast.sam, note, customer)
    assert policies.may_edit_entry(cast.rosa, note, customer)
    assert not policies.may_edit_entry(cast.fina, note, customer)
    assert not policies.may_edit_entry(cast.otto, note, customer)


def test_who_has_left_may_nothing(cast, make):
    """PPL-1: whatever the role says."""
    customer = make.customer(cast.ada)
    cast.ada.is_active = False

    assert not policies.may_edit_customer(cast.ada, customer)
    assert not policies.may_create_customers(cast.ada)
