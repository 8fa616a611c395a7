"""Erasing a person from answers of the API that are kept for a day (PPL-8)."""

import json
from collections.abc import Sequence

from django.db import connection

from leadline.core.actions import Actor, action

_EMPTY = """
UPDATE api_idempotencykey SET body = '', headers = '{}'
 WHERE EXISTS (SELECT FROM unnest(%s::bytea[]) AS word WHERE position(word IN body) > 0)
    OR headers::text ILIKE ANY(%s)
"""


@action
def empty_answers(words: Sequence[str], *, by: Actor) -> int:
    """Empty the kept answers that hold one of the words; sent again, the request still does nothing twice."""
    forms = {form for word in words for form in (word, json.dumps(word)[1:-1], word.lower())}
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY, [[form.encode() for form in forms], [f"%{form}%" for form in forms]])
        return cursor.rowcount
