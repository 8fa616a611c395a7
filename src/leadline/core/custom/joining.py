"""The custom fields that this process knows, renewed when another stamp is seen (CUS-21).

A request reads the stamp with the session or token that it asks for anyway, a job with each portion. What
else works in the background asks for it when it has not for some seconds. So within a request nothing more is
asked, whatever reads the catalogue.
"""

import time
from collections import defaultdict
from dataclasses import dataclass, field
from math import inf
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection

from leadline.core.custom.building import built
from leadline.core.custom.models import CustomField, CustomStamp
from leadline.core.fields import Catalogue
from leadline.core.fields.catalogue import Joined, alone, join_with

STAMP_SQL = "(SELECT stamp FROM core_customstamp)"
HOLDS_FOR = 2.0  # seconds, where nobody says which stamp holds
NONE_YET = UUID(int=0)  # the stamp of a new installation


@dataclass
class _Known:
    """All definitions as of one stamp, and the catalogues that were joined of them."""

    stamp: Any
    until: float
    definitions: dict[str, list[CustomField]] = field(default_factory=dict)
    joined: dict[str, Joined] = field(default_factory=dict)


_known: _Known | None = None


def heed_stamp(stamp: UUID | str | None) -> None:
    """Know the definitions as of this stamp: read anew when it is another than the one known."""
    if _known is None or str(_known.stamp) != str(stamp):
        _read()
    elif _known.until < inf:
        _known.until = time.monotonic() + HOLDS_FOR


def renew_fields() -> None:
    """Ask for the stamp and know the definitions as of it; for work that no request began."""
    heed_stamp(CustomStamp.objects.values_list("stamp", flat=True).first())


def forget_fields(*, none: bool = False) -> None:
    """Read the definitions when they are next asked for; with `none` it is known that there are none yet."""
    global _known
    _known = _Known(NONE_YET, inf) if none else None


def definitions_of(kind: str) -> list[CustomField]:
    """The definitions of a kind of object, archived ones too, in their order."""
    return _present().definitions.get(kind, [])


def joined_now(about: Catalogue) -> Joined:
    """What is declared, and after it the custom fields in use."""
    if not apps.ready:
        return alone(about)
    known = _present()
    found = known.joined.get(about.kind)
    if found is None:
        found = known.joined[about.kind] = _joined(about, known)
    return found


def _joined(about: Catalogue, known: _Known) -> Joined:
    own = alone(about)
    pairs = [
        built(definition, about)
        for definition in known.definitions.get(about.kind, ())
        if not definition.is_archived
    ]
    joins = {name: text for _item, brought in pairs for name, text in brought.items()}
    within = tuple(item.name for item, brought in pairs if brought and item.links_to)
    return Joined(
        (*own.fields, *(item for item, _joins in pairs)),
        {**own.joins, **joins},
        (*own.within_reach, *within),
    )


def _present() -> _Known:
    """What is known, asked for again when nobody said for some time that it holds."""
    if _known is not None and _known.until < time.monotonic():
        renew_fields()
    return _known or _read()


def _read() -> _Known:
    """Stamp and definitions of one moment; a database before its first migration has none."""
    global _known
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('core_customstamp') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return _Known(NONE_YET, 0)
    stamp = CustomStamp.objects.values_list("stamp", flat=True).first()
    found: dict[str, list[CustomField]] = defaultdict(list)
    for definition in CustomField.objects.order_by("object", "position", "pk"):
        found[definition.object].append(definition)
    _known = _Known(stamp, time.monotonic() + HOLDS_FOR, dict(found))
    return _known


join_with(joined_now)
