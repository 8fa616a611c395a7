"""Who can help, and what is told beside the reasons (PPL-5)."""

from datetime import date, timedelta

import pytest

from leadline.core.lists import Selection
from leadline.core.lists.bulk import start_bulk
from leadline.core.privacy import person_of
from leadline.customers import actions
from leadline.governance.actions import set_legal_hold
from leadline.handovers.actions import start_handover
from leadline.handovers.planning import Draft
from leadline.people.explaining.asking import why
from leadline.people.models import Role, Team, Territory, User
from leadline.people.working.models import Absence


def helpers(viewer, *asked):
    """Name → as what, of who can help."""
    return {helper.user.name: helper.words for helper in why(viewer, *asked).helpers}


def facts(viewer, record, kind="customer"):
    """Code → words of what is told beside."""
    return dict(why(viewer, kind, record.pk).facts)


def fresh(user):
    """The user with the grants of now."""
    return User.objects.get(pk=user.pk)


def test_nobody_is_named_who_could_not_do_it(cast, make):
    """A manager without the permission, an owner who left, the person who asks: not them."""
    customer = make.customer(cast.rosa)
    cast.mira.roles.set([Role.objects.get(key="auditor")])
    User.objects.filter(pk=cast.rosa.pk).update(is_active=False)

    assert helpers(cast.sam, "customer", customer.pk, "edit") == {"Ada Santoso": "Administrator"}
    assert helpers(cast.fina, "customer", customer.pk, "assign") == {
        "Lena Sari": "Lead Manager",
        "Ada Santoso": "Administrator",
    }


def test_managers_of_higher_teams_are_named_after_the_nearest(cast, make):
    """PPL-3: up the tree, as far as their role reaches."""
    west = Team.objects.create(name="West", manager=cast.lena)
    cast.lena.roles.set([Role.objects.get(key="sales-manager")])
    Team.objects.filter(pk=cast.north.pk).update(parent=west)
    customer = make.customer(cast.rosa)

    assert list(helpers(cast.sam, "customer", customer.pk, "edit").items())[:3] == [
        ("Rosa Ibarra", "Owner"),
        ("Mira Okafor", "Manager of North"),
        ("Lena Sari", "Manager of West"),
    ]


def test_who_is_away_is_told_with_until_when(cast, make):
    today = date.today()
    Absence.objects.create(
        user=cast.rosa,
        begins_on=today - timedelta(days=2),
        ends_on=today + timedelta(days=5),
        kind="holiday",
    )
    owner = why(cast.sam, "customer", make.customer(cast.rosa).pk, "edit").helpers[0]

    assert (owner.user, owner.away_until) == (cast.rosa, today + timedelta(days=5))


def test_an_archived_customer_is_brought_back_by_who_may_archive(cast, make, by):
    """The state alone stands against it: then who can end the state is named."""
    customer = actions.archive_customer(make.customer(cast.rosa), by=by(cast.rosa))

    told = why(cast.lena, "customer", customer.pk, "assign")
    assert [reason.code for reason in told.verdicts[0].reasons] == ["archived"]
    assert {helper.user.name for helper in told.helpers} == {"Rosa Ibarra", "Mira Okafor", "Ada Santoso"}
    own = why(cast.rosa, "customer", customer.pk, "edit")
    assert (own.verdicts[0].reasons[0].lift, own.helpers) == ("Restore", [])


def test_the_scope_is_told_with_names(cast, make):
    """PPL-3: teams that one manages, territories that one belongs to."""
    Territory.objects.create(name="Java").members.add(cast.sam)
    cast.sam.roles.set([Role.objects.get(key="field-sales")])
    customer = make.customer(cast.otto)
    customer.__class__.objects.filter(pk=customer.pk).update(territory=Territory.objects.get(name="Java"))

    assert "those of the teams you manage (North)" in why(cast.mira, "customer").scope
    told = why(fresh(cast.sam), "customer", customer.pk, "edit")
    assert told.scope.endswith("those you own and those in your territories (Java).")
    assert told.verdicts[0].words == (
        "Your role (Field Sales) lets you edit customers: those you own. This one belongs to Otto Brandt."
    )
    assert "teams you manage (none now)" in why(_of(cast.otto, "sales-manager"), "customer").scope


