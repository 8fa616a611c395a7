"""Conditions over what an import or a bulk change created and changed (CUS-5, CUS-19)."""

from leadline.core.changesets import ChangeSet, change_set
from leadline.core.conditions import Context, parse
from leadline.core.fields import catalogue
from leadline.customers import actions
from leadline.customers.models import Customer


def test_sql_and_python_agree_about_change_sets(cast, make, by):
    """Design 4.2: created and changed are two questions, each answered by the history."""
    old, other = make.customer(cast.rosa), make.customer(cast.rosa)
    with change_set("test", "March", by(cast.ada)) as within:
        new = actions.add_customer(name="New", email="new@example.com", by=within)
        actions.edit_customer(old, city="Solo", by=within)
    key = ChangeSet.objects.get().pk

    for verb, expected in (("created", new), ("changed", old)):
        condition = parse({f"{verb}_in": key}, catalogue("customer"), user=cast.ada)
        opposite = parse({"not": {f"{verb}_in": key}}, catalogue("customer"), user=cast.ada)
        found = Customer.objects.filter(condition.q(Context()))

        assert list(found) == [expected]
        assert set(Customer.objects.filter(opposite.q(Context()))) == {old, other, new} - {expected}
        assert condition.matches({f"{verb}_in": [key]}, Context())
        assert not condition.matches({f"{verb}_in": [key + 1]}, Context())
        assert condition.sentence() == f"{verb} by “March”"


def test_the_name_of_somebody_elses_change_set_is_not_told(cast, make, by):
    """ALL-3: the file's name is its owner's; the filter still says what it is."""
    with change_set("test", "Secret plans", by(cast.ada)):
        pass
    key = ChangeSet.objects.get().pk

    condition = parse({"created_in": key}, catalogue("customer"), user=cast.rosa)

    assert condition.sentence() == f"created by change #{key}"
