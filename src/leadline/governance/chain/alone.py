"""One process at a time adds to the chain and its marks."""

from django.db import connection

_LOCK = "leadline.audit.seal"


def alone_with_the_chain() -> None:
    """Nobody else adds a seal or a mark until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
