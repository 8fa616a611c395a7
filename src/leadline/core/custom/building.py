"""From a definition to a field of the catalogue, as everything else reads it."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model

from leadline.core.custom.models import CustomField
from leadline.core.fields import Catalogue, Field, Sort, catalogue
from leadline.core.fields.field import anybody
from leadline.core.fields.kinds import ANSWERED, KINDS, Kind

LONGEST_TEXT = {"text": 500, "email": 254, "phone": 60, "website": 300, "long_text": 20_000}
Built = tuple[Field, dict[str, str]]


def kind_of(definition: CustomField) -> Kind:
    """How its values are cleaned, shown and compared."""
    return ANSWERED if definition.kind == CustomField.Kind.YES_NO else KINDS[definition.kind]


def built(definition: CustomField, about: Catalogue) -> Built:
    """The field of a definition in its catalogue, and the joins that it brings along."""
    kind, name = kind_of(definition), definition.name
    sql = kind.custom_sql(about.custom, name)
    shown, exported, joins = _pointing(definition, about, sql)
    known = {choice["key"]: choice for choice in definition.choices}
    seen = members_of(definition.seen_by)
    item = Field(
        name=name,
        label=definition.label,
        kind=kind,
        sql=sql,
        stored_in=about.custom.rpartition(".")[2],
        help=definition.help,
        section=definition.section,
        synonyms=(definition.slug.replace("_", " "), *definition.synonyms),
        choices=tuple((key, known[key]["label"]) for key in known if not known[key].get("merged_into")),
        retired=frozenset(key for key in known if known[key].get("retired")),
        merged=merged_choices(definition),
        max_length=LONGEST_TEXT.get(definition.kind),
        minimum=definition.minimum,
        maximum=definition.maximum,
        currency=definition.currency,
        shown=shown,
        exported=exported,
        shown_needs=name if joins else "",
        links_to="customer" if definition.kind == CustomField.Kind.LINK else "",
        sort=sort_of(definition, about),
        visible=seen,
        settable=members_of(definition.set_by),
        required=definition.required,
        default=None if definition.default is None else kind.loaded(definition.default),
        groupable=definition.kind in (*CustomField.WITH_CHOICES, CustomField.Kind.USER),
        is_key=definition.is_key,
    )
    return item, joins


def sort_of(definition: CustomField, about: Catalogue) -> Sort | None:
    """The order by its indexes, once these are whole and of this very order."""
    sql = order_sql(definition, about)
    if not sql or definition.indexed_as != order_mark(sql):
        return None
    return Sort(sql=sql, holds=kind_of(definition).sorts_as, nullable=True)


def order_sql(definition: CustomField, about: Catalogue) -> str:
    """What its indexes order by; empty where it gives no order, or none is wanted."""
    if not definition.sortable or definition.is_archived:
        return ""
    return kind_of(definition).sort_sql(about.custom, definition.name)


def order_mark(sql: str) -> str:
    """A short mark of just this order, kept with the indexes that serve it."""
    return hashlib.sha256(sql.encode()).hexdigest()[:16] if sql else ""


def members_of(roles: list[str]) -> Callable[[Any], bool]:
    """Whether somebody has one of the roles, or manages fields; everybody where none is named."""
    if not roles:
        return anybody
    named = frozenset(roles)
    return lambda user: (
        user.is_system or user.may("field", "manage") or not named.isdisjoint(user.grants.roles)
    )


def merged_choices(definition: CustomField) -> dict[str, str]:
    """Key and label of a choice that was merged away → the key of what it became."""
    into = {each["key"]: each["merged_into"] for each in definition.choices if each.get("merged_into")}
    found: dict[str, str] = {}
    for choice in definition.choices:
        if choice["key"] in into:
            key = into[choice["key"]]
            while key in into:
                key = into[key]
            found |= {choice["key"]: key, choice["label"]: key}
    return found


def _pointing(definition: CustomField, about: Catalogue, sql: str) -> tuple[str, str, dict[str, str]]:
    """How a person and another system read an id: by the name, and the e-mail of what it points at."""
    name = definition.name
    if definition.kind == CustomField.Kind.USER:
        table = get_user_model()._meta.db_table
    elif definition.kind == CustomField.Kind.LINK:
        table = catalogue("customer").table
    else:
        return "", "", {}
    join = f"LEFT JOIN {table} {name} ON {name}.id = {sql}"
    return f"{name}.name", f"{name}.{'email' if definition.kind == 'user' else 'name'}", {name: join}
