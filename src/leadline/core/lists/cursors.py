"""Cursors: where a page begins or ends, as an opaque word in the address.

A cursor names a place in an order, nothing else: scope and filters are applied anew each time, so that an
altered one can at most show another part of what the person may see. It is checked, not signed.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.fields.kinds.links import LARGEST_ID
from leadline.core.refusals import RuleBroken

LONGEST = 4000


@dataclass(frozen=True)
class Cursor:
    """The place of one row in an order: its key (None when empty) and its id."""

    sort: str
    key: Any
    id: int

    def word(self) -> str:
        """The cursor as it stands in an address."""
        text = json.dumps([self.sort, self.key, self.id], default=_plain, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def cursor_of(word: str, *, sort: str, holds: str, parameter: str) -> Cursor:
    """The cursor that a word means for an order; refused when it was altered, or belongs to another order."""
    try:
        if len(word) > LONGEST:
            raise ValueError
        found = json.loads(base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True))
        name, key, number = found
        if (
            name != sort
            or isinstance(number, bool)
            or not isinstance(number, int)
            or not -LARGEST_ID <= number <= LARGEST_ID
        ):
            raise ValueError
        return Cursor(name, _read(key, holds), number)
    except (ValueError, TypeError, RecursionError, InvalidOperation, binascii.Error):
        message = _("This place in the list is not known any more; the list begins at its start.")
        raise RuleBroken(message, field=parameter, value=word[:80]) from None


def _read(key: Any, holds: str) -> Any:
    if key is None:
        return None
    if holds == "number":
        number = Decimal(key) if isinstance(key, str | int) and not isinstance(key, bool) else Decimal("NaN")
        if not number.is_finite() or abs(number.adjusted()) > 40:
            raise ValueError
        return int(number) if number == number.to_integral_value() else number
    if not isinstance(key, str) or "\x00" in key:
        raise ValueError
    key.encode()
    if holds == "date":
        return date.fromisoformat(key)
    if holds == "moment":
        moment = datetime.fromisoformat(key)
        if moment.tzinfo is None:
            raise ValueError
        return moment
    return key


def _plain(key: Any) -> str:
    return key.isoformat() if isinstance(key, date) else str(key)
