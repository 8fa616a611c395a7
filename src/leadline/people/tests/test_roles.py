"""Roles are altered, copied, retired; an upgrade leaves alone what was altered here (PPL-2, ALL-11)."""

import pytest

from leadline.core.events.models import EventRecord
from leadline.core.history import history_of
from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken, RulesBroken
from leadline.customers.models import Customer
from leadline.people import actions
from leadline.people.models import Role, User
from leadline.people.provided_roles import provided_roles


def role_of(key: str) -> Role:
    return Role.objects.get(key=key)


def altered(role: Role, **verbs: str) -> dict:
    """The grants of a role with other scopes on customers; an empty scope takes a verb away."""
    held = {verb: scope for verb, scope in {**role.grants["customer"], **verbs}.items() if scope}
    return {**role.grants, "customer": held}


def told() -> list[str]:
    return list(EventRecord.objects.order_by("id").values_list("name", flat=True))


@pytest.fixture
def edit(by, cast):
    """`edit(role, grants=…)`: changed by the administrator."""

    def edited(role: Role, **answers) -> Role:
        given = {**role.content, **answers}
        return actions.edit_role(role, **given, by=by(cast.ada))

    return edited


def test_what_a_role_allows_holds_at_once(cast, make, edit):
    customer, role = make.customer(cast.otto), role_of("inside-sales")

    edit(role, grants=altered(role, view="all"))

    assert customer in Customer.objects.visible_to(User.objects.get(pk=cast.rosa.pk))
    assert told()[-1] == "people.RoleChanged"


def test_its_history_says_each_permission_that_changed(cast, edit):
    role = role_of("inside-sales")
    edit(role, name="Inside", grants=altered(role, export="", view="all"))

    entry = history_of("role", role.pk).entries[0]

    assert entry.who == "Ada Santoso"
    about = "Customers, contacts and their timelines"
    assert {(change.label, change.old, change.new) for change in entry.changes} == {
        ("Name", "Inside Sales", "Inside"),
        (f"{about}: Export", "Own", ""),
        (f"{about}: See", "Own", "All"),
    }


def test_only_who_manages_people_alters_roles(cast, by):
    role = role_of("inside-sales")
    for verb in (actions.retire_role, actions.reset_role, actions.bring_back_role):
        with pytest.raises(NotAllowed):
            verb(role, by=by(cast.mira))
    with pytest.raises(NotAllowed):
        actions.clone_role(role, name="Mine", by=by(cast.mira))
    with pytest.raises(NotAllowed):
        actions.edit_role(role, **role.content, by=by(cast.mira))


@pytest.mark.parametrize(
    ("grants", "field"),
    [
        ({"customer": {"fly": "all"}}, "grants.customer.fly"),
        ({"customer": {"view": "galaxy"}}, "grants.customer.view"),
        ({"user": {"manage": "own"}}, "grants.user.manage"),
        ({"customer": {"view": ["all"]}}, "grants.customer.view"),
    ],
)
def test_what_is_not_a_permission_is_named(cast, edit, grants, field):
    with pytest.raises(RulesBroken) as refused:
        edit(role_of("product"), grants=grants)

    assert [rule.field for rule in refused.value.broken] == [field]


def test_what_another_version_declared_stays(cast, edit):
    role = role_of("product")
    Role.objects.filter(pk=role.pk).update(grants={"rocket": {"launch": "own"}})

    edited = edit(role, grants={"customer": {"view": "own"}})

    assert edited.grants == {"rocket": {"launch": "own"}, "customer": {"view": "own"}}


def test_two_at_once_the_second_is_told(cast, edit):
    role = role_of("inside-sales")
    edit(role, name="Inside", version=role.version)

    with pytest.raises(EditConflict) as conflict:
        edit(role, name="Indoor", version=role.version)

    assert [(change.field, change.theirs) for change in conflict.value.changes] == [("name", "Inside")]


def test_a_copy_allows_the_same_and_has_a_key_of_its_own(cast, by):
    role = role_of("inside-sales")
    copy = actions.clone_role(role, name="Junior Sales", by=by(cast.ada))
    actions.retire_role(copy, by=by(cast.ada))
    another = actions.clone_role(role, name="Junior Sales", by=by(cast.ada))

    assert (copy.key, another.key, copy.grants) == ("junior-sales", "junior-sales-2", role.grants)
    with pytest.raises(RuleBroken, match="role of this name"):
        actions.clone_role(role, name="junior sales", by=by(cast.ada))
    nia = actions.add_user(
        email="nia@example.com",
        name="Nia",
        roles=["junior-sales-2"],
        password=cast.password,
        by=by(cast.ada),
    )
    assert nia.may("customer", "export")


