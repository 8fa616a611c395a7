"""The cast that all tests share does what it says."""


def test_rosa_owns_what_is_made_for_her(cast, make, settle):
    customer = make.customer(cast.rosa)
    contact = make.contact(customer)
    make.note(customer, author=cast.rosa)
    make.activity(customer, days_ago=2)
    settle()

    assert customer.owner == cast.rosa
    assert customer.team == cast.north
    assert contact.is_primary


def test_mira_manages_north_and_not_south(cast):
    assert cast.mira.grants.managed_teams == (cast.north.pk,)
