"""Changing customers, one by hand and many by set (ALL-1, ALL-3, ALL-4)."""

import pytest

from leadline.core.changesets import ChangeSet, change_set, undo_change_set
from leadline.core.drafts import Draft
from leadline.core.history import history_of
from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken, RulesBroken
from leadline.core.search import search_ids
from leadline.customers import actions
from leadline.customers.models import Customer
from leadline.people.scope import Reach
from leadline.timeline.models import Activity

EVERYTHING = Reach(everything=True)


def test_what_is_not_given_stays(cast, make, by):
    """ALL-1: an edit writes the fields it names, nothing else."""
    customer = make.customer(cast.rosa, city="Solo", tags=["b", "a"])

    changed = actions.edit_customer(customer, industry="Coffee", by=by(cast.rosa))

    assert (changed.industry, changed.city, changed.tags, changed.version) == (
        "Coffee",
        "Solo",
        ["b", "a"],
        2,
    )


def test_the_same_values_are_no_change(cast, make, by):
    """ALL-4: saving without a change leaves no trace."""
    customer = make.customer(cast.rosa, city="Solo")

    assert actions.edit_customer(customer, city="Solo", name=customer.name, by=by(cast.rosa)).version == 1


@pytest.mark.parametrize("field", ["name", "email", "status", "kind", "tier"])
@pytest.mark.parametrize("empty", ["", None, "   "])
def test_what_must_be_there_cannot_be_emptied(cast, make, by, field, empty):
    """CUS-1: a name, an e-mail, and choices that have a default."""
    customer = make.customer(cast.rosa)

    with pytest.raises(RulesBroken) as refused:
        actions.edit_customer(customer, **{field: empty}, by=by(cast.rosa))

    assert [rule.field for rule in refused.value.broken] == [field]


@pytest.mark.parametrize(
    "field", ["phone", "website", "desk", "tags", "country", "language", "customer_since"]
)
def test_what_may_be_empty_is_emptied_by_nothing(cast, make, by, field):
    """CUS-1: null and '' both empty it; never an error."""
    full = {
        "phone": "+4930901820", "website": "kopi.example", "desk": "upsell", "tags": ["a"], "country": "ID",
        "language": "id", "customer_since": "2020-01-02",
    }  # fmt: skip
    for empty in (None, ""):
        customer = make.customer(cast.rosa, **full)
        changed = actions.edit_customer(customer, **{field: empty}, by=by(cast.rosa))
        assert not getattr(changed, field)


def test_a_saved_edit_names_who_and_what(cast, make, by):
    """ALL-4: who, which field, old and new."""
    customer = make.customer(cast.rosa, city="Solo")

    actions.edit_customer(customer, city="Medan", by=by(cast.rosa, via="api"))

    entry = history_of("customer", customer.pk).entries[0]
    change = next(change for change in entry.changes if change.column == "city")
    assert (entry.who, change.old, change.new) == ("Rosa Ibarra", "Solo", "Medan")


def test_the_second_of_two_edits_is_told_what_the_first_changed(cast, make, by):
    """ALL-1: nothing is silently overwritten."""
    customer = make.customer(cast.rosa, city="Solo")
    actions.edit_customer(customer, version=1, city="Medan", by=by(cast.mira))

    with pytest.raises(EditConflict) as refused:
        actions.edit_customer(customer, version=1, city="Bandung", by=by(cast.rosa))

    assert [(c.field, c.theirs, c.who) for c in refused.value.changes] == [("city", "Medan", "Mira Okafor")]
    assert refused.value.version == 2
    assert Customer.objects.get(pk=customer.pk).city == "Medan"


def test_others_customers_are_not_edited(cast, make, by):
    """ALL-3: refused with a reason that names who can help."""
    customer = make.customer(cast.otto)

    with pytest.raises(NotAllowed, match="Otto Brandt"):
        actions.edit_customer(customer, city="Medan", by=by(cast.rosa))
    with pytest.raises(NotAllowed, match="only reads"):
        actions.edit_customer(customer, city="Medan", by=by(cast.aud))


