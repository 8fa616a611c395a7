"""Records that lower floors point at without knowing them: a kind ("customer") and a key.

An app registers the kinds it owns; a timeline, a task or a notification asks here who may see one, how it is
called and where its page is.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import reverse

Place = tuple[str, int]  # kind and key


@dataclass(frozen=True)
class SubjectKind:
    """A kind of record that others point at; `page` is the view of one, `named` its column with the name."""

    kind: str
    model: str
    page: str = ""
    named: str = "name"


@dataclass(frozen=True)
class Seen:
    """A record that is pointed at, as somebody who sees it calls it, and where it is found."""

    name: str
    address: str


_registered: dict[str, SubjectKind] = {}


def register_subject(kind: str, model: str, *, page: str = "", named: str = "name") -> None:
    """Say which model (`customers.Customer`) stands behind a kind; its queryset has `visible_to`.

    With a `page` (the name of a view that takes the key) tasks can be about such records.
    """
    _registered[kind] = SubjectKind(kind, model, page, named)


def subject_model(kind: str) -> type[models.Model]:
    """The model behind a kind; raises KeyError for a kind nobody registered."""
    return apps.get_model(_registered[kind].model)


def subjects_with_pages() -> list[SubjectKind]:
    """The kinds of records that have a page of their own, in the order of their registering."""
    return [each for each in _registered.values() if each.page]


def visible_subjects(kind: str, user: Any) -> models.QuerySet[Any]:
    """The records of a kind that a user sees, by the owning app's own rule (ALL-3); the house sees all."""
    rows: Any = subject_model(kind)._default_manager.all()
    return rows if user.is_system else rows.visible_to(user)


def seen_subjects(wanted: Iterable[Place], user: Any) -> dict[Place, Seen]:
    """Of records that are pointed at those that a user sees; one query for each kind (ALL-3)."""
    keys: dict[str, set[int]] = defaultdict(set)
    for kind, key in wanted:
        if kind in _registered:
            keys[kind].add(key)
    return {
        (kind, key): Seen(name, address_of_subject(kind, key))
        for kind, ids in keys.items()
        for key, name in visible_subjects(kind, user)
        .filter(pk__in=ids)
        .values_list("pk", _registered[kind].named)
    }


def address_of_subject(kind: str, key: int) -> str:
    """Where the page of a record is; empty where its kind has none."""
    page = _registered[kind].page if kind in _registered else ""
    return reverse(page, args=[key]) if page else ""
