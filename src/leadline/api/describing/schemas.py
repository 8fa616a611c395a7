"""JSON schemas of records, made from the field catalogue, both ways."""

from collections.abc import Iterable
from typing import Any

from leadline.api.describing.shapes import Schema
from leadline.core.fields import Catalogue, Field

USER: Schema = {
    "type": "object",
    "properties": {"id": {"type": "integer"}, "email": {"type": "string"}, "name": {"type": "string"}},
    "required": ["id"],
}
NAMED: Schema = {
    "type": "object",
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
    "required": ["id"],
    "description": "The name is left out for a record that you may not see.",
}
_OUT: dict[str, Schema] = {
    "yes_no": {"type": "boolean"},
    "number": {"type": ["integer", "string", "null"]},
    "money": {"type": ["string", "null"], "description": "A decimal number as text."},
    "date": {"type": ["string", "null"], "format": "date"},
    "moment": {"type": ["string", "null"], "format": "date-time", "description": "ISO 8601 in UTC."},
    "tags": {"type": "array", "items": {"type": "string"}},
    "several": {"type": "array", "items": {"type": "string"}},
    "user": {"anyOf": [USER, {"type": "null"}]},
    "team": {"anyOf": [NAMED, {"type": "null"}]},
    "territory": {"anyOf": [NAMED, {"type": "null"}]},
    "stage": {"anyOf": [NAMED, {"type": "null"}]},
    "reason": {"anyOf": [NAMED, {"type": "null"}]},
    "capability": {"anyOf": [NAMED, {"type": "null"}]},
    "link": {"anyOf": [NAMED, {"type": "null"}]},
    "sets": {"type": "array", "items": {"type": "integer"}, "description": "The ids of those that you see."},
    "details": {"type": "object", "description": "By name; amounts as text."},
    "hours": {
        "type": ["object", "null"],
        "additionalProperties": {"type": "string"},
        "description": "By weekday, such as 09:00–12:00, 13:00–17:00; null where nobody said.",
    },
}
_IN: dict[str, Schema] = {
    "yes_no": {"type": "boolean"},
    "number": {"type": ["integer", "number", "string", "null"]},
    "money": {"type": ["string", "null"], "description": "A decimal number as text, such as 1234.50."},
    "date": {"type": ["string", "null"], "format": "date"},
    "moment": {"type": ["string", "null"], "format": "date-time"},
    "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 50},
    "several": {"type": ["array", "string", "null"], "items": {"type": "string"}},
    "user": {"type": ["integer", "string", "null"], "description": "A user's id or e-mail."},
    "team": {"type": ["integer", "string", "null"], "description": "A team's id or name."},
    "territory": {"type": ["integer", "string", "null"], "description": "A territory's id or name."},
    "link": {"type": ["integer", "string", "null"], "description": "The id of a record."},
    "email": {"type": "string", "format": "email"},
}
# Of which catalogue a schema is, and which way: custom fields join it when somebody reads it (`custom`).
FIELDS_OF = "x-fields-of"
IN = ("create", "change")
_EXAMPLES = {
    "name": "Example Company",
    "email": "hello@company.example",
    "phone": "+62 21 555 0100",
    "kind": None,
    "body": "They would like to see **the product**.",
    "title": "Introduced ourselves",
}


def shown(about: Catalogue, **more: Schema) -> Schema:
    """A record as it is answered; `?fields=` chooses among its properties."""
    properties = {**{field.name: _shown(field) for field in about.declared}, **more}
    return {
        "type": "object",
        "properties": {"id": {"type": "integer"}, **properties},
        "required": ["id"],
        "additionalProperties": False,
        **({FIELDS_OF: f"{about.kind}:out"} if about.custom else {}),
    }


def taken(about: Catalogue, *, to_create: bool, without: Iterable[str] = (), **more: Schema) -> Schema:
    """A record as it is sent: fields that can be set, and no other name."""
    fields = [field for field in about.declared if field.editable and field.name not in set(without)]
    schema: Schema = {
        "type": "object",
        "properties": {**{field.name: _taken(field) for field in fields}, **more},
        "additionalProperties": False,
    }
    if about.custom:
        schema[FIELDS_OF] = f"{about.kind}:{'create' if to_create else 'change'}"
    if to_create:
        schema["required"] = [field.name for field in fields if field.required]
    return schema


def example_of(about: Catalogue, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """A body that creates a record: its required fields, and those that people know best."""
    skipped = set(without)
    return {
        field.name: _example(field)
        for field in about.declared
        if field.editable
        and field.name not in skipped
        and (field.required or field.name in ("phone", "status"))
    }


def field_schema(field: Field, *, taken: bool) -> Schema:
    """One field, as it is sent or as it is answered."""
    schema = _taken(field) if taken else _shown(field)
    about = f"{field.help} {field.currency}".strip()
    return {**schema, "description": about} if about and "description" not in schema else schema


def _example(field: Field) -> Any:
    if field.choices:
        return field.choices[0][0]
    if field.kind.key == "link":
        return 1
    return _EXAMPLES.get(field.name) or "text"


def _shown(field: Field) -> Schema:
    return {"title": str(field.label), **_OUT.get(field.kind.key, _text(field, longest=False))}


def _taken(field: Field) -> Schema:
    return {"title": str(field.label), **_IN.get(field.kind.key, _text(field, longest=True))}


def _text(field: Field, *, longest: bool) -> Schema:
    if field.choices:
        known = [value for value, _label in field.choices]
        return {"enum": [*known, *([] if field.required else [""]), None]}
    schema: Schema = {"type": ["string", "null"]}
    if longest and field.max_length:
        schema["maxLength"] = field.max_length
    return schema
