"""Countries, languages, currencies, time zones to choose from, in the reader's language (CLDR by Babel)."""

from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import available_timezones

from babel.core import Locale, get_global
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies
from django.conf import settings
from django.utils import translation

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Proposal:
    """What is usual in a country: currency (ISO 4217), time zone (IANA) and one of our languages."""

    currency: str
    time_zone: str
    language: str


def countries() -> Choices:
    """All countries by name: (ISO 3166-1 alpha-2, name)."""
    return _countries(_language())


def currencies() -> Choices:
    """All currencies in use: (ISO 4217, "EUR · Euro")."""
    return _currencies(_language())


def languages() -> Choices:
    """All languages by name: (ISO 639, name)."""
    return _languages(_language())


@lru_cache(maxsize=1)
def time_zones() -> Choices:
    """All zones that are named by a place, and UTC."""
    zones = sorted(zone for zone in available_timezones() if _is_a_place(zone))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in zones)]


@lru_cache(maxsize=300)
def proposal_for(country: str) -> Proposal:
    """What to propose for a country; the person may choose otherwise."""
    money = get_territory_currencies(country) or ["USD"]
    zones = [zone for zone in get_global("territory_zones").get(country, ()) if zone in dict(time_zones())]
    spoken = [code for code in get_official_languages(country) if code in dict(settings.LANGUAGES)]
    return Proposal(money[0], _USUAL_ZONE.get(country) or (zones or ["UTC"])[0], (spoken or ["en"])[0])


# The zone where most people live, for countries that have several.
_USUAL_ZONE = {
    "AU": "Australia/Sydney", "BR": "America/Sao_Paulo", "CA": "America/Toronto", "CL": "America/Santiago",
    "CN": "Asia/Shanghai", "DE": "Europe/Berlin", "ES": "Europe/Madrid", "ID": "Asia/Jakarta",
    "MX": "America/Mexico_City",
    "NZ": "Pacific/Auckland", "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow", "US": "America/New_York",
}  # fmt: skip
_OUTDATED = ("Etc/", "SystemV/", "US/", "posix/", "right/", "Brazil/", "Canada/", "Chile/", "Mexico/")


def _is_a_place(zone: str) -> bool:
    return "/" in zone and not zone.startswith(_OUTDATED)


def _language() -> str:
    return translation.get_language() or "en"


@lru_cache(maxsize=8)
def _countries(language: str) -> Choices:
    names = Locale.parse(translation.to_locale(language)).territories
    known = get_global("territory_zones")
    return sorted(
        ((code, name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code in known),
        key=lambda pair: pair[1],
    )


@lru_cache(maxsize=8)
def _languages(language: str) -> Choices:
    named = Locale.parse(translation.to_locale(language)).languages
    known = [(code, name) for code, name in named.items() if len(code) <= 3 and code.isalpha()]
    return sorted(known, key=lambda pair: pair[1])


@lru_cache(maxsize=8)
def _currencies(language: str) -> Choices:
    names = Locale.parse(translation.to_locale(language)).currencies
    used = {money for country, _name in _countries("en") for money in get_territory_currencies(country)}
    return [(code, f"{code} · {names.get(code, code)}") for code in sorted(used)]
