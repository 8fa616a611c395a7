"""Keeping documents and words up to date, in sets (CUS-6)."""

import re
from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from leadline.core.search import sql
from leadline.core.search.searchable import Searchable, searchable
from leadline.core.sets import array_of

PORTION = 5_000

_WORD = re.compile(r"[^\W\d_]{4,24}")


def index(kind: str, ids: Iterable[int]) -> int:
    """Bring the documents of these records up to date, in the caller's transaction; returns how many changed.

    Called by every action that changes what a record is found by. Records that are gone lose their document.
    """
    about = searchable(kind)
    return _index(sql.write_documents(about), ids)


def index_new(kind: str, ids: Iterable[int]) -> int:
    """The same for records that this transaction has just made; returns how many there are."""
    return _index(sql.write_new_documents(searchable(kind)), ids)


def rebuild(kind: str) -> int:
    """Make all documents of a kind anew, faster than bringing each up to date; returns how many there are.

    Nobody can search this kind meanwhile. After a million records came in by set, or to repair.
    """
    about = searchable(kind)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {about.trigram_index}")
        cursor.execute(f"TRUNCATE {about.document_table}")
        for ids in _all_ids(about):
            cursor.execute(
                f"INSERT INTO {about.document_table} (kind, object_id, text)"
                f" SELECT '{about.kind}', made.id, made.text FROM ({about.documents}) made",
                {"ids": array_of(ids)},
            )
        cursor.execute(sql.ALL_WORDS.format(table=about.document_table))
        cursor.execute(sql.partition_of(about))
        cursor.execute(f"SELECT count(*) FROM {about.document_table}")
        return int(cursor.fetchone()[0])


def _all_ids(about: Searchable) -> Iterator[list[int]]:
    last = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(f"SELECT id FROM {about.table} WHERE id > %s ORDER BY id LIMIT 100000", [last])
            ids = [row[0] for row in cursor.fetchall()]
            if not ids:
                return
            yield ids
            last = ids[-1]


def _index(writing: str, ids: Iterable[int]) -> int:
    wanted = sorted(set(ids))
    return sum(_write(writing, wanted[at : at + PORTION]) for at in range(0, len(wanted), PORTION))


def _write(writing: str, ids: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(writing, {"ids": array_of(ids)})
        changed = [text for (text,) in cursor.fetchall()]
        words = {word for text in changed for word in _WORD.findall(text)}
        if words:
            cursor.execute(sql.ADD_WORDS, {"words": array_of(sorted(words))})
    return len(changed)