def test_an_archived_customer_is_not_edited(cast, make, by):
    """PPL-5: archived says so."""
    customer = actions.archive_customer(make.customer(cast.rosa), by=by(cast.rosa))

    with pytest.raises(NotAllowed, match="archived"):
        actions.edit_customer(customer, city="Medan", by=by(cast.rosa))


@pytest.mark.parametrize("who", ["otto", None])
def test_giving_another_owner_asks_for_the_right_to_assign(cast, make, by, who):
    """PPL-2: an edit is no way round; nothing of it is saved."""
    customer = make.customer(cast.rosa, city="Solo")
    owner = getattr(cast, who) if who else None

    with pytest.raises((RuleBroken, RulesBroken)):
        actions.edit_customer(customer, owner=owner, city="Medan", by=by(cast.rosa))

    customer.refresh_from_db()
    assert (customer.owner, customer.city) == (cast.rosa, "Solo")


def test_a_manager_gives_an_owner_by_editing(cast, make, by):
    """CUS-7: owner, team and pulse move together."""
    customer = make.customer(cast.rosa)

    changed = actions.edit_customer(customer, owner=cast.mira, city="Medan", by=by(cast.mira))

    assert (changed.owner, changed.pulse.owner_id, changed.city) == (cast.mira, cast.mira.pk, "Medan")


def test_nobody_is_its_own_parent(cast, make, by):
    """CUS-1: refused in words, by hand and in a set, where the others are saved."""
    customer, other = make.customer(cast.rosa), make.customer(cast.rosa)

    with pytest.raises(RulesBroken, match="itself"):
        actions.edit_customer(customer, parent=customer.pk, by=by(cast.rosa))
    done = actions.change_customers(
        {customer.pk: Draft(1, {"parent": customer.pk}), other.pk: Draft(2, {"parent": customer.pk})},
        by=by(cast.rosa),
    )

    assert (list(done.refused), done.changed) == ([customer.pk], [other.pk])


def test_a_parent_out_of_sight_is_not_found(cast, make, by):
    """ALL-3: an id of others says no more than one that is not there."""
    customer, his = make.customer(cast.rosa), make.customer(cast.otto)

    with pytest.raises(RulesBroken) as refused:
        actions.edit_customer(customer, parent=his.pk, by=by(cast.rosa))
    with pytest.raises(RulesBroken) as unknown:
        actions.edit_customer(customer, parent=9_999_999, by=by(cast.rosa))

    assert refused.value.message.replace(str(his.pk), "") == unknown.value.message.replace("9999999", "")


def test_a_new_name_is_found_and_the_old_is_not(cast, make, by):
    """CUS-6: the index follows in the same transaction."""
    customer = make.customer(cast.rosa, name="Kopi Tua")

    actions.edit_customer(customer, name="Teh Muda", by=by(cast.rosa))

    assert search_ids("customer", "teh muda", EVERYTHING) == [customer.pk]
    assert search_ids("customer", "kopi tua", EVERYTHING) == []


def test_a_status_given_by_an_edit_stands_on_the_timeline(cast, make, by):
    """CUS-14: through whichever door it changes."""
    customer = make.customer(cast.rosa)

    actions.edit_customer(customer, status="active", by=by(cast.rosa))

    assert Activity.objects.get(customer_id=customer.pk).title == "Status: Prospect → Active"


