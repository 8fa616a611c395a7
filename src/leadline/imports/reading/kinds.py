"""What a file is, by its content; the ending of its name is not asked."""

from __future__ import annotations

import mmap
import re
import zipfile
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from leadline.imports.reading.unreadable import UnreadableFile

SAMPLE_BYTES = 65_536
TEXT_CONTROLS = bytes(
    {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x0E, 0x0F, *range(0x10, 0x1A), 0x1B, 0x7F}
)


class Kind(StrEnum):
    TEXT = "text"
    WORKBOOK = "workbook"
    CARDS = "cards"


def kind_of(path: Path) -> Kind:
    """Text, workbook or contact cards; anything else is refused by name, with the way out."""
    with path.open("rb") as file:
        start = file.read(SAMPLE_BYTES)
    if not start:
        raise UnreadableFile(_("The file is empty."))
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _kind_of_archive(path)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _kind_of_old_office_file(path)
    if is_cards(start):
        return Kind.CARDS
    _refuse_known_formats(start)
    _refuse_known_texts(start)
    if is_binary(start):
        raise UnreadableFile(_("This is not a table: the file holds binary data. Save it as CSV or XLSX."))
    if not start.strip(b"\x00\xff\xfe\xef\xbb\xbf \t\r\n\x0b\x0c") and path.stat().st_size <= SAMPLE_BYTES:
        raise UnreadableFile(_("The file holds nothing but blanks."))
    return Kind.TEXT


def is_cards(start: bytes) -> bool:
    """Whether bytes begin as a contact card does, in one byte or two for a letter."""
    plain = start[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return plain.startswith(b"begin:vcard")


def is_binary(start: bytes) -> bool:
    """Whether bytes are no text in any usual encoding; NULs between letters (UTF-16, damage) are still
    text."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = len(start) - len(start.translate(None, TEXT_CONTROLS))
    if controls > len(start) * 0.04:
        return True
    return start.count(0) > len(start) * 0.2 and not looks_like_utf16(start)


def looks_like_utf16(start: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` if the NULs of a text without a mark stand where that encoding puts them."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    pairs = max(len(start) // 2, 1)
    if max(even, odd) < pairs * 0.1 or min(even, odd) > max(even, odd) * 0.1:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = start[: pairs * 2 - 4].decode(encoding, errors="strict")
    except UnicodeDecodeError:
        return None
    return encoding if not text or any(sign in text for sign in "\r\n,;\t|") or text.isprintable() else None


FORMATS: list[tuple[bytes, str]] = [
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
]
DOCUMENTS: list[tuple[bytes, str]] = [
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "RIFF"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"PAR1", "Parquet"),
]


def _refuse_known_formats(start: bytes) -> None:
    for mark, name in FORMATS:
        if start.startswith(mark):
            raise UnreadableFile(
                _("The file is compressed (%(format)s). Unpack it and upload what is inside.")
                % {"format": name}
            )
    for mark, name in DOCUMENTS:
        if start.startswith(mark):
            raise UnreadableFile(
                _("This is no table but a file of the kind %(format)s. Export the rows as CSV or XLSX.")
                % {"format": name}
            )


def _refuse_known_texts(start: bytes) -> None:
    """Texts that are not tables, told by how they begin."""
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:2000].lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table")):
        raise UnreadableFile(
            _(
                "This is a web page, even if its name ends in .xls. Open it in a spreadsheet and"
                " save it as XLSX or CSV."
            )
        )
    if head.startswith(b"<?xml"):
        raise UnreadableFile(_("This is an XML file. Open it in a spreadsheet and save it as XLSX or CSV."))
    if re.match(rb'(\{\s*"|\[\s*\{\s*")', head):
        raise UnreadableFile(_("This is JSON. Export the rows as CSV or XLSX, or send them to the API."))


def _kind_of_archive(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename for info in archive.infolist()[:20_000]}
    # A RuntimeError (one kind of it) is what zipfile raises for a version of ZIP that it can not read.
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, OverflowError) as error:
        raise UnreadableFile(
            _("The file is damaged: it begins like a workbook but can't be opened.")
        ) from error
    lower = {name.lower() for name in names}
    if {"xl/workbook.xml", "xl/workbook.bin"} & lower:
        return Kind.WORKBOOK
    if "content.xml" in lower and "mimetype" in lower:
        return Kind.WORKBOOK
    if "word/document.xml" in lower:
        raise UnreadableFile(
            _("This is a Word document. Copy the table into a spreadsheet and save it as XLSX or CSV.")
        )
    raise UnreadableFile(_("This is a ZIP archive. Unpack it and upload the CSV or XLSX file inside."))


def _kind_of_old_office_file(path: Path) -> Kind:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise UnreadableFile(
                _("The workbook is protected by a password. Save it without one and upload it again.")
            )
        if any(content.find(name.encode("utf-16-le")) >= 0 for name in ("Workbook", "Book")):
            return Kind.WORKBOOK
    raise UnreadableFile(_("This is an old Office document without a sheet. Save the table as XLSX or CSV."))
