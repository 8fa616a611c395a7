"""The whole document: every operation with its error answers, headers and shared schemas."""

from typing import Any

from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from leadline.api.describing.components import COMPONENTS
from leadline.api.describing.custom import described_for
from leadline.api.problems import MEDIA_TYPE

WRITES = ("post", "patch", "put", "delete")
_ERRORS = {
    400: "The request can't be read: no JSON, a broken header.",
    401: "No token, or one that is unknown, expired or revoked.",
    403: "Your role or the token's scopes do not allow this; `who_can_help` says who can.",
    404: "There is no such record, or you may not see it.",
    409: "It contradicts what is there now.",
    412: "Somebody changed the record since the version in If-Match; `changes` tells what.",
    413: "More than the server takes at once.",
    415: "Another content type than the operation takes.",
    422: "A rule says no; `errors` names field, value and message.",
    429: "More requests in a minute than a token may send; `Retry-After` says when to go on.",
    500: "A fault of ours; nothing was changed.",
}
_IDEMPOTENCY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "A word of your own; the same request with the same key is done once, for a day.",
    "schema": {"type": "string", "maxLength": 200},
}
_IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": "The ETag you read; the change is made only while nobody else changed the record (412).",
    "schema": {"type": "string"},
}
_IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "description": "An ETag you have; 304 without a body while it is still that.",
    "schema": {"type": "string"},
}
_ETAG = {"ETag": {"description": "The version of the record.", "schema": {"type": "string"}}}


class SelfDescribed(NinjaAPI):
    """An API whose description tells every answer it gives."""

    _made: OpenAPISchema | None = None

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        """Where all addresses begin."""
        return "/api/v1/"

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The description, with error answers and headers added to each operation; made once."""
        self._made = self._made or self._describe(**given)
        return self._made

    def personal_schema(self, user: Any) -> dict[str, Any]:
        """The description with the custom fields that the person sees."""
        return described_for(user, dict(self.get_openapi_schema()))

    def _describe(self, **given: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**given)
        document["components"]["schemas"] = COMPONENTS
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                _complete(operation, method, "{" in path)
        return document

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's own name."""
        return operation.view_func.__name__

    def get_operation_url_name(self, operation: Operation, router: Router) -> str:
        """The function's own name."""
        return operation.view_func.__name__


def _complete(operation: dict[str, Any], method: str, has_path: bool) -> None:
    versioned = operation.pop("x-versioned", False)
    writes = method in WRITES
    parameters = operation.setdefault("parameters", [])
    if method == "post":
        parameters.append(_IDEMPOTENCY)
    if versioned:
        parameters.append(_IF_MATCH if writes and has_path else _IF_NONE_MATCH)
    responses = operation["responses"]
    for status in list(responses):
        if versioned and status < 300:
            responses[status]["headers"] = dict(_ETAG)
    if versioned and not writes:
        responses[304] = {"description": "Still the same."}
    for status in _errors_of(writes, has_path, versioned):
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        responses.setdefault(status, {"description": _ERRORS[status], "content": content})


def _errors_of(writes: bool, has_path: bool, versioned: bool) -> list[int]:
    errors = [400, 401, 403, 422, 429, 500]
    if has_path:
        errors.append(404)
    if writes:
        errors += [409, 413, 415]
    if writes and has_path and versioned:
        errors.append(412)
    return sorted(errors)
