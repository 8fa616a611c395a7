"""What an operation says of itself: what it takes and gives, as keyword arguments of the router."""

from collections.abc import Mapping
from typing import Any

from leadline.api.describing.shapes import Schema

COUNT: Schema = {
    "anyOf": [
        {
            "type": "object",
            "properties": {"value": {"type": "integer"}, "exact": {"type": "boolean"}},
            "required": ["value", "exact"],
        },
        {"type": "null"},
    ],
    "description": "How many there are; at least so many when not exact.",
}
_WHERE = (
    "A condition as JSON, such as "
    '{"and": [{"field": "status", "op": "equals", "value": "active"}, '
    '{"field": "created_at", "op": "in_last", "value": 30, "unit": "days"}]}.'
)
FIELDS = {
    "name": "fields",
    "description": "Names of fields, with commas between; all without.",
    "schema": {"type": "string"},
}
PAGING: list[Schema] = [
    {
        "name": "limit",
        "description": "Rows of a page.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
    },
    {"name": "cursor", "description": "`next` of the page before.", "schema": {"type": "string"}},
    {
        "name": "count",
        "description": "quick: at once, perhaps “at least”; exact: however long it takes; none.",
        "schema": {"enum": ["quick", "exact", "none"], "default": "quick"},
    },
]
LISTING: list[Schema] = [
    {"name": "where", "description": _WHERE, "schema": {"type": "string"}},
    {
        "name": "q",
        "description": "Words to search for, where the list can be searched.",
        "schema": {"type": "string", "maxLength": 200},
    },
    {
        "name": "sort",
        "description": "A field, with - before it to turn the order round.",
        "schema": {"type": "string"},
    },
    {
        "name": "archived",
        "description": "Whether archived records are shown.",
        "schema": {"enum": ["no", "only", "all"], "default": "no"},
    },
    FIELDS,
    *PAGING,
]

BOARD: list[Schema] = [
    *[each for each in LISTING if each["name"] in ("where", "q", "archived", "fields")],
    {
        "name": "limit",
        "description": "How many records of each column.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 25},
    },
]


def ref(name: str) -> Schema:
    """A schema among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(item: Schema) -> Schema:
    """What every list answers."""
    return {
        "type": "object",
        "properties": {
            "data": {"type": "array", "items": item},
            "next": {"type": ["string", "null"]},
            "count": COUNT,
        },
        "required": ["data", "next", "count"],
    }


def fields(properties: Mapping[str, Schema], *required: str) -> Schema:
    """An object of a few named values and no other."""
    schema: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    if required:
        schema["required"] = list(required)
    return schema


def says(
    *,
    gives: Schema | None = None,
    status: int = 200,
    takes: Schema | None = None,
    example: Any = None,
    query: list[Schema] | None = None,
    optional: bool = False,
    versioned: bool = False,
    file: str = "",
    media_type: str = "application/json",
) -> dict[str, Any]:
    """Keyword arguments for `router.get(path, **says(…))`.

    `versioned` marks single records with an ETag; `file` names the media type of a download.
    """
    extra: dict[str, Any] = {"x-versioned": versioned}
    if query:
        extra["parameters"] = [{"in": "query", "required": False, **parameter} for parameter in query]
    if takes is not None:
        content: dict[str, Any] = {"schema": takes}
        if example is not None:
            content["example"] = example
        extra["requestBody"] = {"required": not optional, "content": {media_type: content}}
    answered: dict[str, Any] = {"description": "Created" if status == 201 else "OK"}
    if file:
        answered["content"] = {file: {"schema": {"type": "string", "format": "binary"}}}
    elif gives is not None:
        answered["content"] = {"application/json": {"schema": gives}}
    extra["responses"] = {status: answered}
    return {"response": {status: None}, "openapi_extra": extra}
