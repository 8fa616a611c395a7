"""The catalogue of skills, and what somebody knows (PPL-1)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, lock_all, require
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.people.actions.rules import given
from leadline.people.models import User
from leadline.people.policies import ASK_AN_ADMINISTRATOR, may_manage_people
from leadline.people.working import policies
from leadline.people.working.models import HeldSkill, Skill


@action
def add_skill(*, name: str, kind: str = "skill", by: Actor) -> Skill:
    """Put a skill or language into the catalogue."""
    require(may_manage_people(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    return Skill.objects.create(name=given(name), kind=_known(kind))


@action
def change_skill(skill: Skill, *, name: str, kind: str, by: Actor) -> Skill:
    """Call a skill something else; whoever has it keeps it."""
    require(may_manage_people(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    skill = lock(skill)
    skill.name, skill.kind = given(name), _known(kind)
    skill.save(update_fields=["name", "kind"])
    return skill


@action
def merge_skill(skill: Skill, *, into: Skill, by: Actor) -> Skill:
    """Two words for one thing: who has the one has the other, at the higher level; the one is retired."""
    require(may_manage_people(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    if skill == into:
        raise RuleBroken(_("Choose another skill to merge it into."), field="into", value=into.pk)
    locked = {each.pk: each for each in lock_all(Skill.objects.filter(pk__in=[skill.pk, into.pk]))}
    if locked[into.pk].retired_at is not None:
        raise RuleBroken(_("“%(name)s” is retired.") % {"name": into}, field="into", value=into.pk)
    known = {held.user_id: held for held in lock_all(HeldSkill.objects.filter(skill=into))}
    for held in lock_all(HeldSkill.objects.filter(skill=skill)):
        other = known.get(held.user_id)
        if other is None:
            HeldSkill.objects.filter(pk=held.pk).update(skill=into)
            continue
        HeldSkill.objects.filter(pk=other.pk).update(level=max(other.level, held.level))
        held.delete()
    Skill.objects.filter(pk=skill.pk).update(retired_at=now())
    return locked[into.pk]


@action
def retire_skill(skill: Skill, *, by: Actor) -> Skill:
    """Give it to nobody any more; whoever has it has it again when it is brought back."""
    return _retired(skill, True, by)


@action
def bring_back_skill(skill: Skill, *, by: Actor) -> Skill:
    """Use a retired skill again."""
    return _retired(skill, False, by)


@action
def give_skills(person: User, *, levels: Mapping[int, Any], by: Actor) -> User:
    """Say what somebody knows: the level, 1 to 3, by the id of the skill.

    What is not named the person no longer has; skills that are retired stay as they are. Raises `RuleBroken`
    for an unknown skill or level.
    """
    require(
        policies.may_give_skills(by.user, person),
        who_can_help=_("A manager or an administrator can do this."),
    )
    person = lock(person)
    skills = Skill.objects.filter(retired_at=None).in_bulk()
    for key, level in levels.items():
        if key not in skills:
            raise RuleBroken(
                _("There is no skill with the id %(id)s.") % {"id": key}, field="skills", value=key
            )
        if isinstance(level, bool) or level not in HeldSkill.Level.values:
            message = _("A level is 1 (a little), 2 (well) or 3 (very well).")
            raise RuleBroken(message, field="skills", value=level)
    held = {each.skill_id: each for each in HeldSkill.objects.filter(user=person, skill__retired_at=None)}
    HeldSkill.objects.filter(user=person, skill__in=held.keys() - levels.keys()).delete()
    for key, level in levels.items():
        if key not in held:
            HeldSkill.objects.create(user=person, skill_id=key, level=level)
        elif held[key].level != level:
            HeldSkill.objects.filter(pk=held[key].pk).update(level=level)
    return person


def _retired(skill: Skill, retire: bool, by: Actor) -> Skill:
    require(may_manage_people(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    skill = lock(skill)
    skill.retired_at = now() if retire else None
    skill.save(update_fields=["retired_at"])
    return skill


def _known(kind: str) -> str:
    if kind not in Skill.Kind.values:
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        words = {"value": str(kind)[:60], "accepted": ", ".join(Skill.Kind.values)}
        raise RuleBroken(message % words, field="kind", value=kind)
    return kind
