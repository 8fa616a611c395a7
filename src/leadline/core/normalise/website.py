"""Web addresses with their scheme; a scheme that runs something is refused (CUS-2)."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from leadline.core.refusals import RuleBroken

LONGEST = 500

_RUNS = re.compile(
    r"\A(?:javascript|vbscript|livescript|data|blob|file|filesystem|about|jar|view-source):", re.I
)
_OTHER_SCHEME = re.compile(r"\A[a-z][a-z0-9+-]*:(?![0-9]{1,5}(?:[/?#]|\Z))", re.I)
_HOST = re.compile(
    r"(?=.{4,253}\Z)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{2,59})\Z"
)
# What nearly all addresses look like; the rest is taken apart.
_USUAL = re.compile(
    r"(https?://)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?:/[A-Za-z0-9/._~%-]*)?\Z"
)
_UNSEEN = re.compile(r"[\x00-\x20\x7f\u200b-\u200f\u2028\u2029\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Website:
    """An address as it is stored; only an understood one may become a link."""

    value: str
    understood: bool


def clean_website(text: str, field: str = "website") -> Website:
    """Add a missing scheme; keep as typed what is no address; refuse javascript: and its like."""
    typed = text.strip()
    if not typed:
        return Website("", True)
    usual = _USUAL.match(typed) if len(typed) < 250 else None
    if usual:
        return Website(typed if usual[1] else f"https://{typed}", True)
    _refuse_what_runs(typed, field)
    if len(typed) > LONGEST or _UNSEEN.search(typed) or "\\" in typed:
        return Website(typed, False)
    if typed.lower().startswith(("http://", "https://")):
        return _split(typed, typed)
    if _OTHER_SCHEME.match(typed):
        return Website(typed, False)
    return _split(typed, f"https://{typed.removeprefix('//')}")


def _refuse_what_runs(typed: str, field: str) -> None:
    # Browsers skip blanks and control signs inside a scheme, so they are skipped here too.
    scheme = _RUNS.match(_UNSEEN.sub("", typed))
    if scheme:
        message = _("A website begins with http:// or https://, not with “{scheme}”.")
        raise RuleBroken(message.format(scheme=scheme[0]), field=field, value=typed)


def _split(typed: str, address: str) -> Website:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return Website(typed, False)
    if parts.username is not None or not _HOST.match(host):
        return Website(typed, False)
    # Everything from the path on keeps its case; scheme and host have none.
    place = host if _port is None else f"{host}:{_port}"
    rest = address[len(parts.scheme) + 3 + len(parts.netloc) :]
    return Website(f"{parts.scheme.lower()}://{place}{rest}", True)
