"""People at customers (CUS-11)."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core.changesets import ChangeSet, change_set, undo_change_set
from leadline.core.drafts import clean_draft
from leadline.core.fields import catalogue
from leadline.core.history import history_of
from leadline.core.refusals import EditConflict, NotAllowed, Refusal, RuleBroken, RulesBroken
from leadline.core.search import search_ids
from leadline.customers import actions
from leadline.customers.models import Contact
from leadline.people.scope import Reach


def primary_of(customer) -> list[str]:
    """Names of its primary contacts, archived or not: one, or none."""
    return list(Contact.objects.filter(customer=customer, is_primary=True).values_list("name", flat=True))


def drafts_of(*rows: dict, by) -> list:
    """Drafts as an import cleans them, their rows numbered from 1."""
    cleaning = actions.cleaning_for(by)
    return [clean_draft(catalogue("contact"), row, cleaning, row=at) for at, row in enumerate(rows, 1)]


def test_the_first_is_the_primary(cast, make, by):
    """CUS-11: until another is made it."""
    customer = make.customer(cast.rosa)
    make.contact(customer, name="Ann")
    bob = make.contact(customer, name="Bob")

    assert primary_of(customer) == ["Ann"]
    actions.make_primary(bob, by=by(cast.rosa))
    assert primary_of(customer) == ["Bob"]


def test_a_new_contact_that_says_so_takes_it(cast, make):
    """CUS-11: setting another moves it."""
    customer = make.customer(cast.rosa)
    make.contact(customer, name="Ann")
    make.contact(customer, name="Bob", is_primary="yes")

    assert primary_of(customer) == ["Bob"]


@pytest.mark.parametrize("no", ["no", False, "0", None])
def test_no_is_read_as_no(cast, make, by, no):
    """CUS-11: the word "no" makes nobody the primary, and the primary is not simply dropped."""
    customer = make.customer(cast.rosa)
    ann, bob = make.contact(customer, name="Ann"), make.contact(customer, name="Bob")

    actions.edit_contact(bob, is_primary=no, by=by(cast.rosa))
    with pytest.raises(RuleBroken) as refused:
        actions.edit_contact(ann, is_primary=no, by=by(cast.rosa))

    assert refused.value.field == "is_primary"
    assert primary_of(customer) == ["Ann"]


def test_the_next_by_name_follows_an_archived_primary(cast, make, by):
    """CUS-11: and the one who comes back does not take it again."""
    customer = make.customer(cast.rosa)
    ann, _zoe, _bob = (make.contact(customer, name=name) for name in ("Ann", "Zoe", "Bob"))

    archived = actions.archive_contact(ann, by=by(cast.rosa))
    assert primary_of(customer) == ["Bob"]
    actions.restore_contact(archived, by=by(cast.rosa))

    assert primary_of(customer) == ["Bob"]


def test_restoring_who_is_there_changes_nothing(cast, make, by):
    """CUS-11: a doubled click never takes the primary away."""
    customer = make.customer(cast.rosa)
    ann = make.contact(customer, name="Ann")

    actions.restore_contact(ann, by=by(cast.rosa))

    assert primary_of(customer) == ["Ann"]


def test_an_archived_contact_is_left_alone(cast, make, by):
    """CUS-11: restore it first."""
    customer = make.customer(cast.rosa)
    gone = actions.archive_contact(make.contact(customer), by=by(cast.rosa))

    for verb in (
        lambda: actions.edit_contact(gone, name="Else", by=by(cast.rosa)),
        lambda: actions.make_primary(gone, by=by(cast.rosa)),
        lambda: actions.move_contact(gone, customer=make.customer(cast.rosa), by=by(cast.rosa)),
    ):
        with pytest.raises(RuleBroken, match="restore it first"):
            verb()
    assert primary_of(customer) == []


def test_moving_keeps_the_history(cast, make, by):
    """CUS-11: the person, not a copy; both customers have a primary, and search follows."""
    old, new = make.customer(cast.rosa), make.customer(cast.rosa)
    ann, _bob = make.contact(old, name="Ann Marlow"), make.contact(old, name="Bob")
    actions.edit_contact(ann, title="Director", by=by(cast.rosa))

    moved = actions.move_contact(ann, customer=new, by=by(cast.rosa))

    assert (moved.pk, moved.customer) == (ann.pk, new)
    assert (primary_of(old), primary_of(new)) == (["Bob"], ["Ann Marlow"])
    assert len(history_of("contact", ann.pk).entries) >= 3
    assert search_ids("customer", "marlow", Reach(everything=True)) == [new.pk]


def test_moving_asks_for_both_customers(cast, make, by):
    """PPL-4: neither to nor from what one may not edit; nor to where it is."""
    hers, his = make.customer(cast.rosa), make.customer(cast.otto)
    mine, theirs = make.contact(hers), make.contact(his)

    with pytest.raises(NotAllowed):
        actions.move_contact(mine, customer=his, by=by(cast.rosa))
    with pytest.raises(NotAllowed):
        actions.move_contact(theirs, customer=hers, by=by(cast.rosa))
    with pytest.raises(RuleBroken):
        actions.move_contact(mine, customer=hers, by=by(cast.rosa))


def test_the_second_of_two_edits_is_told(cast, make, by):
    """ALL-1: what the first changed, by whom."""
    contact = make.contact(make.customer(cast.rosa))
    actions.edit_contact(contact, version=1, title="Director", by=by(cast.mira))

    with pytest.raises(EditConflict) as refused:
        actions.edit_contact(contact, version=1, title="Clerk", by=by(cast.rosa))

    assert [(change.field, change.theirs) for change in refused.value.changes] == [("title", "Director")]


@pytest.mark.parametrize("who", ["otto", "sam", "aud", "lena", "fina", "prue"])
def test_who_may_not_edit_the_customer_adds_nobody(cast, make, by, who):
    """PPL-4: a contact is its customer's."""
    customer = make.customer(cast.rosa)
    contact = make.contact(customer)

    with pytest.raises(Refusal):
        actions.add_contact(customer, name="Eve", email="eve@x.example", by=by(getattr(cast, who)))
    with pytest.raises(NotAllowed):
        actions.edit_contact(contact, name="Eve", by=by(getattr(cast, who)))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", None),
        ("name", "N\x00"),
        ("name", "n" * 201),
        ("name", "n" * 1_000_000),
        ("email", ""),
        ("email", "nobody"),
        ("phone", "1" * 61),
        ("title", "t" * 101),
        ("department", "d" * 101),
        ("language", "x" * 30),
        ("is_primary", "perhaps"),
        ("do_not_call", []),
        ("do_not_email", "maybe"),
        ("archived", True),
        ("customer_id", 1),
        ("unclear", ["phone"]),
    ],
)
def test_hostile_values_are_refused_in_words(cast, make, by, field, value):
    """ALL-2: never an error of the database."""
    contact = make.contact(make.customer(cast.rosa))
    if (field, value) == ("do_not_call", []):  # nothing given is no
        assert not actions.edit_contact(contact, do_not_call=value, by=by(cast.rosa)).do_not_call
        return

    with pytest.raises((RuleBroken, RulesBroken)):
        actions.edit_contact(contact, **{field: value}, by=by(cast.rosa))


