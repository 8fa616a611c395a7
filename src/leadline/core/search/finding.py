"""Candidates: documents that hold all terms, by the way that is quickest for what was typed and who asks.

A name that begins so is found by the index of names. Common terms are met soon on a walk through the names
within reach; rare ones come from the index of trigrams and are joined to what is within reach. The indexes
of names hold what is current; archived records come from the trigrams alone.
"""

from dataclasses import dataclass

from django.db import connection

from leadline.core.search.rarity import rarity_of
from leadline.core.search.searchable import Searchable, Sql, Within
from leadline.core.search.terms import Terms, literal

# Documents ranked for one answer. A broader question than that is answered by its best-named part.
MOST_CANDIDATES = 1_000
CANDIDATES_EACH = 20  # ranked for each hit that is shown
WALKED = 4_000
COMMON = 0.02
COMMON_IN_A_SCOPE = 0.005


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record whose document holds all terms."""

    id: int
    name_key: str
    text: str


@dataclass(frozen=True)
class Question:
    """Terms asked of a kind within somebody's reach."""

    about: Searchable
    terms: Terms
    within: Within
    archived: bool = True

    def candidates(self, limit: int) -> list[Candidate]:
        """At least the best `limit` of those that fit, if there are so many; in no order."""
        if not self.terms.words or self.within.nothing:
            return []
        found = {each.id: each for each in self._named_so(limit)}
        if len(found) < limit and self.terms.has_trigrams:
            found |= {each.id: each for each in self._holding(limit)}
        return list(found.values())

    def shortest_named(self, limit: int) -> list[int]:
        """The ids of some that fit, archived ones too; first whose names hold all terms and little else."""
        if not self.terms.has_trigrams or self.within.nothing:
            return []
        asked, _share = rarity_of(self.about).asked(self.terms)
        holding, params = self._by_trigrams_sql(asked, min(limit * CANDIDATES_EACH, MOST_CANDIDATES))
        named = " AND ".join(["name_key LIKE %s"] * len(self.terms.words))
        order = f"ORDER BY ({named}) DESC, length(name_key), id"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM ({holding}) AS holding {order} LIMIT %s",
                [*params, *self.terms.likes, limit],
            )
            return [key for (key,) in cursor.fetchall()]

    def _named_so(self, limit: int) -> list[Candidate]:
        """Whose name begins with what was typed."""
        if self.terms.phone:
            return []
        table = self.about.table
        start = f"{literal(self.terms.text)}%"
        return self._in_branches(f"{table}.name_key LIKE %s", [start], limit)

    def _holding(self, limit: int) -> list[Candidate]:
        asked, share = rarity_of(self.about).asked(self.terms)
        walked: list[Candidate] = []
        if share > (COMMON if self.within.everything else COMMON_IN_A_SCOPE):
            walked, all_current = self._walk(limit)
            if len(walked) >= limit or (all_current and not self.archived):
                return walked
        return [*walked, *self._by_trigrams(asked, min(limit * CANDIDATES_EACH, MOST_CANDIDATES))]

    def _walk(self, limit: int) -> tuple[list[Candidate], bool]:
        """The first by name that fit, among the first few thousand; and whether these were all."""
        table, documents = self.about.table, self.about.document_table
        pieces, params = [], []
        for condition, values in self.within.branches(table):
            pieces.append(
                f"(SELECT id, name_key FROM {table} WHERE {condition} AND archived_at IS NULL"
                f" ORDER BY name_key, id LIMIT {WALKED})"
            )
            params += values
        likes = " AND ".join(["document.text LIKE %s"] * len(self.terms.words))
        sql = (
            f"WITH walked AS MATERIALIZED"
            f" (SELECT * FROM ({' UNION ALL '.join(pieces)}) AS merged LIMIT {WALKED})"
            f" SELECT walked.id, walked.name_key, document.text, (SELECT count(*) FROM walked)"
            f" FROM walked JOIN LATERAL (SELECT text FROM {documents}"
            f" WHERE kind = '{self.about.kind}' AND object_id = walked.id OFFSET 0) document"
            f" ON {likes} LIMIT %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [*params, *self.terms.likes, limit])
            rows = cursor.fetchall()
        return [Candidate(*row[:3]) for row in rows], bool(rows) and rows[0][3] < WALKED

    def _by_trigrams(self, asked: list[int], most: int) -> list[Candidate]:
        with connection.cursor() as cursor:
            cursor.execute(*self._by_trigrams_sql(asked, most))
            return [Candidate(*row) for row in cursor.fetchall()]

    def _by_trigrams_sql(self, asked: list[int], most: int) -> Sql:
        """Those that the index of trigrams gives, within reach."""
        table, documents = self.about.table, self.about.document_table
        reached, params = self.within.sql(table)
        likes = " AND ".join([f"{documents}.text LIKE %s"] * len(self.terms.words))
        sql = (
            f"SELECT {table}.id, {table}.name_key, {documents}.text FROM {documents}"
            f" JOIN {table} ON {table}.id = {documents}.object_id"
            f" WHERE leadline_trigrams({documents}.text) @> %s::int4[] AND {likes}"
            f" AND {reached}{self._alive} LIMIT {most}"
        )
        return sql, [asked, *self.terms.likes, *params]

    def _in_branches(self, condition: str, values: list[object], limit: int) -> list[Candidate]:
        table, documents = self.about.table, self.about.document_table
        pieces, params = [], []
        for branch, branch_values in self.within.branches(table):
            pieces.append(
                f"(SELECT id, name_key FROM {table} WHERE {branch} AND {condition} AND archived_at IS NULL"
                f" ORDER BY name_key, id LIMIT {limit})"
            )
            params += [*branch_values, *values]
        sql = (
            f"SELECT named.id, named.name_key, document.text FROM ({' UNION ALL '.join(pieces)}) named"
            f" JOIN {documents} document"
            f" ON document.kind = '{self.about.kind}' AND document.object_id = named.id"
            f" ORDER BY named.name_key, named.id LIMIT {limit}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [Candidate(*row) for row in cursor.fetchall()]

    @property
    def _alive(self) -> str:
        return "" if self.archived else f" AND {self.about.table}.archived_at IS NULL"


def all_ids_sql(about: Searchable, terms: Terms, within: Within) -> Sql:
    """SQL for the ids of all that fit, however many; in no order."""
    table, documents = about.table, about.document_table
    reached, params = within.sql(table)
    tests = [f"{documents}.text LIKE %s" for _ in terms.words]
    asked, share = rarity_of(about).asked(terms)
    if asked and share < COMMON:
        tests.append(f"leadline_trigrams({documents}.text) @> %s::int4[]")
    sql = (
        f"SELECT {table}.id FROM {documents} JOIN {table} ON {table}.id = {documents}.object_id"
        f" WHERE {' AND '.join([*tests, reached])}"
    )
    return sql, [*terms.likes, *([asked] if asked and share < COMMON else []), *params]
