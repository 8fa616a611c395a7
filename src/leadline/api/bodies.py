"""What a program sent: one JSON object, read strictly."""

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError
from django.utils.translation import gettext as _

from leadline.api.problems import Problem
from leadline.core.refusals import RuleBroken, RulesBroken

DEEPEST = 30


def object_of(request: HttpRequest, *, optional: bool = False) -> dict[str, Any]:
    """The JSON object in the body; none at all counts as {} where a body is optional.

    Raises `Problem` 400 for what is no JSON object, 413 for too much, 415 for another content type.
    """
    content = content_of(request)
    if not content.strip() and optional:
        return {}
    if request.content_type != "application/json":
        raise Problem(415, _("Send JSON, with the header Content-Type: application/json."))
    try:
        given = json.loads(content, parse_float=Decimal, parse_constant=_no_constant)
    except RecursionError:
        raise Problem(400, _("The JSON is nested too deeply.")) from None
    except ValueError:
        raise Problem(400, _("The body is not valid JSON in UTF-8.")) from None
    if not isinstance(given, dict):
        raise Problem(400, _("The body must be one JSON object."))
    require_text(given)
    return given


def only(given: dict[str, Any], accepted: Iterable[str]) -> dict[str, Any]:
    """The same, when it names nothing but what is accepted; other names are refused (no mass assignment)."""
    known = list(accepted)
    message = _("There is no field “%(name)s” here. Accepted: %(known)s.")
    unknown = [
        RuleBroken(
            message % {"name": name[:60], "known": ", ".join(known) or "–"}, field=name[:60], value=value
        )
        for name, value in given.items()
        if name not in known
    ]
    if unknown:
        raise RulesBroken(unknown)
    return given


def text_in(given: dict[str, Any], name: str, default: str = "") -> str:
    """A text that was given under a name."""
    value = given.get(name, default)
    if value is None:
        return default
    if not isinstance(value, str):
        raise RuleBroken(_("“%(name)s” is a text.") % {"name": name}, field=name, value=value)
    return value


def yes_in(given: dict[str, Any], name: str, default: bool = False) -> bool:
    """A yes or no that was given under a name."""
    value = given.get(name, default)
    if not isinstance(value, bool):
        raise RuleBroken(_("“%(name)s” is true or false.") % {"name": name}, field=name, value=value)
    return value


def texts_in(given: dict[str, Any], name: str) -> list[str]:
    """A list of texts that was given under a name; nothing is an empty list."""
    value = given.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RuleBroken(_("“%(name)s” is a list of texts.") % {"name": name}, field=name, value=value)
    return value


def id_in(given: dict[str, Any], name: str) -> int:
    """The id of a record that was given under a name."""
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise RuleBroken(_("“%(name)s” is the id of a record.") % {"name": name}, field=name, value=value)
    return value


def day_in(given: dict[str, Any], name: str) -> date | None:
    """A day as 2030-12-31; None where it is null or missing. Raises `RuleBroken`."""
    value = given.get(name)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise RuleBroken(_("A day as 2030-12-31, or null."), field=name, value=value) from error


def content_of(request: HttpRequest) -> bytes:
    """The body as it came. Raises `Problem` 413 for too much."""
    try:
        return request.body
    except RequestDataTooBig:
        raise Problem(413, _("This is more than the server takes at once.")) from None
    except (UnreadablePostError, BadRequest):
        raise Problem(400, _("The body can't be read.")) from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def require_text(given: dict[str, Any]) -> None:
    """Refuse NUL and half characters, which no text in the database can hold, wherever they stand."""
    broken = [
        RuleBroken(_("This holds a character that is not text."), field=_shown(name)[:60])
        for name, value in given.items()
        if not (_is_text(name, 0) and _is_text(value, 0))
    ]
    if broken:
        raise RulesBroken(broken)


def _is_text(value: Any, depth: int) -> bool:
    if depth > DEEPEST:
        raise Problem(400, _("The JSON is nested too deeply."))
    if isinstance(value, str):
        return "\x00" not in value and _shown(value) == value
    if isinstance(value, dict):
        return all(_is_text(name, depth) and _is_text(item, depth + 1) for name, item in value.items())
    return all(_is_text(item, depth + 1) for item in value) if isinstance(value, list) else True


def _shown(text: str) -> str:
    return text if text.isascii() else text.encode(errors="replace").decode()
