"""The description as people read it: operations by their subject, with what they take and give, in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from leadline.api.describing.shapes import Schema
from leadline.api.v1 import api

METHODS = ("get", "post", "patch", "put", "delete")
NAME_OF = "#/components/schemas/"


@dataclass(frozen=True)
class Value:
    """A parameter or a field of a body: `type` in words, `shape` the component that it is, if it is one."""

    name: str
    type: str
    shape: str = ""
    place: str = ""
    required: bool = False
    description: str = ""


@dataclass(frozen=True)
class Told:
    """One operation."""

    key: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Value]
    media_type: str
    body: list[Value]
    example: str
    answers: list[tuple[int, str, str]]  # status, words, component


@dataclass(frozen=True)
class Subject:
    """The operations on one kind of thing."""

    name: str
    operations: list[Told] = field(default_factory=list)

    @property
    def key(self) -> str:
        """For an address within the page."""
        return self.name.replace(" ", "-")


@cache
def subjects() -> list[Subject]:
    """All operations, by subject, in the order in which they are declared."""
    found: dict[str, Subject] = {}
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                name = operation.get("tags", ["more"])[0]
                found.setdefault(name, Subject(name)).operations.append(_told(method, path, operation))
    return list(found.values())


@cache
def shapes() -> list[tuple[str, list[Value]]]:
    """The components: what records and other answers are made of."""
    schemas = api.get_openapi_schema()["components"]["schemas"]
    return [(name, _fields_of(schema)) for name, schema in sorted(schemas.items())]


def _told(method: str, path: str, operation: Schema) -> Told:
    contents: dict[str, Schema] = operation.get("requestBody", {}).get("content", {})
    media_type, sent = next(iter(contents.items()), ("", Schema()))
    example = sent.get("example")
    return Told(
        key=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=[_parameter(given) for given in operation.get("parameters", [])],
        media_type=media_type,
        body=_fields_of(sent.get("schema", {})),
        example=json.dumps(example, indent=2, ensure_ascii=False) if example else "",
        answers=[_answer(int(status), given) for status, given in sorted(operation["responses"].items())],
    )


def _parameter(given: Schema) -> Value:
    words, shape = type_in_words(given.get("schema", {}))
    description = given.get("description", "")
    return Value(given["name"], words, shape, given["in"], given.get("required", False), description)


def _answer(status: int, given: Schema) -> tuple[int, str, str]:
    content: Mapping[str, Any] = next(iter(given.get("content", {}).values()), {})
    schema = content.get("schema", {})
    listed = schema.get("properties", {}).get("data", {}).get("items")
    _words, shape = type_in_words(listed or schema)
    return status, given.get("description", ""), shape


def _fields_of(schema: Schema) -> list[Value]:
    required = set(schema.get("required", ()))
    values = []
    for name, given in schema.get("properties", {}).items():
        words, shape = type_in_words(given)
        values.append(
            Value(name, words, shape, required=name in required, description=given.get("description", ""))
        )
    return values


def type_in_words(schema: Schema) -> tuple[str, str]:
    """What a schema accepts, short, and the name of the component that it points at."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(NAME_OF)
        return name, name
    if "enum" in schema:
        return " | ".join("null" if value is None else str(value) for value in schema["enum"]), ""
    if "anyOf" in schema:
        each = [type_in_words(one) for one in schema["anyOf"]]
        return " | ".join(words for words, _shape in each), next(
            (shape for _words, shape in each if shape), ""
        )
    if schema.get("type") == "array":
        words, shape = type_in_words(schema.get("items", {}))
        return f"[{words}]", shape
    kind = schema.get("type", "any")
    words = " | ".join(kind) if isinstance(kind, list) else kind
    return f"{words} ({schema['format']})" if "format" in schema else words, ""
