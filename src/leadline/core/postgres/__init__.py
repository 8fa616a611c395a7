"""The database server: an address in DATABASE_URL, or our own PostgreSQL that runs beside Leadline.

The embedded server lives on by itself: it is no child of a web process, Ctrl-C does not reach it, and
whoever needs it next finds it or starts it. The last one who used it stops it. Knows nothing of Django.
"""

from leadline.core.postgres.addresses import connection_settings, go_direct, is_embedded, is_pooled
from leadline.core.postgres.errors import ServerError
from leadline.core.postgres.server import Server
from leadline.core.postgres.using import ensure_running, in_use, keep_running

__all__ = [
    "Server",
    "ServerError",
    "connection_settings",
    "ensure_running",
    "go_direct",
    "in_use",
    "is_embedded",
    "is_pooled",
    "keep_running",
]
