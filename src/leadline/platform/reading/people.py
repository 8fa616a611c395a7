"""Whom an event is about: the platform's id, and what it tells of the person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.normalise.email import clean_email
from leadline.core.normalise.phone import parse_phone
from leadline.core.refusals import RuleBroken
from leadline.platform.reading.values import read_text, refusal

ERASED_PREFIX = "erased:"
FACTS = ("email", "name", "phone", "country", "language")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}\Z")


def read_person(raw: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The platform id and the facts told with it; those that were not told are missing.

    `user` is `{"id": …, "email": …}`; in a file its parts may stand beside the others (`user_id`).
    """
    given = raw.get("user")
    if given is None:
        given = {part: raw[f"user_{part}"] for part in ("id", *FACTS) if raw.get(f"user_{part}")}
    if type(given) is not dict and not isinstance(given, Mapping):
        raise refusal("user", given, _('“%(field)s” is an object such as {"id": "u-17"}, not “%(value)s”.'))
    if all(type(value) is str for value in given.values()):
        return _read_again(frozenset(given.items()))
    return _read(given)


@lru_cache(maxsize=20_000)
def _read_again(given: frozenset[tuple[str, str]]) -> tuple[str, dict[str, str]]:
    """The same people come again and again, and with them the same facts."""
    return _read(dict(given))


def _read(given: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    key = read_text(given.get("id") or "", "user.id", 200)
    if not key or key.startswith(ERASED_PREFIX):
        raise refusal("user.id", key, _("“%(field)s” is missing: by what the platform knows the person."))
    return key, {name: _READS[name](given[name], given) for name in FACTS if given.get(name)}


def _email(value: Any, _given: Mapping[str, Any]) -> str:
    return clean_email(read_text(value, "user.email", 400), "user.email")


def _name(value: Any, _given: Mapping[str, Any]) -> str:
    return " ".join(read_text(value, "user.name", 200).split())


def _phone(value: Any, given: Mapping[str, Any]) -> str:
    """E.164 where it can be read, as typed otherwise."""
    country = given.get("country")
    return parse_phone(read_text(value, "user.phone", 60), country if isinstance(country, str) else "").value


def _country(value: Any, _given: Mapping[str, Any]) -> str:
    code = read_text(value, "user.country", 60).upper()
    if not _COUNTRY.match(code):
        raise refusal("user.country", value, _("“%(field)s” is a code such as ID, not “%(value)s”."))
    return code


def _language(value: Any, _given: Mapping[str, Any]) -> str:
    code = read_text(value, "user.language", 60).lower().replace("_", "-").partition("-")[0]
    if not _LANGUAGE.match(code):
        raise RuleBroken(_("A language is a code such as en."), field="user.language", value=code)
    return code


_READS = {"email": _email, "name": _name, "phone": _phone, "country": _country, "language": _language}
