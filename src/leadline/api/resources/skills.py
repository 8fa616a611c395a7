"""/skills: the catalogue of languages and other skills (PPL-1)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import id_in, object_of, only, text_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.resources.seeing import one_of
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.working import actions
from leadline.people.working.models import Skill

router = Router(tags=["users"])
GIVES = ref("Skill")
NAMES = ("name", "kind")
TAKES: dict[str, Any] = {
    "name": {"type": "string", "maxLength": 60},
    "kind": {"enum": Skill.Kind.values},
}
WITHOUT_ANSWERS = says(gives=GIVES, takes=fields({}), example={}, optional=True)


@router.get("", summary="List skills", **says(gives=described_list(GIVES), query=PAGING))
def list_skills(request: Request) -> HttpResponse:
    """All skills, retired ones too."""
    return plain_list_of(request, Skill.objects.all(), _shown)


@router.get("/{int:skill_id}", summary="Read a skill", **says(gives=GIVES))
def get_skill(request: Request, skill_id: int) -> HttpResponse:
    """One skill; who has it stands on the users."""
    parameters_of(request, ())
    return answer(_shown(_skill(skill_id)))


@router.post(
    "",
    summary="Add a skill",
    **says(
        gives=GIVES, status=201, takes=fields(TAKES, "name"), example={"name": "Dutch", "kind": "language"}
    ),
)
def add_skill(request: Request) -> HttpResponse:
    """For administrators."""
    given = only(object_of(request), NAMES)
    values = {"name": text_in(given, "name"), "kind": text_in(given, "kind", "skill")}
    skill = actions.add_skill(**values, by=request.actor)
    return answer(_shown(skill), status=201, location=f"/api/v1/skills/{skill.pk}")


@router.patch(
    "/{int:skill_id}",
    summary="Change a skill",
    **says(gives=GIVES, takes=fields(TAKES), example={"name": "Nederlands"}),
)
def change_skill(request: Request, skill_id: int) -> HttpResponse:
    """For administrators. What is not given stays."""
    skill = _skill(skill_id)
    given = only(object_of(request), NAMES)
    values = {name: text_in(given, name, getattr(skill, name)) for name in NAMES}
    return answer(_shown(actions.change_skill(skill, **values, by=request.actor)))


@router.post(
    "/{int:skill_id}/merge",
    summary="Merge a skill into another",
    **says(gives=GIVES, takes=fields({"into": {"type": "integer"}}, "into"), example={"into": 2}),
)
def merge_skill(request: Request, skill_id: int) -> HttpResponse:
    """For administrators. Whoever has it has the other one instead; it is retired. Answers the other one."""
    skill = _skill(skill_id)
    key = id_in(only(object_of(request), ("into",)), "into")
    into = Skill.objects.filter(pk=key).first()
    if into is None:
        raise RuleBroken(_("There is no skill with the id %(id)s.") % {"id": key}, field="into", value=key)
    return answer(_shown(actions.merge_skill(skill, into=into, by=request.actor)))


@router.post("/{int:skill_id}/retire", summary="Retire a skill", **WITHOUT_ANSWERS)
def retire_skill(request: Request, skill_id: int) -> HttpResponse:
    """For administrators. It is given to nobody any more."""
    skill = _skill(skill_id)
    only(object_of(request, optional=True), ())
    return answer(_shown(actions.retire_skill(skill, by=request.actor)))


@router.post("/{int:skill_id}/restore", summary="Use a skill again", **WITHOUT_ANSWERS)
def restore_skill(request: Request, skill_id: int) -> HttpResponse:
    """For administrators."""
    skill = _skill(skill_id)
    only(object_of(request, optional=True), ())
    return answer(_shown(actions.bring_back_skill(skill, by=request.actor)))


def _skill(key: int) -> Skill:
    return one_of(Skill.objects.all(), key)


def _shown(skill: Skill) -> dict[str, Any]:
    return {"id": skill.pk, "name": skill.name, "kind": skill.kind, "retired_at": skill.retired_at}
