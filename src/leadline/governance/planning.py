"""How the database shall look for entries: by the index of time where nothing narrower is asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from leadline.core.conditions import Condition

NARROW = ("who", "record", "of", "change_set", "id", "kind")


@contextmanager
def in_order_of_time(where: Condition) -> Iterator[None]:
    """Read entries along the index of time while nothing rare is asked for.

    Many entries of one moment (an import) make the planner think that few lie before a place, and sort
    millions to show fifty.
    """
    asked = str(where.stored)
    with transaction.atomic():
        if not any(f"'{name}'" in asked for name in NARROW):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('enable_sort', 'off', true),"
                    " set_config('enable_seqscan', 'off', true),"
                    " set_config('enable_bitmapscan', 'off', true)"
                )
        yield
