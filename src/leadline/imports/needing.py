"""Which columns an import can't do without, asked as soon as columns are chosen (CUS-19)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from leadline.core.refusals import RuleBroken
from leadline.customers.actions.matching import is_known_everywhere
from leadline.imports.importables import importable
from leadline.imports.models import Import


def missing_columns(brought: Import) -> list[RuleBroken]:
    """What no column holds, though every row would be rejected without it: required fields, and the key."""
    updates = importable(brought.kind).updates
    updating = updates and (brought.on_duplicate == Import.OnDuplicate.UPDATE or brought.key == "id")
    needed = set() if updating else _required(brought)
    if updating and brought.kind == Import.Kind.CONTACTS and not is_known_everywhere(brought.key):
        needed.add("customer")
    if updates and brought.on_duplicate != Import.OnDuplicate.CREATE:
        needed.add(brought.key)
    return _told(brought, needed)


def missing_to_create(brought: Import) -> list[RuleBroken]:
    """What new records would lack. A file that only updates may do without, if it says so."""
    if importable(brought.kind).updates and brought.on_duplicate == Import.OnDuplicate.UPDATE:
        return [] if keys_held(brought) else _told(brought, _required(brought))
    return _told(brought, _required(brought))


def keys_held(brought: Import) -> list[str]:
    """By what the rows could be known, so that they could update what is here already."""
    kind = importable(brought.kind)
    return [key for key in kind.keys(brought.created_by) if key in _filled(brought)] if kind.updates else []


def _required(brought: Import) -> set[str]:
    needed = {field.name for field in importable(brought.kind).catalogue.required if field.default is None}
    return needed - {"customer"} if brought.make_customers else needed


def _filled(brought: Import) -> set[str]:
    filled = set(brought.columns.values())
    if filled & {"first_name", "last_name"}:
        filled.add("name")
    if filled & {"customer_email", "customer_external_id"}:
        filled.add("customer")
    filled |= {name for name in ("email", "phone") if f"other_{name}" in filled}
    return filled


def _told(brought: Import, needed: Iterable[str]) -> list[RuleBroken]:
    labels = dict(importable(brought.kind).labels())
    words = _("Choose the column that holds “%(field)s”.")
    return [
        RuleBroken(words % {"field": labels.get(name, name)}, field=name)
        for name in sorted(set(needed) - _filled(brought))
    ]
