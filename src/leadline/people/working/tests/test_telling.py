"""Who says what about hours, absences and skills, and what is refused (PPL-1)."""

from datetime import date

import pytest

from leadline.core.refusals import NotAllowed, RuleBroken, RulesBroken
from leadline.people.actions import change_user
from leadline.people.working import actions
from leadline.people.working.models import Absence, HeldSkill, Skill
from tests.at_once import at_once

DECEMBER = {"begins_on": date(2026, 12, 7), "ends_on": date(2026, 12, 11)}


@pytest.mark.parametrize(
    ("weekday", "text", "words"),
    [
        ("monday", "nine to five", "is not understood"),
        ("tuesday", "9:00-25:00", "is not understood"),
        ("wednesday", "17:00-09:00", "17:00–09:00[+]1"),
        ("thursday", "09:00-12:00, 11:00-13:00", "share some time"),
        ("friday", "9:00-8:00, 09:00-09:61", "is not understood|ends before"),
        ("saturday", "22:00-23:00+1", "longer than a day"),
        ("sunday", "1:00-2:00," * 7, "At most 6"),
    ],
)
def test_hours_that_can_not_be_are_refused_by_weekday(cast, by, weekday, text, words):
    with pytest.raises((RuleBroken, RulesBroken), match=words) as refusal:
        actions.tell_hours(cast.rosa, **{weekday: text}, by=by(cast.rosa))
    assert weekday in [rule.field for rule in getattr(refusal.value, "broken", [refusal.value])]


def test_a_night_never_runs_into_the_next_morning(cast, by):
    """Also not from Sunday to Monday."""
    with pytest.raises(RuleBroken, match="share some time") as refusal:
        actions.tell_hours(cast.rosa, sunday="22:00-06:00+1", monday="05:00-09:00", by=by(cast.rosa))
    assert refusal.value.field == "monday"


def test_absences_never_overlap(cast, by):
    actions.enter_absence(cast.rosa, **DECEMBER, by=by(cast.rosa))

    with pytest.raises(RuleBroken, match="overlaps an absence from") as refusal:
        actions.enter_absence(
            cast.rosa, begins_on=date(2026, 12, 11), ends_on=date(2026, 12, 12), by=by(cast.rosa)
        )
    assert refusal.value.field == "begins_on"
    with pytest.raises(RuleBroken, match="is before the first") as refusal:
        actions.enter_absence(
            cast.rosa, begins_on=date(2026, 12, 20), ends_on=date(2026, 12, 19), by=by(cast.rosa)
        )
    assert refusal.value.field == "ends_on"


def test_a_deputy_is_somebody_else_and_here(cast, by):
    actions.enter_absence(cast.otto, **DECEMBER, by=by(cast.otto))

    for deputy, words in (
        (cast.rosa, "for themselves"),
        (cast.otto, "is away"),
        (cast.house, "can't sign in"),
    ):
        with pytest.raises(RuleBroken, match=words) as refusal:
            actions.enter_absence(cast.rosa, **DECEMBER, deputy=deputy, by=by(cast.rosa))
        assert refusal.value.field == "deputy"


def test_an_absence_is_changed_and_removed(cast, by):
    absence = actions.enter_absence(cast.rosa, **DECEMBER, by=by(cast.mira))
    changed = actions.change_absence(
        absence, begins_on=date(2026, 12, 8), ends_on=date(2026, 12, 8), kind="sick", deputy=cast.mira,
        by=by(cast.rosa),
    )  # fmt: skip
    assert (changed.kind, changed.deputy, changed.ends_on.day) == ("sick", cast.mira, 8)

    actions.remove_absence(changed, by=by(cast.ada))
    assert not Absence.objects.exists()


def test_colleagues_tell_nothing_of_each_other(cast, by):
    """The person, the manager and administrators do; others may not."""
    absence = actions.enter_absence(cast.rosa, **DECEMBER, by=by(cast.rosa))
    for tell in (
        lambda: actions.enter_absence(cast.rosa, **DECEMBER, by=by(cast.otto)),
        lambda: actions.remove_absence(absence, by=by(cast.otto)),
        lambda: actions.tell_hours(cast.rosa, by=by(cast.otto)),
        lambda: actions.give_skills(cast.rosa, levels={}, by=by(cast.otto)),
        lambda: actions.add_skill(name="Dutch", by=by(cast.mira)),
        lambda: actions.give_skills(cast.prue, levels={}, by=by(cast.prue)),
    ):
        with pytest.raises(NotAllowed):
            tell()


def test_two_words_for_one_skill_become_one(cast, by):
    """Whoever had both has the higher level; the other word is retired and can't be given."""
    dutch = actions.add_skill(name="Dutch", kind="language", by=by(cast.ada))
    nederlands = actions.add_skill(name="Nederlands", kind="language", by=by(cast.ada))
    actions.give_skills(cast.rosa, levels={dutch.pk: 1, nederlands.pk: 3}, by=by(cast.mira))
    actions.give_skills(cast.otto, levels={nederlands.pk: 2}, by=by(cast.otto))

    actions.merge_skill(nederlands, into=dutch, by=by(cast.ada))

    assert sorted(HeldSkill.objects.values_list("user__name", "skill__name", "level")) == [
        ("Otto Brandt", "Dutch", 2),
        ("Rosa Ibarra", "Dutch", 3),
    ]
    with pytest.raises(RuleBroken, match="no skill with the id"):
        actions.give_skills(cast.otto, levels={nederlands.pk: 2}, by=by(cast.otto))
    with pytest.raises(RuleBroken, match="in use or retired"):
        actions.add_skill(name="nederlands", by=by(cast.ada))


def test_a_retired_skill_comes_back_with_those_who_have_it(cast, by):
    skill = actions.add_skill(name="Excel", by=by(cast.ada))
    actions.give_skills(cast.rosa, levels={skill.pk: 3}, by=by(cast.rosa))
    actions.retire_skill(skill, by=by(cast.ada))
    actions.give_skills(cast.rosa, levels={}, by=by(cast.rosa))
    actions.bring_back_skill(skill, by=by(cast.ada))

    assert Skill.objects.get(held__user=cast.rosa) == skill
    with pytest.raises(RuleBroken, match="A level is"):
        actions.give_skills(cast.rosa, levels={skill.pk: 4}, by=by(cast.rosa))


def test_nobody_manages_who_is_above_them(cast, by):
    def led_by(person, manager):
        roles = [role.key for role in person.roles.all()]
        return change_user(
            person, name=person.name, roles=roles, team=person.team, manager=manager, by=by(cast.ada)
        )

    assert led_by(cast.rosa, cast.lena).manager == cast.lena
    for person, manager in ((cast.lena, cast.rosa), (cast.lena, cast.lena)):
        with pytest.raises(RuleBroken) as refusal:
            led_by(person, manager)
        assert refusal.value.field == "manager"


@pytest.mark.django_db(transaction=True)
def test_of_two_absences_at_once_one_is_entered(cast, by):
    """ALL-1: the second sees the first."""

    def enter():
        return actions.enter_absence(cast.rosa, **DECEMBER, by=by(cast.rosa))

    outcomes = at_once(enter, enter)

    assert Absence.objects.count() == 1
    assert [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [RuleBroken]
