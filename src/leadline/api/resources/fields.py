"""/fields: what can be known of each kind of record, built in or made here; and making more (CUS-21)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer, answer_record, locked
from leadline.api.bodies import object_of, only, text_in
from leadline.api.describing.operations import fields, list_of, ref, says
from leadline.api.listing import parameters_of
from leadline.api.resources.jobs import job_started
from leadline.core.actions import require
from leadline.core.custom import actions
from leadline.core.custom.actions.making import SETTINGS
from leadline.core.custom.models import CustomField
from leadline.core.custom.policies import WHO_CAN_HELP, may_manage_fields
from leadline.core.custom.uses import uses_of
from leadline.core.fields import Field, catalogue
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request

router = Router(tags=["fields"])
TEXT: dict[str, Any] = {"type": "string"}
YES: dict[str, Any] = {"type": "boolean"}
TEXTS: dict[str, Any] = {"type": "array", "items": TEXT}
AMOUNT: dict[str, Any] = {"type": ["string", "number", "null"]}
CHOICES: dict[str, Any] = {
    "type": "array",
    "maxItems": 1000,
    "items": {
        "anyOf": [
            TEXT,
            fields({"key": TEXT, "label": TEXT, "retired": YES}),
        ]
    },
    "description": "In their order; new ones without a key. What was there and is missing is retired.",
}
SETTING: dict[str, Any] = {
    "label": {**TEXT, "maxLength": 80},
    "kind": {"enum": CustomField.Kind.values},
    "help": {**TEXT, "maxLength": 300},
    "section": {**TEXT, "maxLength": 80},
    "synonyms": {**TEXTS, "description": "What columns of files may call it."},
    "required": {**YES, "description": "New records must have it; those that are here stay as they are."},
    "default": {"description": "What a new record gets where nothing is given, by the field's own rules."},
    "currency": {**TEXT, "description": "Of all amounts of a field of money; ISO 4217."},
    "minimum": AMOUNT,
    "maximum": AMOUNT,
    "seen_by": {**TEXTS, "description": "Keys of roles; empty: whoever sees the record."},
    "set_by": {**TEXTS, "description": "Keys of roles; empty: whoever edits the record."},
    "is_key": {**YES, "description": "Imports may know records by it."},
    "personal": {**YES, "description": "Erased with the person."},
    "sortable": {**YES, "description": "Lists sort by it once its index is built."},
}
MADE = {"object": {"enum": ["customer", "contact"]}, "slug": {**TEXT, "maxLength": 42}, "choices": CHOICES}
GIVES = ref("CustomField")
NO_ANSWERS = says(gives=GIVES, takes=fields({}), example={}, optional=True, versioned=True)
KIND = {
    "name": "kind",
    "description": "A kind of record, such as customer, contact or activity.",
    "schema": {"type": "string", "default": "customer"},
}


@router.get("", summary="List fields", **says(gives=list_of(ref("Field")), query=[KIND]))
def list_fields(request: Request) -> HttpResponse:
    """All fields of a kind of record that you may see, built in and custom ones, in their order."""
    given = parameters_of(request, ("kind",))
    about, user = catalogue(given.get("kind") or "customer"), request.user
    ids = _ids_of(about.kind) if may_manage_fields(user) else {}
    rows = [_field_shown(item, user, ids) for item in about.visible_to(user)]
    return answer({"data": rows, "next": None, "count": {"value": len(rows), "exact": True}})


@router.post(
    "",
    summary="Make a custom field",
    **says(
        gives=GIVES,
        status=201,
        takes=fields({**MADE, **SETTING}, "object", "label", "kind"),
        example={
            "object": "customer",
            "label": "Renewal month",
            "kind": "choice",
            "choices": ["May", "June"],
        },
        versioned=True,
    ),
)
def make_field(request: Request) -> HttpResponse:
    """For administrators. Its name is `x_` and a word made of the label, or `slug`; it never changes."""
    given = only(object_of(request), [*MADE, *SETTING])
    words = {name: text_in(given, name) for name in ("object", "label", "kind", "slug")}
    rest = {name: value for name, value in given.items() if name not in words}
    made = actions.make_field(words.pop("object"), **words, **rest, by=request.actor)
    return answer_record(
        request, _shown(made), version=made.version, status=201, location=f"/api/v1/fields/{made.pk}"
    )


@router.get("/{int:field_id}", summary="Read a custom field", **says(gives=GIVES, versioned=True))
def get_field(request: Request, field_id: int) -> HttpResponse:
    """For administrators. The whole definition, archived or not."""
    parameters_of(request, ())
    return _answered(request, _definition(request, field_id))


@router.patch(
    "/{int:field_id}",
    summary="Change a custom field",
    **says(gives=GIVES, takes=fields(SETTING), example={"label": "Renewal in"}, versioned=True),
)
def change_field(request: Request, field_id: int) -> HttpResponse:
    """For administrators. What is not given stays. Another kind only where no value is lost."""
    definition = locked(request, _definition(request, field_id))
    given = only(object_of(request), SETTING)
    return _answered(
        request, actions.change_field(definition, version=definition.version, **given, by=request.actor)
    )


@router.post(
    "/{int:field_id}/choices",
    summary="Set the choices of a custom field",
    **says(
        gives=GIVES,
        takes=fields({"choices": CHOICES}, "choices"),
        example={"choices": [{"key": "may", "label": "May"}, "July"]},
        versioned=True,
    ),
)
def change_choices(request: Request, field_id: int) -> HttpResponse:
    """For administrators. Records keep keys, so another label changes no record."""
    definition = locked(request, _definition(request, field_id))
    choices: Any = only(object_of(request), ("choices",)).get("choices")
    changed = actions.change_choices(
        definition, choices=choices, version=definition.version, by=request.actor
    )
    return _answered(request, changed)


@router.post(
    "/{int:field_id}/merge-choices",
    summary="Merge two choices",
    **says(
        gives=ref("Job"),
        status=202,
        takes=fields({"key": TEXT, "into": TEXT}, "key", "into"),
        example={"key": "may", "into": "june"},
        versioned=True,
    ),
)
def merge_choices(request: Request, field_id: int) -> HttpResponse:
    """For administrators. A job gives all records of the one the other; its change set can be undone."""
    definition = locked(request, _definition(request, field_id))
    given = only(object_of(request), ("key", "into"))
    key, into = text_in(given, "key"), text_in(given, "into")
    return job_started(
        actions.merge_choices(definition, key=key, into=into, version=definition.version, by=request.actor)
    )


@router.get(
    "/{int:field_id}/uses", summary="What asks for a custom field", **says(gives=list_of(ref("FieldUse")))
)
def list_uses(request: Request, field_id: int) -> HttpResponse:
    """For administrators. Views, segments, rules and mappings that would no longer find it."""
    parameters_of(request, ())
    found = uses_of(_definition(request, field_id), request.user)
    rows = [{"what": each.what, "names": each.names, "count": each.count} for each in found]
    return answer({"data": rows, "next": None, "count": {"value": len(rows), "exact": True}})


@router.post("/{int:field_id}/archive", summary="Archive a custom field", **NO_ANSWERS)
def archive_field(request: Request, field_id: int) -> HttpResponse:
    """For administrators. Its values stay, and come back with it."""
    definition = locked(request, _definition(request, field_id))
    only(object_of(request, optional=True), ())
    return _answered(request, actions.archive_field(definition, version=definition.version, by=request.actor))


@router.post("/{int:field_id}/bring-back", summary="Bring a custom field back", **NO_ANSWERS)
def bring_back_field(request: Request, field_id: int) -> HttpResponse:
    """For administrators."""
    definition = locked(request, _definition(request, field_id))
    only(object_of(request, optional=True), ())
    return _answered(request, actions.bring_back_field(definition, by=request.actor))


@router.post(
    "/arrange",
    summary="Arrange custom fields",
    **says(
        gives=list_of(GIVES),
        takes=fields(
            {"object": MADE["object"], "order": {"type": "array", "items": {"type": "integer"}}},
            "object",
            "order",
        ),
        example={"object": "customer", "order": [1]},
    ),
)
def arrange_fields(request: Request) -> HttpResponse:
    """For administrators. Fields that are not named stand behind the others."""
    require(may_manage_fields(request.user), who_can_help=WHO_CAN_HELP)
    given = only(object_of(request), ("object", "order"))
    order: Any = given.get("order")
    whole = isinstance(order, list) and all(type(key) is int and 0 < key < 2**63 for key in order)
    if not whole:
        raise RuleBroken(_("“%(name)s” is a list of ids.") % {"name": "order"}, "order", order)
    actions.arrange_fields(text_in(given, "object"), order=order, by=request.actor)
    found = CustomField.objects.in_use().filter(object=given["object"]).order_by("position", "pk")
    rows = [_shown(each) for each in found]
    return answer({"data": rows, "next": None, "count": {"value": len(rows), "exact": True}})


def _definition(request: Request, key: int) -> CustomField:
    require(may_manage_fields(request.user), who_can_help=WHO_CAN_HELP)
    found = CustomField.objects.filter(pk=key).first() if 0 < key < 2**63 else None
    if found is None:
        raise Http404
    return found


def _answered(request: Request, definition: CustomField) -> HttpResponse:
    return answer_record(request, _shown(definition), version=definition.version)


def _shown(definition: CustomField) -> dict[str, Any]:
    """A definition as administrators read it."""
    settings = {name: getattr(definition, name) for name in SETTINGS}
    return {
        "id": definition.pk,
        "object": definition.object,
        "name": definition.name,
        **settings,
        "default": definition.default,
        "choices": definition.choices,
        "position": definition.position,
        "sorted": bool(definition.indexed_as),
        "archived_at": definition.archived_at,
    }


def _field_shown(item: Field, user: Any, ids: dict[str, int]) -> dict[str, Any]:
    """A field as everybody who sees it reads it."""
    return {
        "name": item.name,
        "label": str(item.label),
        "kind": item.kind.key,
        "custom": bool(item.stored_in),
        "id": ids.get(item.name),
        "section": str(item.section),
        "help": str(item.help),
        "synonyms": list(item.synonyms),
        "required": item.required,
        "settable": item.may_be_set_by(user),
        "sortable": item.sortable,
        "importable": item.importable and item.editable,
        "exportable": item.exportable,
        "is_key": item.is_key,
        "currency": item.currency,
        "operators": list(item.operators),
        "choices": [
            {"key": key, "label": str(label), "retired": key in item.retired} for key, label in item.choices
        ],
    }


def _ids_of(kind: str) -> dict[str, int]:
    return {each.name: each.pk for each in CustomField.objects.in_use().filter(object=kind)}
