"""By which key a capability is known, in the catalogue as in what the platform tells."""

from __future__ import annotations

import re

LONGEST = 100
_BETWEEN = re.compile(r"[ \t\n\r\f\v-]+")
# The same in SQL, of a text: a test holds that both agree.
KEY_SQL = r"regexp_replace(lower(btrim({text}, E' \t\n\r\f\v')), '[ \t\n\r\f\v-]+', '_', 'g')"


def capability_key(name: str) -> str:
    """However its words are written: `Active listings`, `active-listings`, `active_listings` are one."""
    return _BETWEEN.sub("_", name.strip(" \t\n\r\f\v").lower())