def _of(user, role):
    user.roles.set([Role.objects.get(key=role)])
    return fresh(user)


def test_while_viewing_as_somebody_one_only_looks(cast, make):
    """PPL-9: each verb that changes has that reason, and nothing can be lifted oneself."""
    told = why(cast.rosa, "customer", make.customer(cast.rosa).pk, only_looks=True)

    assert {verdict.verb for verdict in told.verdicts if verdict.allowed} == {"view", "export"}
    assert all(verdict.reasons[0].code == "viewing_as" for verdict in told.verdicts if not verdict.allowed)


def test_blocked_and_not_to_be_reached(cast, make, by):
    """CUS-14, PPL-8: what that stops, and why."""
    quiet = make.customer(cast.rosa, do_not_call=True)
    blocked = actions.block_customer(make.customer(cast.rosa), reason="Unpaid.", by=by(cast.rosa))

    assert facts(cast.rosa, quiet) == {"no_phone": "Phone: Does not want to be called."}
    assert facts(cast.rosa, blocked) == {
        "blocked": "Blocked: Unpaid. Nothing is sent to this customer and no deals are opened."
    }


def test_a_legal_hold_is_told_to_who_looks_after_privacy(cast, make, by):
    contact = make.contact(make.customer(cast.rosa))
    set_legal_hold(person_of("contact", contact.pk), reason="Dispute 12/2026", by=by(cast.ada))

    assert "Dispute 12/2026" in facts(cast.ada, contact, "contact")["held"]
    assert "held" not in facts(cast.rosa, contact, "contact")


def test_a_hand_over_is_told_to_who_sees_it(cast, make, by, settle):
    """SIG-10: from whom it came and how; a reader who does not see the hand-over is told nothing of it."""
    customer = make.customer(cast.rosa)
    start_handover(Draft("change", "one", person=cast.rosa, to=cast.otto), by=by(cast.ada))
    settle()

    assert "It went to Otto Brandt on" in facts(cast.otto, customer)["handed_over"]
    assert "handed_over" not in facts(cast.sam, customer)


@pytest.mark.parametrize("ticked", [True, False])
def test_a_mass_change_that_still_comes_is_told(cast, make, by, settle, ticked):
    """ALL-8: by name to everybody, what it does only to who sees the job; nothing once it is through."""
    customer, other = make.customer(cast.rosa), make.customer(cast.otto)
    chosen = Selection.of_ids("customer", [customer.pk]) if ticked else Selection("customer")
    start_bulk(chosen, "tag", {"add": ["spring"]}, by=by(cast.ada))

    assert facts(cast.rosa, customer)["in_a_job"].startswith("Ada Santoso is changing many records at once")
    assert "spring" not in facts(cast.rosa, customer)["in_a_job"]
    assert "spring" in facts(cast.ada, customer)["in_a_job"]
    assert ("in_a_job" in facts(cast.ada, other)) == (not ticked)
    settle()
    assert "in_a_job" not in facts(cast.ada, customer)


def test_who_was_erased_can_not_be_brought_back(cast, make, by):
    """PPL-8: nobody is sent to restore what is gone for good, nor named as if they could."""
    customer = actions.archive_customer(make.customer(cast.rosa), by=by(cast.rosa))
    type(customer).objects.filter(pk=customer.pk).update(erased_at=customer.archived_at)

    told = why(cast.rosa, "customer", customer.pk, "edit")
    assert told.verdicts[0].reasons[0].words == "This person was erased and can't be brought back."
    assert not any(reason.lift for reason in told.verdicts[0].reasons)
    assert helpers(cast.lena, "customer", customer.pk, "assign") == {}
