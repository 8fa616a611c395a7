"""What cleaning and showing a value need to know about the place, and about the person who looks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


def nobody(kind: str, text: str) -> int | None:
    """The finder of a place that knows no users, teams or records by name."""
    return None


@dataclass
class Cleaning:
    """Where a value comes in: default country, how dates were written, who can be found by name.

    `find(kind, text)` gives the id of a user (by e-mail), team or record (by name), or None; it also
    says whether a numeric id may be named. `day_first` reads 3/4/2026 as 3 April, None refuses to guess.
    Names of fields whose input was kept as typed because it was not understood gather in `unclear`.
    Fields that `user` may not see or set are refused. What is `kept` from before (files that come back) may
    hold choices that are not offered any more.
    """

    country: str = ""
    zone: str = "UTC"
    day_first: bool | None = None
    decimal_comma: bool | None = None
    find: Callable[[str, str], int | None] = nobody
    unclear: set[str] = field(default_factory=set)
    user: Any = None
    kept: bool = False

    def anew(self) -> "Cleaning":
        """The same for another record: nothing is unclear yet, and its own country may follow."""
        return Cleaning(  # by hand: once for each row of a file, and `replace` takes eight times as long
            self.country,
            self.zone,
            self.day_first,
            self.decimal_comma,
            self.find,
            set(),
            self.user,
            self.kept,
        )


@dataclass(frozen=True)
class Viewer:
    """Who looks: language and time zone decide how dates and numbers are written."""

    language: str = "en"
    zone: str = "UTC"
    user: Any = None