def test_null_means_no_and_nothing(cast, make, by):
    """CUS-11: null empties what may be empty."""
    contact = make.contact(make.customer(cast.rosa), title="Clerk", do_not_call=True)

    changed = actions.edit_contact(
        contact, title=None, do_not_call=None, language=None, phone=None, by=by(cast.rosa)
    )

    assert (changed.title, changed.do_not_call, changed.language, changed.phone) == ("", False, "", "")


def test_a_file_of_contacts_matches_by_email_within_the_customer(cast, make, by):
    """CUS-20: known ones are skipped or updated, doubled rows make one, the later values count."""
    customer = make.customer(cast.rosa)
    known = make.contact(customer, email="ann@x.example")
    rows = drafts_of(
        {"customer": customer.pk, "name": "Ann", "email": "ann@x.example", "title": "Clerk"},
        {"customer": customer.pk, "name": "Ann", "email": "ANN@x.example", "title": "Director"},
        {"customer": customer.pk, "name": "Bob", "email": "bob@x.example"},
        {"customer": customer.pk, "name": "Bobby", "email": "bob@x.example"},
        {"customer": customer.pk, "name": "No address"},
        by=by(cast.rosa),
    )

    outcome = actions.add_contacts(rows, on_duplicate="update", by=by(cast.rosa))
    again = actions.add_contacts(rows, on_duplicate="skip", by=by(cast.rosa))

    assert (sorted(outcome.updated), list(outcome.created)) == ([1, 2, 4], [3])
    assert (sorted(again.skipped), again.created) == ([1, 2, 3, 4], {})
    assert [refused.row for refused in outcome.refused] == [5]
    assert Contact.objects.get(pk=known.pk).title == "Director"
    assert set(customer.contacts.values_list("name", flat=True)) == {"Ann", "Bobby"}


