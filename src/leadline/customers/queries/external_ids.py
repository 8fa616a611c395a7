"""By what other systems know customers and contacts: read, found, and said in one text (CUS-20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.planned import planned
from leadline.core.refusals import RuleBroken
from leadline.core.sets import array_of
from leadline.customers.models import ContactExternalId, CustomerExternalId

ExternalIds = tuple[tuple[str, str], ...]  # (system, value)
MODELS: dict[str, type[CustomerExternalId] | type[ContactExternalId]] = {
    "customer": CustomerExternalId,
    "contact": ContactExternalId,
}
_LIVING = {
    "customer": "JOIN customers_customer record ON record.id = known.customer_id",
    "contact": "JOIN customers_contact record ON record.id = known.contact_id",
}
LONGEST_SYSTEM, LONGEST_VALUE = 100, 200


def external_ids_in(text: str, system: str, systems: Collection[str] = ()) -> ExternalIds:
    """What a cell says: ids with commas between, of `system` where none of the known `systems` stands before
    a colon; without a `system`, whatever stands there. One system may have several; a known one keeps its
    spelling. Raises `RuleBroken` naming what is wrong."""
    known = {name.casefold(): name for name in (system, *systems) if name}
    found: list[tuple[str, str]] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        before, colon, after = part.partition(":")
        named = known.get(before.strip().casefold()) if colon else None
        if colon and not named and not system:
            named = before
        its = named or known.get(system.casefold(), system)
        found.append(clean_external_id(its, after if named else part))
    return tuple(dict.fromkeys(found))


def clean_external_id(system: str, value: str) -> tuple[str, str]:
    """A system and an id as they are kept. Raises `RuleBroken` naming the field."""
    system, value = " ".join(system.split()), value.strip()
    if not system:
        raise RuleBroken(_("Say which system the external ids come from."), field="source")
    if len(system) > LONGEST_SYSTEM or "," in system or ":" in system or not system.isprintable():
        message = _("“%(value)s” is no name of a system: at most 100 characters, no comma or colon.")
        raise RuleBroken(message % {"value": system[:60]}, field="system", value=system)
    if not value or len(value) > LONGEST_VALUE or "," in value or not value.isprintable():
        message = _("“%(value)s” is no external id: 1 to 200 characters, no comma.")
        raise RuleBroken(message % {"value": value[:60]}, field="external_id", value=value)
    return system, value


def known_systems() -> list[str]:
    """The systems of which any record is known, by name."""
    names = {name for model in MODELS.values() for name in _names(model)}
    return sorted(names)


def known_spelling(system: str) -> str:
    """A system as it is spelled here already; one that is new as it is given."""
    if any(model.objects.filter(system=system).exists() for model in MODELS.values()):
        return system
    return {name.casefold(): name for name in known_systems()}.get(system.casefold(), system)


def holders_of(kind: str, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, bool]]:
    """(system, value) → the record that has it, and whether that is in use (not archived)."""
    wanted = sorted(set(pairs))
    if not wanted:
        return {}
    with planned() as cursor:
        cursor.execute(
            f"SELECT known.system, known.value, record.id, record.archived_at IS NULL"
            f"  FROM unnest(%s::text[], %s::text[]) wanted (system, value)"
            f"  JOIN customers_{kind}externalid known"
            f"    ON known.value = wanted.value AND known.system = wanted.system {_LIVING[kind]}",
            [array_of(system for system, _value in wanted), array_of(value for _system, value in wanted)],
        )
        return {(system, value): (key, in_use) for system, value, key, in_use in cursor.fetchall()}


def external_ids_of(kind: str, ids: Iterable[int]) -> dict[int, list[dict[str, str]]]:
    """Record → its external ids, by system."""
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    rows: Any = MODELS[kind].objects.filter(**{f"{kind}__in": list(ids)}).order_by("system", "value")
    for key, system, value in rows.values_list(f"{kind}_id", "system", "value"):
        found[key].append({"system": system, "value": value})
    return found


def _names(model: Any) -> list[str]:
    return list(model.objects.order_by().values_list("system", flat=True).distinct()[:200])
