"""Where a customer is, and what time it is there (CUS-9, ALL-6)."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from babel.core import get_global

from leadline.core.clock import now, zone_of
from leadline.core.formats import locale
from leadline.core.normalise.phone import time_zone_of
from leadline.customers.models import Customer


@dataclass(frozen=True)
class Place:
    """City and country in words, and the local time where the zone is known."""

    words: str
    local_time: datetime | None


def place_of(customer: Customer) -> Place:
    """The zone is the one given, else the phone's, else the country's if all of it shows one time."""
    local = time_at(customer.time_zone, customer.phone, customer.country)
    country = country_name(customer.country)
    return Place(", ".join(part for part in (customer.city, country) if part), local)


def time_at(time_zone: str, phone: str, country: str) -> datetime | None:
    """What time it is where somebody is; None where nothing tells the zone."""
    zone = time_zone or time_zone_of(phone) or _only_zone_of(country)
    return now().astimezone(zone_of(zone)) if zone else None


def country_name(code: str) -> str:
    """The name of a country (ISO 3166-1 alpha-2) in the language in use."""
    if not code:
        return ""
    return str(locale().territories.get(code, code))


def _only_zone_of(country: str) -> str:
    """The first of a country's zones when all of them show the same time now."""
    return _only_zone_at(country, now().replace(minute=now().minute // 15 * 15, second=0, microsecond=0))


@lru_cache(maxsize=1024)
def _only_zone_at(country: str, moment: datetime) -> str:
    """Clocks are set at full quarters of an hour, so that one answer holds as long."""
    zones = get_global("territory_zones").get(country, ())
    offsets = {moment.astimezone(zone_of(zone)).utcoffset() for zone in zones}
    return zones[0] if len(offsets) == 1 else ""
