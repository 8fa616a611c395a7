"""From what somebody types to a person or record whose entries are wanted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from leadline.core.fields import catalogue
from leadline.core.history.wording import Wording
from leadline.core.lists.addresses import list_where
from leadline.core.lists.scope import Everything
from leadline.core.search import search
from leadline.core.search.searchable import searchables
from leadline.people.models import User

MOST = 8


@dataclass(frozen=True)
class Found:
    """Somebody or something, and the addresses of its entries with what they are called."""

    name: str
    under: str
    ways: tuple[tuple[str, str], ...]


def found_for(typed: str, viewer: Any) -> list[Found]:
    """People by name or e-mail, and records by the search; each with the lists of its entries."""
    typed = typed.strip()[:100]
    if not typed:
        return []
    return [*_people(typed), *_records(typed, viewer)]


def _people(typed: str) -> Iterable[Found]:
    fits = Q(name__icontains=typed) | Q(email__icontains=typed)
    for user in User.objects.filter(fits).order_by("name", "pk")[:MOST]:
        ways = (
            (_("what they did"), _where(("who", user.pk))),
            (_("what was changed and happened about them"), _where(("about", f"user:{user.pk}"))),
        )
        yield Found(user.name, user.email, ways)


def _records(typed: str, viewer: Any) -> Iterable[Found]:
    for about in searchables():
        hits = search(about.kind, typed, Everything(), limit=MOST)
        names = Wording(viewer).name((about.kind, hit.id) for hit in hits)
        for hit in hits:
            way = (_("its changes and what happened to it"), _where(("about", f"{about.kind}:{hit.id}")))
            name = names.get((about.kind, hit.id))
            yield Found(name or f"#{hit.id}", str(catalogue(about.kind).label), (way,))


def _where(*tests: tuple[str, Any]) -> str:
    parts = [{"field": field, "op": "equals", "value": value} for field, value in tests]
    where = parts[0] if len(parts) == 1 else {"and": parts}
    return list_where("audit:list", where)
