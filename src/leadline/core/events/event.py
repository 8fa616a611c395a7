"""What an event is: a frozen dataclass in the past tense that holds keys, amounts, moments and codes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

from django.db import models
from django.utils.functional import Promise

# A code is the stored value of a choice. Names, addresses and free text never enter the ledger: they are
# looked up, through `visible_to`, when an event is shown, and so can be corrected and erased.
_CODE = re.compile(r"[\w.:/-]{0,60}")
_PLAIN = (bool, int, str, Decimal, date, datetime)


@dataclass(frozen=True)
class Subject:
    """A record that an event is about."""

    kind: str
    id: int


@dataclass(frozen=True)
class Event:
    """The base of all events. `wording` is a sentence with the fields as %(name)s, for people.

    The subjects are the set it happened to; one is a set of one. A listener asks `event.ids_of("customer")`.
    """

    wording: ClassVar[str | Promise]

    def __init_subclass__(cls, **options: Any):
        super().__init_subclass__(**options)
        _classes[cls.name()] = cls

    @classmethod
    def name(cls) -> str:
        """The name in the ledger: `deals.DealWon`."""
        return f"{_app_of(cls.__module__)}.{cls.__name__}"

    @property
    def about(self) -> tuple[Subject, ...]:
        """The subjects; empty before it was published."""
        return getattr(self, "_about", ())

    def ids_of(self, kind: str) -> list[int]:
        """The keys of the subjects of a kind."""
        return [subject.id for subject in self.about if subject.kind == kind]

    @property
    def actor_id(self) -> int | None:
        """Who caused it; none before it was published."""
        return getattr(self, "_actor_id", None)

    @property
    def key(self) -> tuple[int, datetime] | None:
        """Its key in the ledger and its moment; none before it was published."""
        return getattr(self, "_key", None)

    @property
    def trace(self) -> str:
        """What caused it, as the actor who published it knew; empty before it was published."""
        return getattr(self, "_trace", "")

    def published(
        self,
        about: tuple[Subject, ...],
        *,
        actor_id: int | None = None,
        key: tuple[int, datetime] | None = None,
        trace: str = "",
    ) -> "Event":
        """The same event, knowing what it is about, who and what caused it, where it stands in the ledger."""
        object.__setattr__(self, "_about", about)
        object.__setattr__(self, "_actor_id", actor_id)
        object.__setattr__(self, "_key", key)
        object.__setattr__(self, "_trace", trace)
        return self

    def payload(self) -> dict[str, Any]:
        """The fields as they are stored; raises ValueError for one that holds text instead of a code."""
        return {field.name: _stored(field.name, getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def of_payload(cls, payload: Mapping[str, Any]) -> "Event":
        """The event as it was published; fields that came later keep their defaults."""
        hints = get_type_hints(cls)
        known = {field.name for field in fields(cls)}
        return cls(**{name: _read(hints[name], value) for name, value in payload.items() if name in known})


_classes: dict[str, type[Event]] = {}


def event_classes() -> dict[str, type[Event]]:
    """All event classes by their names in the ledger."""
    return dict(sorted(_classes.items()))


def subject_of(thing: models.Model | Subject) -> Subject:
    """The subject behind a record, of the kind that its model is called."""
    if isinstance(thing, Subject):
        return thing
    return Subject(str(thing._meta.model_name), thing.pk)


def _app_of(module: str) -> str:
    """The app of a module: `leadline.deals.events` is of deals."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def _stored(name: str, value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_stored(name, item) for item in value]
    if isinstance(value, str) and not _CODE.fullmatch(value):
        raise ValueError(f"{name}: an event holds keys, amounts, moments and codes, no text")
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, _PLAIN):
        return value
    raise ValueError(f"{name}: an event holds keys, amounts, moments and codes, no {type(value).__name__}")


def _read(hint: Any, value: Any) -> Any:
    origin, inside = get_origin(hint), get_args(hint)
    if value is None:
        return None
    if origin in (Union, UnionType):
        return _read(next(kind for kind in inside if kind is not type(None)), value)
    if origin is tuple:
        return tuple(_read(inside[0], item) for item in value)
    if hint is Decimal:
        return Decimal(value)
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    return hint(value) if isinstance(hint, type) else value
