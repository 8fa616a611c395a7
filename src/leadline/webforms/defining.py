"""What a form may consist of: each part is checked here, whichever door it came through (LEA-2)."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from leadline.core.localities import languages
from leadline.core.refusals import RuleBroken
from leadline.governance.models import Channel
from leadline.webforms.asking import WAYS_TO_REACH, askable

TEXTS = {"title": 120, "intro": 2_000, "button": 40, "thanks": 2_000}
LONGEST_LABEL, LONGEST_HELP, LONGEST_CONSENT = 120, 300, 2_000
MOST_ASKS, MOST_CONSENTS, MOST_SITES, MOST_LANGUAGES = 40, 6, 20, 20
_SITE = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?\Z")


def named(name: Any) -> str:
    """What the form is called in the house. Raises `RuleBroken`."""
    text = _line(name, "name", 80)
    if not text:
        raise RuleBroken(_("Give the form a name."), field="name", value=name)
    return text


def texts_of(given: Any) -> dict[str, dict[str, str]]:
    """Texts by language, each with a title. Raises `RuleBroken` naming the field."""
    if not isinstance(given, Mapping) or not 1 <= len(given) <= MOST_LANGUAGES:
        raise RuleBroken(_('Texts by language, such as {"en": {"title": "…"}}.'), field="texts")
    found = {}
    for language, words in given.items():
        _require_language(language)
        if not isinstance(words, Mapping) or set(words) - set(TEXTS):
            known = ", ".join(TEXTS)
            raise RuleBroken(_("Accepted: %(accepted)s.") % {"accepted": known}, field="texts")
        found[language] = {
            name: _text(words.get(name), f"{name}_{language}", most) for name, most in TEXTS.items()
        }
        if not found[language]["title"]:
            raise RuleBroken(_("Give the form a title."), field=f"title_{language}")
    return found


def asks_of(given: Any) -> list[dict[str, Any]]:
    """What is asked, in order; at least an e-mail or a phone. Raises `RuleBroken`."""
    rows = _rows(given, "asks", MOST_ASKS, {"field", "required", "label", "help"})
    known = {each.name for each in askable()}
    found: list[dict[str, Any]] = []
    for row in rows:
        name = row.get("field")
        if not isinstance(name, str) or name not in known or any(name == each["field"] for each in found):
            message = _("“%(name)s” can't be asked, or is asked already. Accepted: %(known)s.")
            words = {"name": str(name)[:60], "known": ", ".join(known)}
            raise RuleBroken(message % words, field="asks", value=str(name)[:60])
        found.append(
            {
                "field": name,
                "required": _yes(row.get("required", False), "asks"),
                "label": _by_language(row.get("label"), f"label_{name}", LONGEST_LABEL),
                "help": _by_language(row.get("help"), f"help_{name}", LONGEST_HELP),
            }
        )
    if not any(each["field"] in WAYS_TO_REACH for each in found):
        raise RuleBroken(_("Ask for an e-mail or a phone number: a lead needs one."), field="asks")
    return found


def consents_of(given: Any) -> list[dict[str, Any]]:
    """Boxes by which visitors consent; each shows its words. Raises `RuleBroken`."""
    found = []
    for row in _rows(given, "consents", MOST_CONSENTS, {"channel", "required", "words"}):
        if row.get("channel") not in Channel.values:
            accepted = ", ".join(Channel.values)
            message = _("Accepted: %(accepted)s.") % {"accepted": accepted}
            raise RuleBroken(message, field="consents", value=str(row.get("channel"))[:20])
        words = _by_language(row.get("words"), "consents", LONGEST_CONSENT)
        if not any(words.values()):
            raise RuleBroken(_("Write what the visitor consents to."), field="consents")
        required = _yes(row.get("required", False), "consents")
        found.append({"channel": row["channel"], "required": required, "words": words})
    return found


def redirect_of(given: Any) -> str:
    """Where a visitor is led afterwards: nowhere, or a whole https address. Raises `RuleBroken`."""
    address = str(given or "").strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        whole = parts.scheme == "https" and bool(parts.hostname) and parts.username is None
    except ValueError:
        whole = False
    plain = address.isprintable() and address.isascii() and not set(address) & set(" \"'<>\\;,")
    if not whole or not plain or len(address) > 500:
        message = _("A whole address like https://example.com/thanks is accepted.")
        raise RuleBroken(message, field="redirect", value=address[:80])
    return address


def sites_of(given: Any) -> list[str]:
    """Names of sites, such as www.example.com or *.example.com. Raises `RuleBroken`."""
    names = [str(each).strip().casefold() for each in given or () if str(each).strip()]
    names = [name.removeprefix("https://").removeprefix("http://").rstrip("/") for name in names]
    wrong = next((name for name in names if not _SITE.match(name) or len(name) > 200), None)
    if wrong is not None or len(names) > MOST_SITES:
        message = _("Names of sites such as www.example.com or *.example.com are accepted, at most %(most)s.")
        raise RuleBroken(message % {"most": MOST_SITES}, field="sites", value=(wrong or "")[:80])
    return list(dict.fromkeys(names))


def _rows(given: Any, field: str, most: int, names: set[str]) -> Iterable[Mapping[str, Any]]:
    if not isinstance(given, list) or len(given) > most:
        raise RuleBroken(_("A list of at most %(most)s is accepted.") % {"most": most}, field=field)
    for row in given:
        if not isinstance(row, Mapping) or set(row) - names:
            message = _("Accepted: %(accepted)s.") % {"accepted": ", ".join(sorted(names))}
            raise RuleBroken(message, field=field)
    return given


def _yes(given: Any, field: str) -> bool:
    if not isinstance(given, bool):
        raise RuleBroken(_("“%(name)s” is true or false.") % {"name": "required"}, field=field, value=given)
    return given


def _by_language(given: Any, field: str, most: int) -> dict[str, str]:
    if given is None:
        return {}
    if not isinstance(given, Mapping) or len(given) > MOST_LANGUAGES:
        raise RuleBroken(_('Texts by language, such as {"en": "…"}.'), field=field)
    for language in given:
        _require_language(language)
    texts = {language: _text(text, field, most) for language, text in given.items()}
    return {language: text for language, text in texts.items() if text}


def _require_language(language: Any) -> None:
    if language not in dict(languages()):
        message = _("“%(value)s” is not known. Accepted: a language such as en or id.")
        raise RuleBroken(message % {"value": str(language)[:20]}, field="texts", value=str(language)[:20])


def _line(given: Any, field: str, most: int) -> str:
    return _text(" ".join(given.split()) if isinstance(given, str) else given, field, most)


def _text(given: Any, field: str, most: int) -> str:
    if given is not None and not isinstance(given, str):
        raise RuleBroken(_("“%(name)s” is a text.") % {"name": field}, field=field, value=str(given)[:80])
    text = (given or "").replace("\r\n", "\n").strip()
    if len(text) > most or not text.replace("\n", "").replace("\t", "").isprintable():
        message = _("At most %(most)s characters, all of them text, are accepted.")
        raise RuleBroken(message % {"most": most}, field=field, value=text[:80])
    return text
