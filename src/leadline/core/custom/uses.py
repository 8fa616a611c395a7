"""Where a custom field is asked for: views, segments, rules, mappings. Told before it is archived (CUS-21).

Whatever keeps a condition, columns or a mapping as JSON under one of these names is found by itself; so a
model of a later day needs to register nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

from leadline.core.conditions.parsing import MEASURES
from leadline.core.custom.models import CustomField
from leadline.core.fields import catalogues

HOLDING = ("where", "rule", "rules", "condition", "columns", "fields", "mapping")
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
    """All that asks for a field, what people made first of all; one query for each kind of thing."""
    found = []
    for model, rows in _asking(definition):
        count = rows.count()
        if count:
            seen: Any = rows.visible_to(user) if hasattr(rows, "visible_to") else rows
            names = [str(row) for row in seen[:MOST_NAMED]]
            found.append(Use(str(model._meta.verbose_name_plural), names, count))
    return found


def _asking(definition: CustomField) -> Iterator[tuple[type[models.Model], Any]]:
    linking = _linking(definition.object)
    for model in apps.get_models():
        fields = {each.name: each for each in model._meta.concrete_fields}
        holding = [name for name in HOLDING if isinstance(fields.get(name), models.JSONField)]
        if not holding or model is CustomField or not model.__module__.startswith("leadline."):
            continue
        rows: Any = model._default_manager.all()
        for name in ("archived_at", "removed_at", "retired_at"):
            rows = rows.filter(**{name: None}) if name in fields else rows
        here, within = models.Q(), models.Q()
        for name in holding:
            rows = rows.alias(**{f"{name}_text": Cast(name, models.TextField())})
            here |= models.Q(**{f"{name}_text__contains": f'"{definition.name}"'})
        if isinstance(fields.get("sort"), models.CharField):
            here |= models.Q(sort__in=[definition.name, f"-{definition.name}"])
        if "kind" in fields:
            here &= models.Q(kind__in=[definition.object, f"{definition.object}s"])
            for kind, links in linking.items():
                asked = [_asked_within(name, links, definition.name) for name in holding]
                within |= models.Q(kind=kind) & models.Q(*asked, _connector=models.Q.OR)
        yield model, rows.filter(here | within)


def _linking(kind: str) -> dict[str, list[str]]:
    """Kinds of which a condition may ask for records of this kind → the names of what is linked."""
    found = {}
    for about in catalogues():
        if links := [link.name for link in about.links if link.kind == kind]:
            found[about.kind] = links
    return found


def _asked_within(column: str, links: list[str], field: str) -> models.Q:
    """Whether a condition asks for a field of what is linked."""
    linked = " || ".join(f'@.{measure} == "{link}"' for measure in MEASURES for link in links)
    path = f'$.** ? ({linked}).where.** ? (@.field == "{field}")'
    found = models.Func(
        models.F(column),
        models.Value(path),
        template="jsonb_path_exists(%(expressions)s::jsonpath)",
        output_field=models.BooleanField(),
    )
    return models.Q(found)
