"""The world of the demo data, read from fixtures/world.toml."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from leadline.core.normalise.text import fold

SOURCE = Path(__file__).parent / "fixtures" / "world.toml"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, and in Latin letters for an e-mail address."""

    text: str
    latin: str


@dataclass(frozen=True, slots=True)
class Place:
    """A city with its region, its time zone, and how a postcode looks there (# is a digit)."""

    city: str
    region: str
    zone: str
    postcode: str


@dataclass(frozen=True)
class Country:
    """A country: how people and companies are called there, where they live and how they are reached."""

    code: str
    weight: int
    language: str
    phone: str
    places: tuple[Place, ...]
    streets: tuple[str, ...]
    forms: tuple[str, ...]
    coined: tuple[Name, ...]
    first: tuple[Name, ...]
    last: tuple[Name, ...]


@dataclass(frozen=True)
class World:
    """All countries, and the words that are the same everywhere."""

    countries: tuple[Country, ...]
    words: dict[str, tuple[str, ...]]


@cache
def world() -> World:
    """The world, read once."""
    with SOURCE.open("rb") as file:
        written = tomllib.load(file)
    words = {name: _entries(text) for name, text in written["words"].items() if name != "syllables"}
    words["syllables"] = tuple(written["words"]["syllables"].split())
    return World(tuple(_country(each) for each in written["country"]), words)


def slug(text: str) -> str:
    """Letters and digits alone, for an address."""
    return "".join(sign for sign in fold(text) if sign.isascii() and sign.isalnum())


def _country(written: dict[str, Any]) -> Country:
    return Country(
        code=written["code"],
        weight=written["weight"],
        language=written["language"],
        phone=written["phone"],
        places=tuple(_place(entry) for entry in _entries(written["places"])),
        streets=_entries(written["streets"]),
        forms=_entries(written["forms"]),
        coined=_names(written["coined"].split()),
        first=_names(written["first"].split()),
        last=_names(written["last"].split()),
    )


def _place(entry: str) -> Place:
    city, region, *zone, postcode = entry.split("/")
    return Place(city, region, "/".join(zone), postcode)


def _names(words: Sequence[str]) -> tuple[Name, ...]:
    parts = (word.partition("|") for word in words)
    return tuple(Name(text, slug(latin or text)) for text, _bar, latin in parts)


def _entries(text: str) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in text.split(";"))
