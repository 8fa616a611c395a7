"""Which models are tracked, and how."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models

from leadline.core.custom.values import CustomValues

Model = TypeVar("Model", bound=type[models.Model])


@dataclass(frozen=True)
class Tracking:
    """How one model is tracked: its kind, what its changes are about, and which columns are left out.

    `removed_by_undo` says that undoing its creation removes the row where it can't be archived. What is
    `undone_first` is so before all others of its change set. Where the column of `about` is empty, what
    `or_about` names is meant.
    """

    model: type[models.Model]
    kind: str
    about: tuple[str, str]
    leave_out: frozenset[str]
    removed_by_undo: bool
    undone_first: bool = False
    or_about: tuple[str, str] | None = None

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        """The column of the primary key."""
        return str(self.model._meta.pk.column)

    @property
    def columns(self) -> "list[models.Field[Any, Any]]":
        """The fields whose changes are kept."""
        return [
            field
            for field in self.model._meta.local_concrete_fields
            if not field.primary_key and not {field.name, field.column} & self.leave_out
        ]

    @property
    def custom(self) -> str:
        """The column that holds values of custom fields, told one by one; empty where there is none."""
        return next((str(each.column) for each in self.columns if isinstance(each, CustomValues)), "")

    def has(self, column: str) -> bool:
        """Whether the table has a column, tracked or not."""
        return any(field.column == column for field in self.model._meta.local_concrete_fields)


_tracked: dict[str, Tracking] = {}


def tracked(
    *,
    kind: str,
    about: tuple[str, str] | None = None,
    leave_out: Iterable[str] = (),
    removed_by_undo: bool = False,
    undone_first: bool = False,
    or_about: tuple[str, str] | None = None,
) -> Callable[[Model], Model]:
    """Keep the history of a model as `kind`; `about` is (kind, column) of the record it belongs to, or else
    `or_about` where that column is empty.
    """

    def track(model: Model) -> Model:
        own = (kind, str(model._meta.pk.column))
        _tracked[kind] = Tracking(
            model, kind, about or own, frozenset(leave_out), removed_by_undo, undone_first, or_about
        )
        return model

    return track


def tracked_models() -> list[Tracking]:
    """All that is tracked, lowest floor first."""
    return list(_tracked.values())


def tracking_of(kind: str) -> Tracking:
    """How a kind is tracked; raises KeyError for a kind that is not."""
    return _tracked[kind]
