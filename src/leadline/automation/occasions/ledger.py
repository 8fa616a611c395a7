"""Events of the ledger about leads, customers and their compliance, with the values that they hold."""

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, get_type_hints

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadline.automation.occasions.happening import Occasion
from leadline.core.events import Event, event_classes
from leadline.core.fields import Catalogue, Field
from leadline.core.fields.kinds import MOMENT, NUMBER, TEXT, YES_NO, Kind
from leadline.core.fields.usual import told

LEDGER = "core_event"
# Events of these apps are about records of these kinds.
ABOUT = {"leads": "lead", "customers": "customer", "compliance": "procedure"}
GROUPS = {"lead": _("With leads"), "customer": _("With customers"), "procedure": _("With compliance")}
NAMING_BOTH = ("procedure",)  # these events name the lead and the customer they are about
_KINDS: dict[Any, tuple[Kind, str]] = {
    bool: (YES_NO, "::boolean"),
    int: (NUMBER, "::numeric"),
    Decimal: (NUMBER, "::numeric"),
    datetime: (MOMENT, "::timestamptz"),
    str: (TEXT, ""),
}


@cache
def in_the_ledger() -> tuple[Occasion, ...]:
    """One occasion for each event about leads, customers or their compliance."""
    known = [(name, found, ABOUT.get(name.partition(".")[0])) for name, found in event_classes().items()]
    return tuple(
        Occasion(
            f"event:{name}",
            _wording(found),
            GROUPS[kind],
            name,
            kind,
            about=_values_of(found),
            names_both=kind in NAMING_BOTH,
        )
        for name, found, kind in known
        if kind
    )


def _words(event_class: type[Event]) -> str:
    """The wording of an event without its values, in the language in use."""
    words = str(event_class.wording) % _Dots()
    return f"{gettext('somebody')} {words}" if words[:1].islower() else words


_wording = lazy(_words, str)


class _Dots(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"


def _values_of(event_class: type[Event]) -> Catalogue | None:
    """What an event holds as fields, for conditions and texts; none where it holds nothing of use."""
    hints = get_type_hints(event_class)
    found = [field for each in fields(event_class) if (field := _field(each.name, hints[each.name]))]
    if not found:
        return None
    return Catalogue(
        kind=f"event:{event_class.name()}",
        label=_("What happened"),
        plural=_("What happened"),
        model="",
        table=LEDGER,
        fields=tuple(found),
    )


def _field(name: str, hint: Any) -> Field | None:
    plain = next((kind for kind in _KINDS if kind is hint or kind in getattr(hint, "__args__", ())), None)
    if plain is None or hint is date or name == "count":
        return None
    kind, cast = _KINDS[plain]
    sql = f"({LEDGER}.payload ->> '{name}'){cast}"
    label = name.removesuffix("_id").replace("_", " ").capitalize()
    return told(name, label, kind, sql, max_length=60)
