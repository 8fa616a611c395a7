"""Files that nobody would wish for; each gets an answer (issue 2, "Bad input").

For each: what it is, its bytes, and what comes of it: rows created, and rows told.
"""

import gzip
import io
import zipfile

import pytest
import xlsxwriter

from leadline.customers.models import Customer
from leadline.imports.models import Import
from leadline.imports.reading.unreadable import UnreadableFile
from leadline.imports.rejected import rejected_rows

H = "name,email,phone,address\n"
A = "Acme,info@acme.example,+62 811 1234 567,Jakarta\n"
B = "Beta,info@beta.example,,Bandung\n"

READ = [
    ("a header alone", H, 0, 0),
    ("no header", "Acme,info@acme.example\nBeta,info@beta.example\n", 2, 0),
    ("a wrong ending of the name", H + A, 1, 0),
    ("no line end at the end", H + A.strip(), 1, 0),
    ("old Macintosh line ends", (H + A + B).replace("\n", "\r"), 2, 0),
    ("mixed line ends", H + A.replace("\n", "\r\n") + B, 2, 0),
    ("UTF-8 with a mark", "\ufeff" + H + A, 1, 0),
    ("UTF-16 with a mark", (H + A).encode("utf-16"), 1, 0),
    ("UTF-16 without a mark", (H + A).encode("utf-16-le"), 1, 0),
    ("UTF-16, the big end first", (H + A).encode("utf-16-be"), 1, 0),
    ("UTF-32", (H + A).encode("utf-32"), 1, 0),
    ("Windows-1252", (H + A.replace("Acme", "Müller & Söhne")).encode("cp1252"), 1, 0),
    ("two encodings in one file", (H + "Café" + A[4:]).encode() + ("Käse" + B[4:]).encode("cp1252"), 2, 0),
    ("half a letter at the end", (H + A).encode() + b"Caf\xc3", 1, 1),
    ("NUL bytes", H + A.replace("Ac", "A\x00c"), 1, 0),
    ("control signs", H + A.replace("Ac", "A\x07c\x1b"), 1, 0),
    ("doubled and blank names", "name,name,,email\nAcme,x,y,info@acme.example\n", 1, 0),
    ("short rows", H + "Acme,info@acme.example\nBeta\n", 1, 1),
    ("long rows", H + A.strip() + ",more,and more\n" + B, 1, 1),
    ("rows of delimiters alone", H + ",,,\n" + A + ",,,\n", 1, 0),
    ("blank lines", H + "\n\n" + A + "\n", 1, 0),
    ("quoted line breaks", H + '"Acme","info@acme.example","","Street 1\nCity"\n' + B, 2, 0),
    ("stray quotes", H + '"Acme "Best"",info@acme.example,,\n"Open,open@acme.example,,x\n' + B, 3, 0),
    ("a quote that never closes", H + A + '"Beta,info@beta.example,,x', 2, 0),
    ("titles above the header", "Our customers\n\n" + H + A, 1, 0),
    ("formulas", H + '=cmd|\' /C calc\'!A0,info@acme.example,,@SUM(1)\n', 1, 0),
    ("markup and script", H + "<script>alert(1)</script>,info@acme.example,,<img src=x onerror=y>\n", 1, 0),
    ("SQL", H + "Robert'); DROP TABLE customers_customer;--,info@acme.example,,\n", 1, 0),
    ("templates", H + "{{ 7*7 }},info@acme.example,,{% include 'x' %}\n", 1, 0),
    ("orders to a program", "name,email,Action\nAcme,info@acme.example,delete\n", 1, 0),
    ("a name of 10,000 letters", H + "x" * 10_000 + ",info@acme.example,,\n" + B, 1, 1),
    ("an address of 300 letters", H + f"Acme,{'x' * 300}@acme.example,,\n" + B, 1, 1),
    ("no addresses", H + "Acme,,,\nBeta,none,,\n" + A, 1, 2),
    ("phones nobody understands", H + "Acme,info@acme.example,after five,\n", 1, 0),
    ("emoji and right-to-left", H + "🚀 شركة,info@acme.example,,عمان\n", 1, 0),
    ("the same row a hundred times", H + A * 100, 1, 0),
    ("a thousand columns", "name,email" + ",x" * 1000 + "\nAcme,a@b.example" + "," * 1000 + "\n", 1, 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "created", "told"), [case[1:] for case in READ], ids=[case[0] for case in READ]
)
def test_what_can_be_read_is_read_and_the_rest_is_told(bring, run, content, created, told):
    name = "list.xlsx" if content == H + A else "list.csv"
    brought = run(bring(content, name=name))

    assert brought.counts.get("created", 0) == created
    assert len(list(rejected_rows(brought))) == brought.counts.get("rejected", 0) == told
    names = ("created", "updated", "skipped", "rejected")
    assert sum(brought.counts.get(one, 0) for one in names) == brought.study["rows"]
    assert all(row.reason for row in rejected_rows(brought))
    assert Customer.objects.count() == created


def archive(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    return content.getvalue()


def workbook(fill):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        fill(book.add_worksheet())
    return content.getvalue()


def far_out(sheet):
    sheet.write(0, 0, "name")
    sheet.write(1_048_575, 16_383, "x")


REFUSED = [
    ("nothing", b"", "empty"),
    ("blanks", b" \r\n \t ", "blanks"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
    ("a program", b"\x7fELF" + bytes(range(256)), "ELF"),
    ("noise", bytes(range(256)) * 50, "binary"),
    ("NULs", bytes(5000), "binary"),
    ("gzip", gzip.compress((H + A).encode()), "gzip"),
    ("ZIP", archive(**{"list.csv": H + A}), "ZIP archive"),
    ("a torn workbook", b"PK\x03\x04" + b"x" * 500, "damaged"),
    ("a web page called xls", b"<html><table><tr><td>Acme", "web page"),
    (
        "a bomb",
        archive(**{"xl/workbook.xml": "x", "xl/worksheets/sheet1.xml": bytes(100 << 20)}),
        "unpack to more",
    ),
    ("a workbook without rows", workbook(lambda sheet: None), "no sheet with rows"),
    ("a billion cells", workbook(far_out), "more cells than can be held"),
    ("one line without end", b"name,email\n" + b"x" * (33 << 20), "32 MB"),
    ("three thousand columns", (",".join(f"c{n}" for n in range(3000)) + "\n").encode(), "3000 columns"),
]


@pytest.mark.parametrize(
    ("content", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_is_no_table_is_refused_in_words_and_not_kept(bring, settings, content, words):
    with pytest.raises(UnreadableFile, match=words):
        bring(content)

    assert not Import.objects.exists()
    assert not list((settings.LEADLINE_DATA / "files" / "imports").iterdir())


def test_a_name_that_leads_elsewhere_is_only_a_name(bring, settings):
    brought = bring(H + A, name="../../../etc/cron.d/evil\x00.csv")

    assert brought.file_name == "evil.csv"
    assert brought.path.parent == settings.LEADLINE_DATA / "files" / "imports"
