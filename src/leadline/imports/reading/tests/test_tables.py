"""Files as people have them (SIG-12)."""

import pytest

from leadline.imports.reading.encodings import Repairs, mended
from leadline.imports.reading.tables import Form, find_form, rows_of
from leadline.imports.reading.unreadable import UnreadableFile

KNOWN = {"name", "email", "phone", "website", "industry", "address", "status"}


@pytest.fixture
def read(tmp_path):
    def read(content: bytes, **chosen):
        path = tmp_path / "file"
        path.write_bytes(content)
        form = find_form(path, KNOWN, **chosen)
        repairs = Repairs()
        rows = list(rows_of(path, form, repairs))
        return form, rows, repairs

    return read


def cells(rows):
    return [row.cells for row in rows]


def test_mixed_encodings_are_read_line_by_line(read):
    content = "name,email\nCafé,a@b.c\n".encode() + "Müller,m@b.c\n".encode("cp1252")

    _, rows, repairs = read(content)

    assert [row.cells[0] for row in rows] == ["Café", "Müller"]
    assert repairs.western_lines == 1


def test_western_files_are_read_as_windows_1252(read):
    form, rows, _ = read("name,email\nMüller & Söhne – “Best”,m@b.c\n".encode("cp1252"))

    assert form.encoding == "cp1252"
    assert not form.certain
    assert rows[0].cells[0] == "Müller & Söhne – “Best”"


def test_another_alphabet_is_recognised_and_can_be_corrected(read):
    content = "Имя;Город\nИван Петров;Москва\nМария Сидорова;Казань\nСергей Иванов;Санкт-Петербург\n".encode(
        "cp1251"
    )

    form, rows, _ = read(content, encoding="cp1251")
    guessed, _, _ = read(content)

    assert form.names == ("Имя", "Город")
    assert rows[0].cells == ["Иван Петров", "Москва"]
    assert guessed.encoding == "cp1251"
    assert guessed.perhaps == "cp1252"


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("CafÃ©", "Café"),
        ("MÃ¼ller", "Müller"),
        ("itâ€™s", "it’s"),
        ("CafÃƒÂ©", "Café"),
        ("Café", "Café"),
        ("SÃO PAULO", "SÃO PAULO"),
        ("CAFÉ™", "CAFÉ™"),
        ("山田太郎", "山田太郎"),
        ("Łódź", "Łódź"),
    ],
)
def test_damaged_letters_are_mended_only_where_it_is_certain(damaged, right):
    assert mended(damaged) == right


def test_nul_bytes_are_removed_and_told(read):
    _, rows, repairs = read(b"name,email\nAc\x00me,a@b.c\n")

    assert rows[0].cells == ["Acme", "a@b.c"]
    assert repairs.nul_bytes == 1
    assert "NUL" in repairs.sentences()[0]


def test_titles_above_the_header_are_passed_over(read):
    form, rows, _ = read(b"Customer list 2024\n\nprinted by Ana\nname,email,phone\nA,a@b.c,1\n")

    assert form.names == ("name", "email", "phone")
    assert [(row.number, row.cells) for row in rows] == [(5, ["A", "a@b.c", "1"])]


def test_a_file_without_header_gets_numbered_columns(read):
    form, rows, _ = read(b"Acme,a@b.c,+62 811\nBeta,b@b.c,+62 812\n")

    assert not form.has_header
    assert form.names == ("Column 1", "Column 2", "Column 3")
    assert len(rows) == 2


def test_blank_and_doubled_names_are_made_unique(read):
    form, _, _ = read(b"name,Name,,email,name (2)\nA,B,C,d@e.f,E\n")

    assert form.names == ("name", "Name (2)", "Column 3", "email", "name (2) (2)")


def test_the_header_can_be_corrected(read):
    content = b"name,email\nperson,address\nA,a@b.c\n"

    assert read(content, header=2)[0].names == ("person", "address")
    form, rows, _ = read(content, header=0)
    assert (form.has_header, len(rows)) == (False, 3)
    with pytest.raises(UnreadableFile, match="no line 99"):
        read(content, header=99)


def test_quoted_line_breaks_stay_in_their_cell_and_rows_keep_their_line_numbers(read):
    _, rows, _ = read(b'name,email,address\n"A","a@b.c","Street 1\nCity"\nB,b@b.c,x\n')

    assert [(row.number, row.cells[2]) for row in rows] == [(2, "Street 1\nCity"), (4, "x")]


def test_stray_quotation_marks_are_text_and_swallow_no_rows(read):
    content = b'name,email\n"Acme "Best" Corp",a@b.c\n"Open,b@b.c\n5" pipe,c@b.c\nLast,d@b.c\n'

    _, rows, repairs = read(content)

    assert cells(rows) == [
        ['Acme "Best" Corp', "a@b.c"],
        ['"Open', "b@b.c"],
        ['5" pipe', "c@b.c"],
        ["Last", "d@b.c"],
    ]
    assert repairs.stray_quotes == 2


def test_a_quotation_mark_that_never_closes_does_not_eat_a_long_file(read):
    lines = [f"Company {n},c{n}@b.c" for n in range(5000)]
    lines[10] = '"Company 10,c10@b.c'

    _, rows, _ = read(("name,email\n" + "\n".join(lines)).encode())

    assert len(rows) == 5000
    assert rows[10].cells == ['"Company 10', "c10@b.c"]


def test_short_rows_are_padded_and_long_ones_told(read):
    _, rows, repairs = read(b"name,email,phone\nA,a@b.c\nB,b@b.c,1,2\nC,c@b.c,1,,\n")

    assert cells(rows)[0] == ["A", "a@b.c", ""]
    assert "4 cells" in rows[1].problem
    assert cells(rows)[2] == ["C", "c@b.c", "1"]
    assert repairs.padded_rows == 1


def test_old_line_ends_and_declared_delimiters(read):
    assert cells(read(b"name,email\rA,a@b.c\rB,b@b.c")[1]) == [["A", "a@b.c"], ["B", "b@b.c"]]
    form, rows, _ = read(b"sep=;\r\nname;email\r\nA,Inc;a@b.c\r\n")
    assert (form.delimiter, cells(rows)) == (";", [["A,Inc", "a@b.c"]])


def test_backslashes_before_quotation_marks_as_mysql_writes_them(read):
    assert cells(read(b'name,email\n"A \\"B\\"","a@b.c"\n"C","d@b.c"\n')[1])[0] == ['A "B"', "a@b.c"]


def test_blanks_after_the_delimiter(read):
    assert cells(read(b'name, email\n"A, B", "a@b.c"\n"C", "d@b.c"\n')[1]) == [
        ["A, B", "a@b.c"],
        ["C", "d@b.c"],
    ]


def test_reading_goes_on_after_any_row(read, tmp_path):
    form, rows, _ = read(b"name,email\n" + b"".join(b"C%d,c@b.c\n" % n for n in range(100)))

    later = list(rows_of(tmp_path / "file", form, Repairs(), after=60))

    assert later == rows[60:]


def test_a_form_survives_being_stored(read):
    form, _, _ = read(b"name;email\nA;a@b.c\n")

    assert Form.from_json(form.as_json()) == form


def test_a_line_without_end_is_refused(read):
    with pytest.raises(UnreadableFile, match="32 MB"):
        read(b"name,email\n" + b"x" * (34 << 20))
