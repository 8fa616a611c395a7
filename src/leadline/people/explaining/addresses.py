"""From an address that refused to the question “Why?”: which kind, which record, which verb (PPL-5)."""

from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode

from leadline.core.verbs import Kind, kind_named, meant_by

PAGE, OPERATION = "/why", "/api/v1/why"
Asked = dict[str, Any]


def why_address(request: HttpRequest, *, missing: bool = False) -> str:
    """Where the refusal of this request is explained; empty for who has not signed in.

    Of what is `missing` it names the kind alone, with an id that nothing has: all that is not there has one
    address, whatever was asked for (ALL-3).
    """
    if not getattr(getattr(request, "user", None), "is_authenticated", False):
        return ""
    asked = asked_by(request)
    if missing:
        asked = {"kind": asked["kind"], "id": 0} if "kind" in asked else {}
    base = OPERATION if request.path_info.startswith("/api/") else PAGE
    return f"{base}?{urlencode(asked)}" if asked else base


def asked_by(request: HttpRequest) -> Asked:
    """What a request was about, as far as its address says it: kind, id, verb."""
    match = request.resolver_match
    if match is None:
        return {}
    words = [word for word in match.route.removeprefix("api/v1/").split("/") if word]
    plain = [word for word in words if not word.startswith(("<", "{"))]
    permission = next((meant for word in plain[::-1] if ":" in (meant := meant_by(word))), "")
    if permission:
        kind, _colon, verb = permission.partition(":")
        return {"kind": kind, "verb": verb}
    about = kind_named(str(match.kwargs.get("kind", ""))) or kind_named(meant_by(plain[0]) if plain else "")
    if about is None:
        return {}
    number = next((value for value in match.kwargs.values() if isinstance(value, int)), None)
    if number is None:
        return _asked(kind=about.key, verb=_of_all(words, request.method or ""))
    verb = _of_one(about, plain[-1] if len(plain) > 1 else "", request.method or "")
    return _asked(kind=about.key, id=number, verb=verb)


def _asked(**parts: Any) -> Asked:
    return {name: value for name, value in parts.items() if value}


def _of_all(words: list[str], method: str) -> str:
    """A verb on no record: to add, to bring in, to take out."""
    last = words[-1]
    if last in ("export", "import"):
        return last
    return "create" if last == "add" or (method == "POST" and len(words) == 1) else ""


def _of_one(about: Kind, word: str, method: str) -> str:
    """The verb that the end of an address names; without one, what the method does."""
    named = next((verb.key for verb in about.verbs.values() if word and word in (verb.key, *verb.words)), "")
    return named or ("" if word else "edit" if method == "PATCH" else "view")
