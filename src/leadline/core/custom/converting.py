"""Which kinds a field can become: those in which every stored value is one already, as it stands.

Nothing is rewritten and nothing lost, so it is done at once and holds both ways in history and undoing.
"""

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.changesets.actions import UNDO_WITHIN
from leadline.core.clock import now
from leadline.core.custom.models import CustomField
from leadline.core.fields import Catalogue
from leadline.core.history import HistoryEntry
from leadline.core.refusals import RuleBroken

Kind = CustomField.Kind
# Numbers, days and addresses are kept as text in one form each.
BECOMES: dict[str, tuple[str, ...]] = {
    Kind.TEXT: (Kind.LONG_TEXT,),
    Kind.NUMBER: (Kind.TEXT, Kind.LONG_TEXT),
    Kind.MONEY: (Kind.NUMBER, Kind.TEXT, Kind.LONG_TEXT),
    Kind.DATE: (Kind.TEXT, Kind.LONG_TEXT),
    Kind.EMAIL: (Kind.TEXT, Kind.LONG_TEXT),
    Kind.PHONE: (Kind.TEXT, Kind.LONG_TEXT),
    Kind.WEBSITE: (Kind.TEXT, Kind.LONG_TEXT),
}


def kinds_for(definition: CustomField, about: Catalogue) -> list[str]:
    """The kinds that this field can be: all while no record has a value of it, nor gets one by an undoing."""
    if not is_filled(definition, about) and not may_come_back(definition, about):
        return list(Kind.values)
    return [definition.kind, *BECOMES.get(definition.kind, ())]


def require_lossless(definition: CustomField, kind: str, about: Catalogue) -> None:
    """Refuse a kind in which a value would be lost or mean something else."""
    if kind == definition.kind:
        return
    possible = kinds_for(definition, about)
    if kind not in possible:
        message = (
            _(
                "Records have values of this field, and “%(kind)s” can't hold them as they are."
                " It can be: %(possible)s. For another kind make a new field,"
                " and bring the values over by an export and an import."
            )
            if is_filled(definition, about)
            else _(
                "Records had values of this field in the last 30 days. Undoing can bring these back, and"
                " “%(kind)s” can't hold them. It can be: %(possible)s. For another kind make a new field."
            )
        )
        words = {
            "kind": Kind(kind).label,
            "possible": ", ".join(str(Kind(each).label) for each in possible),
        }
        raise RuleBroken(message % words, "kind", kind)


def is_filled(definition: CustomField, about: Catalogue) -> bool:
    """Whether any record has a value of it, archived records too."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM {about.table} WHERE {about.custom} ? %s)", [definition.name]
        )
        return bool(cursor.fetchone()[0])


def may_come_back(definition: CustomField, about: Catalogue) -> bool:
    """Whether any record had a value of it that an undoing can still bring back."""
    return HistoryEntry.objects.filter(
        kind=about.kind, at__gte=now() - UNDO_WITHIN, changes__has_key=definition.name
    ).exists()
