"""Where a custom field is asked for: views, segments, rules, mappings; told before it goes (CUS-21)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from leadline.core.conditions.kept import Kept, kept_conditions, named_fields
from leadline.core.custom.models import CustomField

MOST_NAMED = 20


@dataclass(frozen=True)
class Use:
    """One kind of thing that asks for the field: what it is, the names that the person may see, how many."""

    what: str
    names: list[str]
    count: int

    @property
    def unnamed(self) -> int:
        """How many more there are, or that the person does not see."""
        return self.count - len(self.names)


def uses_of(definition: CustomField, user: Any) -> list[Use]:
    """All that asks for a field, what people made first of all; some queries for each kind of thing."""
    found: dict[type[models.Model], set[int]] = defaultdict(set)
    for kept in kept_conditions():
        found[kept.model].update(_asking(kept, definition))
    for named in named_fields():
        found[named.model].update(_naming(named.model, named.column, definition))
    return [_use(model, keys, user) for model, keys in found.items() if keys]


def _use(model: type[models.Model], keys: set[int], user: Any) -> Use:
    rows: Any = model._default_manager.filter(pk__in=keys).order_by("pk")
    seen = rows.visible_to(user) if hasattr(rows, "visible_to") else rows
    return Use(str(model._meta.verbose_name_plural), [str(row) for row in seen[:MOST_NAMED]], len(keys))


def _asking(kept: Kept, definition: CustomField) -> Iterator[int]:
    """The rows whose condition asks for the field: of its own object, or of what is linked."""
    for row in kept.in_force(definition.name):
        asked = ((kind, question["field"]) for kind, question in kept.questions_of(row))
        if (definition.object, definition.name) in asked:
            yield row.pk


def _naming(model: type[models.Model], column: str, definition: CustomField) -> Iterator[int]:
    """The rows that name the field; where files are read, kinds are called by their plural."""
    rows = model._default_manager.filter(kind__in=[definition.object, f"{definition.object}s"])
    if isinstance(model._meta.get_field(column), models.JSONField):
        rows = rows.alias(kept_text=Cast(column, models.TextField()))
        named = models.Q(kept_text__contains=f'"{definition.name}"')
    else:
        named = models.Q(**{f"{column}__in": [definition.name, f"-{definition.name}"]})
    yield from rows.filter(named).values_list("pk", flat=True)
