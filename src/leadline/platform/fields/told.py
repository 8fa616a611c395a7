"""Kinds of fields that hold what a platform told: codes read as words, and details."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Field, Viewer
from leadline.core.fields.kinds.numbers import MoneyKind
from leadline.core.fields.kinds.texts import TextKind
from leadline.core.formats import money
from leadline.platform.reasons import method_in_words, reason_in_words

# Nobody gives the house rates of exchange: ask for the currency as well where there are several.
OF_ONE_CURRENCY = _("Compared as a number, each in its own currency.")


class ReasonKind(TextKind):
    """Why a payment failed: a code, read in plain words."""

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """In words; an unknown code as it came."""
        return reason_in_words(value) if value else ""


class MethodKind(TextKind):
    """How somebody paid: a code, read as words."""

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """Without underscores."""
        return method_in_words(value) if value else ""


class AmountKind(MoneyKind):
    """An amount with its currency: `shown` gives both, as `IDR 1250.0000`."""

    reads_shown = True

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """As money, in the reader's language; a number alone, as in a condition, without a currency."""
        if not isinstance(value, str):
            return super().render(value, field, viewer)
        currency, _space, amount = value.partition(" ")
        return (
            money(Decimal(amount), currency) if currency else super().render(Decimal(amount), field, viewer)
        )


class DetailsKind(TextKind):
    """What an event tells beside its kind: an object in the API, a line for people."""

    key = "details"
    operators = ()

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """Name and value of each."""
        found = json.loads(value) if isinstance(value, str) else value or {}
        return " · ".join(f"{name.replace('_', ' ')}: {told}" for name, told in found.items())

    def export_sql(self, sql: str) -> str:
        """As JSON."""
        return f"{sql}::text"


REASON, METHOD, DETAILS, AMOUNT = ReasonKind(), MethodKind(), DetailsKind(), AmountKind()
