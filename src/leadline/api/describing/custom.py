"""The description of the API as one person finds it: with the custom fields that this person sees (CUS-21).

A schema made from a catalogue names its kind under `FIELDS_OF`; fields that were made since join it there.
Whoever sends neither session nor token reads of no custom field.
"""

import copy
from typing import Any

from django.http import HttpRequest

from leadline.api.describing.schemas import FIELDS_OF, IN, field_schema
from leadline.core.custom.rules import takers
from leadline.core.fields import catalogue


def described_for(user: Any, document: dict[str, Any]) -> dict[str, Any]:
    """The document with the custom fields that the person sees; itself where there are none."""
    custom = {about.kind: about.custom_for(user) for about in takers()} if user is not None else {}
    if not any(custom.values()):
        return document
    personal = copy.deepcopy(document)
    _join(personal, user)
    return personal


def _join(part: Any, user: Any) -> None:
    if isinstance(part, list):
        for each in part:
            _join(each, user)
    elif isinstance(part, dict):
        if FIELDS_OF in part:
            _join_schema(part, user)
        for each in list(part.values()):
            _join(each, user)


def _join_schema(schema: dict[str, Any], user: Any) -> None:
    kind, way = str(schema[FIELDS_OF]).split(":")
    found = catalogue(kind).custom_for(user, to_set=way in IN)
    schema["properties"] = {
        **schema["properties"],
        **{item.name: field_schema(item, taken=way in IN) for item in found},
    }
    if way == "create":
        needed = [item.name for item in found if item.required and item.default is None]
        schema["required"] = [*schema.get("required", ()), *needed]


def asker_of(request: HttpRequest, authenticate: Any) -> Any:
    """Who asks for the description, if anybody we know does."""
    if request.headers.get("Authorization"):
        return authenticate(request)
    return request.user if request.user.is_authenticated else None