def test_a_retired_role_allows_nothing_and_comes_back_with_its_people(cast, by):
    role = role_of("auditor")
    actions.retire_role(role, by=by(cast.ada))

    assert not User.objects.get(pk=cast.aud.pk).may("customer", "view")
    with pytest.raises(RuleBroken, match="at least one of these roles"):
        actions.add_user(
            email="x@example.com", name="X", roles=["auditor"], password=cast.password, by=by(cast.ada)
        )
    # Changing the person otherwise leaves the retired role with them.
    kept = {"name": "Aud L.", "roles": ["product"], "team": None}
    actions.change_user(cast.aud, **kept, by=by(cast.ada))
    actions.bring_back_role(role, by=by(cast.ada))

    assert User.objects.get(pk=cast.aud.pk).may("customer", "view")
    assert {"people.RoleRetired", "people.RoleBroughtBack", "people.UserRolesChanged"} <= set(told())


class TestTheLastWhoMayManagePeople:
    """PPL-2: whatever role carries it, somebody is left."""

    def test_can_not_lose_it_by_the_role(self, cast, edit, by):
        role = role_of("administrator")
        without = {kind: verbs for kind, verbs in role.grants.items() if kind != "user"}

        with pytest.raises(RuleBroken, match="nobody would be left"):
            edit(role, grants=without)
        with pytest.raises(RuleBroken, match="nobody would be left"):
            actions.retire_role(role, by=by(cast.ada))

    def test_can_lose_it_where_another_role_carries_it(self, cast, edit, by):
        manager = role_of("sales-manager")
        edit(manager, grants={**manager.grants, "user": {"manage": "all"}})

        actions.retire_role(role_of("administrator"), by=by(cast.ada))

        mira = User.objects.get(pk=cast.mira.pk)
        with pytest.raises(RuleBroken, match="nobody would be left"):
            actions.change_user(
                mira, name="Mira", roles=["sales-manager"], team=mira.team, is_active=False, by=by(mira)
            )

    def test_is_not_left_to_somebody_who_can_not_sign_in(self, cast, by, edit):
        role = role_of("product")
        edit(role, grants={"user": {"manage": "all"}})
        User.objects.filter(pk=cast.prue.pk).update(is_active=False)

        with pytest.raises(RuleBroken, match="nobody would be left"):
            actions.retire_role(role_of("administrator"), by=by(cast.ada))


class TestUpgrades:
    """ALL-11: `leadline migrate` brings what is new, and keeps what was altered."""

    @pytest.fixture
    def newer(self, monkeypatch):
        """A version in which the auditor may export and there is a role more."""
        known = provided_roles()
        auditor = next(role for role in known if role["key"] == "auditor")
        grown = {**auditor, "grants": {**auditor["grants"], "customer": {"view": "all", "export": "all"}}}
        more = {"key": "navigator", "name": "Navigator", "purpose": "", "grants": {}, "position": 99}
        versions = [grown if role is auditor else role for role in known] + [more]
        monkeypatch.setattr("leadline.people.actions.roles.provided_roles", lambda: versions)
        return grown["grants"]

    def test_a_role_that_nobody_altered_gets_what_is_new(self, cast, by, newer):
        actions.provide_roles(by=by(cast.house))

        assert role_of("auditor").grants == newer
        assert not role_of("auditor").is_altered
        assert Role.objects.filter(key="navigator").exists()

    def test_an_altered_one_stays_and_can_be_reset(self, cast, by, edit, newer):
        edit(role_of("auditor"), name="Reviser")
        before = role_of("auditor").grants

        actions.provide_roles(by=by(cast.house))

        assert (role_of("auditor").name, role_of("auditor").grants) == ("Reviser", before)
        assert role_of("auditor").is_altered
        actions.reset_role(role_of("auditor"), by=by(cast.ada))
        assert (role_of("auditor").name, role_of("auditor").grants) == ("Auditor", newer)

    def test_twice_is_once(self, cast, by):
        actions.provide_roles(by=by(cast.house))

        assert told() == []

    def test_a_role_made_here_has_nothing_to_go_back_to(self, cast, by):
        copy = actions.clone_role(role_of("auditor"), name="Ours", by=by(cast.ada))

        with pytest.raises(RuleBroken, match="made here"):
            actions.reset_role(copy, by=by(cast.ada))
