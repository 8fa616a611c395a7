"""Against files: on their way in by whatever name, on their way out as formulas (CUS-8, CUS-12)."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leadline.core.jobs import Job, result_path
from leadline.core.lists import Selection
from leadline.customers.exporting import start_export
from leadline.timeline.files import folder
from leadline.timeline.models import Attachment

# Name and content of a file that somebody attaches.
NAMED = [
    ("../../../etc/cron.d/x", b"* * * * * root id"),
    ("..\\..\\windows\\x.bat", b"del"),
    ("invoice.pdf.exe", b"MZ"),
    ("page.html", b"<script>alert(1)</script>"),
    ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("both.gif", b"GIF89a/*<script>*/=alert(1)//"),
    ("a\r\nSet-Cookie: x=y.txt", b"x"),
    ('a"; filename="evil.html', b"<html>"),
    ("\u202efdp.exe", b"MZ"),
    ("\x00.html", b"<html>"),
    ("n" * 500 + ".txt", b"x"),
]
FORMULAS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd|x",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    '=HYPERLINK("http://x","y")',
]


@pytest.mark.parametrize(("name", "content"), NAMED, ids=range(len(NAMED)))
def test_an_attached_file_is_only_ever_a_download(cast, as_, make, name, content):
    """It lies in our folder under a name of ours, and comes back as bytes that no browser runs."""
    rosa = as_(cast.rosa)
    note = make.note(make.customer(cast.rosa), author=cast.rosa)
    file = SimpleUploadedFile("x", content, content_type="text/html")
    file._name = name  # what a hostile program sends; the framework's own setter would tidy it

    from leadline.core.actions import Actor
    from leadline.timeline.actions import attach_file

    attach_file(note, file, by=Actor(cast.rosa))
    kept = Attachment.objects.get()
    answer = rosa.get(f"/attachments/{kept.pk}")

    assert (folder() / kept.path).resolve().is_relative_to(folder().resolve())
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not {"/", "\\", "\r", "\n", "\x00", '"'} & set(kept.name)
    assert len(kept.name) <= 200
    assert "Set-Cookie" not in answer.headers


def test_a_file_of_somebody_else_is_not_there(cast, as_, make):
    from leadline.core.actions import Actor
    from leadline.timeline.actions import attach_file

    note = make.note(make.customer(cast.rosa), author=cast.rosa)
    attach_file(note, SimpleUploadedFile("x.txt", b"x"), by=Actor(cast.rosa))
    kept = Attachment.objects.get()

    assert as_(cast.otto).get(f"/attachments/{kept.pk}").status_code == 404
    assert as_(cast.otto).post(f"/attachments/{kept.pk}/remove").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_exported_cell_starts_a_formula(cast, by, make, settle, form):
    """In each column that takes such a text."""
    for place, formula in enumerate(FORMULAS):
        make.customer(cast.rosa, name=f"N{place}", city=formula, description=formula, industry=formula)
    columns = ["name", "city", "description", "industry"]
    start_export(Selection("customer"), columns=columns, form=form, by=by(cast.ada))
    settle()

    for job in Job.objects.filter(kind="core.export"):
        path = result_path(job)
        if form == "csv":
            rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
        else:
            import zipfile

            with zipfile.ZipFile(path) as book:
                assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
            from python_calamine import CalamineWorkbook

            rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        assert len(rows) == len(FORMULAS) + 1
        cells = [str(cell) for row in rows[1:] for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+-@\t\r＝＋－＠" and cell]