def test_contacts_for_customers_of_others_are_refused_by_row(cast, make, by):
    """PPL-4: an id of others is no customer."""
    his = make.customer(cast.otto)
    rows = drafts_of({"customer": his.pk, "name": "Eve", "email": "e@x.example"}, by=by(cast.ada))

    outcome = actions.add_contacts(rows, by=by(cast.rosa))

    assert [refused.reason for refused in outcome.refused] == ["There is no such customer."]


VERBS = st.sampled_from(["add", "add primary", "make primary", "edit", "archive", "restore", "move"])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(VERBS, st.integers(0, 5), st.integers(0, 1)), max_size=14))
def test_just_one_is_primary_whatever_is_done(cast, make, by, steps):
    """CUS-11: after each step at most one, and exactly one where there are current contacts."""
    customers = [make.customer(cast.rosa), make.customer(cast.rosa)]
    actor = by(cast.rosa)
    for verb, which, at in steps:
        contacts = list(Contact.objects.filter(customer__in=customers).order_by("pk"))
        with suppress(Refusal):
            _do(verb, contacts[which % len(contacts)] if contacts else None, customers[at], make, actor)
        for customer in customers:
            current = Contact.objects.current().filter(customer=customer)
            assert current.filter(is_primary=True).count() == min(current.count(), 1)
            assert not Contact.objects.filter(customer=customer, is_primary=True).exclude(archived_at=None)


def _do(verb, contact, customer, make, actor) -> None:
    if verb == "add" or contact is None:
        make.contact(customer)
    elif verb == "add primary":
        make.contact(customer, is_primary=True)
    elif verb == "make primary":
        actions.make_primary(contact, by=actor)
    elif verb == "edit":
        actions.edit_contact(contact, is_primary=not contact.is_primary, by=actor)
    elif verb == "archive":
        actions.archive_contact(contact, by=actor)
    elif verb == "restore":
        actions.restore_contact(contact, by=actor)
    else:
        actions.move_contact(contact, customer=customer, by=actor)


def test_undoing_contacts_of_a_file_takes_them_out_of_search(cast, make, by, settle):
    """SIG-3, CUS-6: their customer is found by those who stay, under the names they had."""
    customer = make.customer(cast.rosa)
    ann = make.contact(customer, name="Ann Lee", email="ann@lee.example")
    rows = (
        {"name": "Bob Tan", "email": "bob@tan.example"},
        {"name": "Anna Lim", "email": "ann@lee.example"},
    )
    drafts = drafts_of(*({**row, "customer": customer.pk} for row in rows), by=by(cast.rosa))
    with change_set("contacts", "Contacts", by(cast.rosa)) as within:
        actions.add_contacts(drafts, on_duplicate="update", by=within)

    undo_change_set(ChangeSet.objects.get(), by=by(cast.rosa))
    settle()

    ann.refresh_from_db()
    everything = Reach(everything=True)
    assert (ann.name, ann.name_key) == ("Ann Lee", "ann lee")
    assert search_ids("customer", "ann lee", everything) == [customer.pk]
    assert [search_ids("customer", name, everything) for name in ("bob tan", "anna lim")] == [[], []]
