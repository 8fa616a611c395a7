"""How the API says no: RFC 9457 problem details, in one form for everything (ALL-2)."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from leadline.api.records import moment_as_text
from leadline.core.refusals import EditConflict, FieldChange, NotAllowed, Refusal, RuleBroken, RulesBroken

MEDIA_TYPE = "application/problem+json"
LONGEST_ECHO = 120


class Problem(Exception):
    """An answer that is a refusal of the door itself: bad JSON, unknown path, wrong token."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Iterable[RuleBroken] = (),
        headers: Mapping[str, str] | None = None,
    ):
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.errors = list(errors)
        self.headers = dict(headers or {})

    def response(self) -> HttpResponse:
        """As an answer."""
        return problem(self.status, self.detail, errors=self.errors, headers=self.headers)


def problem(
    status: int,
    detail: str,
    *,
    errors: Iterable[RuleBroken] = (),
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    """An answer that says what was wrong; `errors` name field, value and message."""
    phrase = HTTPStatus(status).phrase
    body = {
        "type": f"urn:leadline:problem:{phrase.lower().replace(' ', '-')}",
        "title": phrase,
        "status": status,
        "detail": str(detail),
        "errors": [error_of(rule) for rule in errors],
        **more,
    }
    content = json.dumps(body, ensure_ascii=False, default=str).encode(errors="replace")
    response = HttpResponse(content, status=status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def refused(refusal: Refusal, *, conditional: bool = False, why: str = "") -> HttpResponse:
    """The answer to a refusal of an action; `conditional` says that a version was named (If-Match).

    `why` is the address where what is not allowed is explained (PPL-5).
    """
    if isinstance(refusal, EditConflict):
        changes = [change_of(change) for change in refusal.changes]
        return problem(412 if conditional else 409, refusal.message, changes=changes, version=refusal.version)
    if isinstance(refusal, NotAllowed):
        return problem(403, refusal.message, who_can_help=str(refusal.who_can_help), **_explained(why))
    if isinstance(refusal, RulesBroken):
        return problem(422, refusal.message, errors=refusal.broken)
    if isinstance(refusal, RuleBroken):
        return problem(422, refusal.message, errors=[refusal])
    return problem(422, refusal.message)


def error_of(rule: RuleBroken) -> dict[str, Any]:
    """One thing that was wrong; the value is echoed, but never at length."""
    return {"field": rule.field, "value": echo(rule.value), "message": str(rule.message)}


def echo(value: Any) -> Any:
    """A value as it may be sent back: short, and JSON."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 10**15:
        return value
    text = format(value, "f") if isinstance(value, Decimal) and abs(value.adjusted()) < 40 else str(value)
    return text if len(text) <= LONGEST_ECHO else text[: LONGEST_ECHO - 1] + "…"


def change_of(change: FieldChange) -> dict[str, Any]:
    """What somebody else changed in between."""
    return {
        "field": change.field,
        "label": str(change.label),
        "theirs": echo(change.theirs),
        "who": str(change.who),
        "at": moment_as_text(change.at),
    }


def not_found(why: str = "") -> HttpResponse:
    """The answer for what is not there, and for what this person may not see (ALL-3)."""
    return problem(404, _("There is no such thing, or you may not see it."), **_explained(why))


def _explained(why: str) -> dict[str, Any]:
    return {"why": why} if why else {}
