"""The state of the house that dashboards follow, in one look that costs next to nothing.

A number of a sequence is known before its row can be seen: so what changed is drawn once more at the next
look (`~`), when whoever took the number is done.
"""

from django.db import connection

STAMPS = (
    ("a", "timeline_activity"),
    ("p", "platform_payment"),
    ("e", "platform_platformevent"),
    ("h", "core_history"),
)
AGAIN = "~"
_LOOK = "SELECT " + ", ".join(
    f"coalesce(pg_sequence_last_value(pg_get_serial_sequence('{table}', 'id')::regclass), 0)"
    for _stamp, table in STAMPS
)


def stamps_now() -> dict[str, str]:
    """A stamp for each part: activities, payments, events of the platform, the history of all else."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK)
        return {stamp: str(number) for (stamp, _table), number in zip(STAMPS, cursor.fetchone(), strict=True)}


def told(stamps: dict[str, str], changed: str) -> str:
    """As it stands in an address: `a12.p7~.h90`; the parts in `changed` are looked at again."""
    return ".".join(f"{stamp}{number}{AGAIN if stamp in changed else ''}" for stamp, number in stamps.items())


def changed_since(seen: str, stamps: dict[str, str]) -> tuple[str, str]:
    """The parts to draw anew, and those of them whose number is another one."""
    before = {word[:1]: word[1:] for word in seen.split(".")}
    other = "".join(
        stamp for stamp, number in stamps.items() if before.get(stamp, "").rstrip(AGAIN) != number
    )
    again = "".join(stamp for stamp in stamps if before.get(stamp, "").endswith(AGAIN))
    return "".join(sorted(set(other + again))), other
