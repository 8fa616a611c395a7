"""The SQL that search stands on: its functions, its tables and what each kind adds to them."""

from leadline.core.search.searchable import Searchable

# Trigrams of bytes as numbers: cheaper than texts, and one Chinese sign makes a trigram of its own. Those
# over a line's or a word's end are left out, as words are looked for one by one; so the text is taken apart
# first, which leaves the loop nothing to ask. It takes half the time that a query over the places would.
TRIGRAMS = """
CREATE OR REPLACE FUNCTION leadline_trigrams(given text) RETURNS int4[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 20000 AS $$
DECLARE
    word text;
    b bytea;
    made int4[] := '{}';
BEGIN
    IF given ~ '[\\x01-\\x09\\x0b-\\x1f]' THEN
        given := regexp_replace(given, '[\\x01-\\x1f]', ' ', 'g');
    END IF;
    FOREACH word IN ARRAY string_to_array(replace(given, chr(10), ' '), ' ') LOOP
        b := convert_to(word, 'UTF8');
        FOR i IN 2 .. octet_length(b) - 1 LOOP
            made := made || ((get_byte(b, i - 2) << 16) | (get_byte(b, i - 1) << 8) | get_byte(b, i));
        END LOOP;
    END LOOP;
    RETURN made;
END $$
"""
# The word and each word that is left when one letter is dropped: two words share one of these just when
# they are a letter apart (dropped, added, changed or swapped), or nearly so.
SHORTENED = """
CREATE OR REPLACE FUNCTION leadline_shortened(word text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 5000 AS $$
BEGIN
    RETURN word || ARRAY(
        SELECT substr(word, 1, i - 1) || substr(word, i + 1) FROM generate_series(1, length(word)) i);
END $$
"""
DIGITS = """
CREATE OR REPLACE FUNCTION leadline_digits(phone text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT translate(phone, '+ ()-./;=ext', '')
$$
"""
# For texts that no Python folded before they were stored, as an e-mail with letters beyond ASCII. Not STRICT,
# as PostgreSQL could not inline it then.
UNACCENTED = """
CREATE OR REPLACE FUNCTION leadline_unaccented(given text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN octet_length(given) = length(given) THEN lower(given)
                ELSE normalize(
                    regexp_replace(normalize(lower(given), NFKD), '[\\u0300-\\u036f]', '', 'g'), NFKC) END
$$
"""
TABLES = """
CREATE TABLE core_search_document (
    kind text NOT NULL,
    object_id bigint NOT NULL,
    text text COLLATE "C" NOT NULL,
    PRIMARY KEY (object_id, kind)
) PARTITION BY LIST (kind);
CREATE TABLE core_search_word (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    word text COLLATE "C" NOT NULL
);
CREATE INDEX core_search_word_word ON core_search_word (word);
CREATE INDEX core_search_word_shortened ON core_search_word USING gin (leadline_shortened(word));
"""
FUNCTIONS = (TRIGRAMS, SHORTENED, DIGITS, UNACCENTED)


# PostgreSQL keeps the shares of ten times as many elements as its statistics target says.
KNOWN_TRIGRAMS = 4_000


def partition_of(kind: Searchable) -> str:
    """The table of a kind's documents and the index of their trigrams."""
    table, index = kind.document_table, kind.trigram_index
    return f"""
        CREATE TABLE IF NOT EXISTS {table} PARTITION OF core_search_document FOR VALUES IN ('{kind.kind}');
        ALTER TABLE {table}
          SET (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
        CREATE INDEX IF NOT EXISTS {index} ON {table} USING gin (leadline_trigrams(text));
        ALTER INDEX {index} ALTER COLUMN 1 SET STATISTICS {KNOWN_TRIGRAMS // 10};
    """


def write_documents(kind: Searchable) -> str:
    """Bring the documents of `%(ids)s` up to date; a document that says the same is not even locked."""
    table = kind.document_table
    return f"""
        WITH made AS MATERIALIZED ({kind.documents}),
        gone AS (
            DELETE FROM {table}
             WHERE object_id = ANY(%(ids)s::bigint[])
               AND NOT EXISTS (SELECT 1 FROM made WHERE made.id = object_id)),
        changed AS (
            SELECT made.id, made.text FROM made
              LEFT JOIN {table} before ON before.kind = '{kind.kind}' AND before.object_id = made.id
             WHERE before.text IS DISTINCT FROM made.text)
        INSERT INTO {table} AS known (kind, object_id, text)
        SELECT '{kind.kind}', id, text FROM changed ORDER BY id
        ON CONFLICT (kind, object_id) DO UPDATE SET text = EXCLUDED.text WHERE known.text <> EXCLUDED.text
        RETURNING text
    """


def write_new_documents(kind: Searchable) -> str:
    """The first documents of `%(ids)s`: nothing is compared, as there can be none."""
    return f"""
        INSERT INTO {kind.document_table} (kind, object_id, text)
        SELECT '{kind.kind}', made.id, made.text
          FROM ({kind.documents_of_new or kind.documents}) made ORDER BY made.id
        RETURNING text
    """


ADD_WORDS = """
INSERT INTO core_search_word (word)
SELECT seen.word FROM unnest(%(words)s::text[]) AS seen(word)
 WHERE NOT EXISTS (SELECT 1 FROM core_search_word known WHERE known.word = seen.word)
"""


# All words at once. What parts words in nearly all texts is turned into blanks, which is ten times as fast
# as a regular expression.
_PARTING = "\\n\\t0123456789.,;:@&_+()/-''\"!?#*"
ALL_WORDS = f"""
INSERT INTO core_search_word (word)
SELECT DISTINCT seen.word
  FROM {{table}},
       LATERAL unnest(string_to_array(translate(text, E'{_PARTING}', repeat(' ', 40)), ' ')) AS seen(word)
 WHERE length(seen.word) BETWEEN 4 AND 24
   AND NOT EXISTS (SELECT 1 FROM core_search_word known WHERE known.word = seen.word)
"""