def test_parents_never_form_a_circle(cast, make, by):
    """CUS-1: refused in words at any distance; by hand it names the field, in a set the others are saved."""
    top, middle, low, other = (make.customer(cast.rosa) for _ in range(4))
    actions.edit_customer(middle, parent=top.pk, by=by(cast.rosa))
    actions.edit_customer(low, parent=middle.pk, by=by(cast.rosa))

    with pytest.raises(RulesBroken, match="circle") as refused:
        actions.edit_customer(top, parent=low.pk, by=by(cast.rosa))
    done = actions.change_customers(
        {top.pk: Draft(1, {"parent": middle.pk}), other.pk: Draft(2, {"parent": low.pk})}, by=by(cast.rosa)
    )

    assert refused.value.broken[0].field == "parent"
    assert (list(done.refused), done.changed) == ([top.pk], [other.pk])


def test_a_set_that_closes_a_circle_within_itself_is_refused_where_it_closes(cast, make, by):
    """CUS-1: each row of a set knows those before it."""
    one, two, three = (make.customer(cast.rosa) for _ in range(3))

    done = actions.change_customers(
        {
            one.pk: Draft(1, {"parent": two.pk}),
            two.pk: Draft(2, {"parent": three.pk}),
            three.pk: Draft(3, {"parent": one.pk}),
        },
        by=by(cast.rosa),
    )

    assert (done.changed, list(done.refused)) == ([one.pk, two.pk], [three.pk])


def test_an_undo_that_would_close_a_circle_keeps_the_row(cast, make, by, settle):
    """CUS-1, SIG-3: what was made to belong elsewhere since stays as it is, and the undo says why."""
    one, two = make.customer(cast.rosa), make.customer(cast.rosa)
    actions.edit_customer(one, parent=two.pk, by=by(cast.rosa))
    with change_set("apart", "Apart", by(cast.rosa)) as within:
        actions.change_customers({one.pk: Draft(1, {"parent": None})}, by=within)
    actions.edit_customer(two, parent=one.pk, by=by(cast.rosa))

    changes = ChangeSet.objects.get()
    undo_change_set(changes, by=by(cast.rosa))
    settle()

    one.refresh_from_db()
    changes.refresh_from_db()
    assert (one.parent_id, changes.state) == (None, "undone")
    assert "belong to itself" in ChangeSet.objects.get(undoes=changes).kept[0]["reason"]


def test_of_a_set_each_changes_in_its_own_fields_alone(cast, make, by):
    """CUS-19: what one draft of a set does not name stays on its customer, whatever the others name."""
    one = make.customer(cast.rosa, city="Solo", tags=["a b", 'c"d'], description="a\\b")
    two = make.customer(cast.rosa, city="Bogor", industry="Tea")
    drafts = {
        one.pk: Draft(1, {"industry": "Coffee", "customer_since": None}),
        two.pk: Draft(2, {"city": "Depok", "tags": ["new"], "description": "{}"}),
    }

    done = actions.change_customers(drafts, by=by(cast.rosa))

    one.refresh_from_db()
    two.refresh_from_db()
    assert done.changed == [one.pk, two.pk]
    assert (one.city, one.industry, one.tags, one.description) == ("Solo", "Coffee", ["a b", 'c"d'], "a\\b")
    assert (two.city, two.industry, two.tags, two.description) == ("Depok", "Tea", ["new"], "{}")
    entry = history_of("customer", one.pk).entries[0]
    assert [change.column for change in entry.changes] == ["industry"]


def test_undoing_another_name_sorts_and_finds_by_the_one_before(cast, make, by, settle):
    """SIG-3, CUS-6: what is derived from a name follows it back."""
    customer = make.customer(cast.rosa, name="Kopi Tua")
    with change_set("names", "Names", by(cast.rosa)) as within:
        actions.change_customers({customer.pk: Draft(1, {"name": "Teh Muda"})}, by=within)

    undo_change_set(ChangeSet.objects.get(), by=by(cast.rosa))
    settle()

    customer.refresh_from_db()
    assert (customer.name, customer.name_key) == ("Kopi Tua", "kopi tua")
    assert search_ids("customer", "kopi tua", EVERYTHING) == [customer.pk]
    assert search_ids("customer", "teh muda", EVERYTHING) == []
