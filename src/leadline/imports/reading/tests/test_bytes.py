"""Any bytes become rows, or a refusal in words; nothing else (ALL-2)."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leadline.imports.reading.encodings import Repairs, mended
from leadline.imports.reading.kinds import Kind, kind_of
from leadline.imports.reading.tables import find_form, rows_of
from leadline.imports.reading.unreadable import UnreadableFile

KNOWN = {"name", "email", "phone", "website", "industry", "address", "status"}


def read(path, **chosen):
    form = find_form(path, KNOWN, **chosen)
    repairs = Repairs()
    return form, list(rows_of(path, form, repairs)), repairs


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("files") / "file.bin"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=3000))
@example(b"\xff\xfe")
@example(b"\xff\xfea")
@example(b"\xff\xfe\x00\x00")
@example(b'"')
@example(b'a,"')
@example(b"sep=;")
@example(b"PK\x03\x04")
@example(b"PK\x05\x06" + bytes(18))
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
@example(b"\xef\xbb\xbf")
@example(b",\n,\n")
def test_any_bytes_are_read_or_refused_in_words(path, content):
    path.write_bytes(content)
    with suppress(UnreadableFile):
        if kind_of(path) is Kind.TEXT:
            form, rows, _ = read(path)
            assert all(len(row.cells) == len(form.names) for row in rows if row.cells and not row.problem)


LETTERS = st.characters(codec="utf-8", exclude_characters="\x00\ufeff�", exclude_categories=("Cs", "Cc"))
SPECIAL = ["a,b", "a;b", 'says "yes"', "two\nlines", "tab\there", "O'Brien", "", "=1+1", "Zoë", "山田"]
# In a short file a backslash before a quotation mark may end a cell or stand for the mark: both are even.
WORDS = st.text(LETTERS, max_size=12).filter(lambda cell: mended(cell) == cell and "\\" not in cell)
CELL = WORDS | st.sampled_from(SPECIAL)


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=15),
    delimiter=st.sampled_from(",;\t|"),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@example(rows=[["0", "\\", "0"]], delimiter=",", line_end="\n", encoding="utf-8", quoting=csv.QUOTE_ALL)
def test_what_was_written_is_read_back(path, rows, delimiter, line_end, encoding, quoting):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerow(["name", "email", "address"])
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))

    # The encoding is found by itself; a short random table may be cut in two ways, so a person says how.
    form, found, _ = read(path, delimiter=delimiter, quote='"', header=1)

    assert form.names == ("name", "email", "address")
    assert [row.cells or ["", "", ""] for row in found if not row.problem] == rows


@settings(max_examples=20, deadline=None)  # for each of the 24 forms
@given(
    names=st.lists(
        st.from_regex(r"[A-Z][a-zé]{2,9} [A-Z][a-z]{2,9}", fullmatch=True), min_size=2, max_size=20
    )
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_usual_files_need_no_correction(path, names, encoding, delimiter):
    lines = [delimiter.join(["Name", "E-mail", "City"])]
    lines += [delimiter.join([name, f"p{place}@example.com", "Jakarta"]) for place, name in enumerate(names)]
    path.write_bytes("\r\n".join(lines).encode(encoding))

    form, rows, _ = read(path)

    assert form.delimiter == delimiter
    assert form.names == ("Name", "E-mail", "City")
    assert [row.cells[0] for row in rows] == names
    assert [row.number for row in rows] == list(range(2, len(names) + 2))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["A,a@b.c", "short", "A,b,c,too long", ",", '"quoted, name",x@y.z', '5" pipe,b@c.d']),
        max_size=40,
    )
)
def test_no_row_is_lost(path, lines):
    path.write_text("name,email\n" + "\n".join(lines) + "\n")

    _, rows, _ = read(path)

    assert [row.number for row in rows] == list(range(2, len(lines) + 2))
    told = [row for row in rows if row.problem]
    assert len(told) in (0, lines.count("A,b,c,too long"))
