import gzip
import zipfile

import pytest

from leadline.imports.reading.kinds import Kind, kind_of
from leadline.imports.reading.unreadable import UnreadableFile


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "nothing but blanks"),
        (gzip.compress(b"name,email\n", mtime=0), "gzip"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x7fELF" + bytes(100), "ELF"),
        (bytes(range(1, 256)) * 40, "binary"),
        (bytes(1000), "binary"),
        (b"<html><table><tr><td>Name", "web page"),
        (b'<?xml version="1.0"?><Workbook>', "XML"),
        (b'[{"name": "Acme"}]', "JSON"),
        (b"PK\x03\x04 torn", "damaged"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "WordDocument".encode("utf-16-le"),
            "without a sheet",
        ),
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path, content, words):
    path = tmp_path / "customers.csv"
    path.write_bytes(content)

    with pytest.raises(UnreadableFile, match=words):
        kind_of(path)


def test_a_zip_of_something_else_is_no_workbook(tmp_path):
    path = tmp_path / "customers.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("customers.csv", "name,email\n")

    with pytest.raises(UnreadableFile, match="ZIP archive"):
        kind_of(path)


def test_the_name_of_the_file_does_not_matter(tmp_path):
    path = tmp_path / "customers.xlsx"
    path.write_text("name,email\nAcme,a@acme.example\n")

    assert kind_of(path) is Kind.TEXT


def test_a_few_nul_bytes_do_not_make_a_text_binary(tmp_path):
    path = tmp_path / "customers.csv"
    path.write_bytes(b"name,email\nAc\x00me,a@acme.example\n" * 20)

    assert kind_of(path) is Kind.TEXT
