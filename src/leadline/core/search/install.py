"""Keep functions and partitions of search as the code says; called by `leadline migrate`, may be repeated."""

from django.db import connection

from leadline.core.search import sql
from leadline.core.search.searchable import searchables


def install() -> None:
    """A partition and an index of trigrams for each kind that can be searched."""
    with connection.cursor() as cursor:
        for function in sql.FUNCTIONS:
            cursor.execute(function)
        for kind in searchables():
            cursor.execute(sql.partition_of(kind))


def tidy() -> None:
    """Move what waits beside the trigram indexes into them, so that a search does not read it one by one."""
    with connection.cursor() as cursor:
        for kind in searchables():
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [kind.trigram_index])
