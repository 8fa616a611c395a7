"""What cards of several boards say alike: how long they stand there, what stands out, whose they are."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from babel.dates import format_timedelta

from leadline.core.formats import initials
from leadline.core.jinja import tone_of
from leadline.core.lists.cells import SECONDS, escape


def name_of(address: str, name: str, beside: str = "") -> str:
    """Who or what it is, as the link to its page; `beside` is HTML that follows."""
    return f'<span class="named"><a class="clip" href="{address}">{escape(name)}</a>{beside}</span>'


def age_of(since: datetime | None, now: datetime, language: str) -> str:
    """How long a card stands in its column, in the largest unit that fits."""
    if since is None:
        return ""
    seconds = max((now - since).total_seconds(), 60)
    unit, length = next((unit, length) for unit, length in SECONDS if seconds >= length)
    told = _length(unit, int(seconds // length), language)
    return f'<time datetime="{since.isoformat(timespec="seconds")}">{told}</time>'


@lru_cache(maxsize=1024)
def _length(unit: str, number: int, language: str) -> str:
    length = dict(SECONDS)[unit] * number
    written = format_timedelta(length, granularity=unit, threshold=10, format="short", locale=language)  # type: ignore[arg-type]
    return escape(written)


def marks(told: Sequence[tuple[str, str]]) -> str:
    """What stands out, each a tone and words that are HTML already."""
    pills = "".join([f'<span class="pill {tone}">{words}</span>' for tone, words in told])
    return f'<span class="marks">{pills}</span>' if pills else ""


@lru_cache(maxsize=4096)
def owner_of(name: str | None) -> str:
    """Whose it is, by initials; the name on pointing at it and for whoever listens."""
    if not name:
        return ""
    return (
        f'<span class="whose" title="{escape(name)}">'
        f'<span class="avatar tone-{tone_of(name)}" aria-hidden="true">{escape(initials(name))}</span>'
        f'<span class="unseen">{escape(name)}</span></span>'
    )
