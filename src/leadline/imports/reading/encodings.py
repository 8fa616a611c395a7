"""Text from bytes: marks first, then strict UTF-8, then Windows-1252, line by line where a file mixes
them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import charset_normalizer
import ftfy.bad_codecs  # noqa: F401  (registers sloppy-windows-1252, which reads every byte)
from django.utils.translation import gettext as _
from ftfy.badness import is_bad

from leadline.imports.reading.kinds import SAMPLE_BYTES, looks_like_utf16
from leadline.imports.reading.unreadable import UnreadableFile

WESTERN = "sloppy-windows-1252"
CHUNK_BYTES = 1 << 20
LONGEST_LINE = 32 << 20

# What a person may choose; the first is what is tried by itself.
CHOICES = {
    "utf-8": "Unicode (UTF-8)",
    "cp1252": "Western (Windows-1252)",
    "utf-16-le": "Unicode (UTF-16)",
    "utf-16-be": "Unicode (UTF-16, big-endian)",
    "utf-32": "Unicode (UTF-32)",
    "cp1250": "Central European (Windows-1250)",
    "cp1251": "Cyrillic (Windows-1251)",
    "koi8-r": "Cyrillic (KOI8-R)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1255": "Hebrew (Windows-1255)",
    "cp1256": "Arabic (Windows-1256)",
    "cp1258": "Vietnamese (Windows-1258)",
    "iso8859-15": "Western (ISO 8859-15)",
    "mac-roman": "Western (Macintosh)",
    "cp850": "Western (DOS)",
    "cp932": "Japanese (Shift JIS)",
    "euc_jp": "Japanese (EUC)",
    "gb18030": "Chinese (GB 18030)",
    "big5": "Chinese (Big5)",
    "cp949": "Korean (Windows-949)",
    "cp874": "Thai (Windows-874)",
}
MARKS = [
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
]


@dataclass(frozen=True)
class Guess:
    """The encoding we would read a file by, whether that is certain, and what else it may be."""

    encoding: str
    certain: bool
    perhaps: str = ""


@dataclass
class Repairs:
    """What had to be done to a text to read it; told to the person, never kept quiet."""

    nul_bytes: int = 0
    western_lines: int = 0
    unreadable_signs: int = 0
    mended_cells: int = 0
    padded_rows: int = 0
    stray_quotes: int = 0

    def sentences(self) -> list[str]:
        told = [
            (self.nul_bytes, _("NUL bytes removed: %(n)s.")),
            (self.western_lines, _("Lines that were not UTF-8 and were read as Windows-1252: %(n)s.")),
            (self.unreadable_signs, _("Signs that can't be read in this encoding and show as �: %(n)s.")),
            (self.mended_cells, _("Cells with damaged letters (such as “CafÃ©”) that were mended: %(n)s.")),
            (self.padded_rows, _("Rows shorter than the header, whose missing cells count as empty: %(n)s.")),
            (self.stray_quotes, _("Rows with stray quotation marks, which were kept as text: %(n)s.")),
        ]
        return [sentence % {"n": count} for count, sentence in told if count]


def guess_encoding(path: Path) -> Guess:
    """By mark, by where NULs stand, by strict UTF-8 over the sample; else Western, unless most letters say
    otherwise."""
    with path.open("rb") as file:
        start = file.read(SAMPLE_BYTES * 4)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return Guess(encoding, certain=True)
    if unmarked := looks_like_utf16(start):
        return Guess(unmarked, certain=True)
    whole = start[: start.rfind(b"\n") + 1] or start
    try:
        codecs.getincrementaldecoder("utf-8")().decode(whole)
        return Guess("utf-8", certain=True)
    except UnicodeDecodeError:
        return _guess_without_unicode(whole)


def _guess_without_unicode(start: bytes) -> Guess:
    """A second opinion is applied only where Windows-1252 would make nearly every letter an accented one."""
    valid = [line for line in start.split(b"\n") if not line.isascii() and _is_utf8(line)]
    doubtful = b"\n".join(line for line in start.split(b"\n") if not line.isascii() and not _is_utf8(line))
    opinion = charset_normalizer.from_bytes(doubtful[:20_000]).best()
    perhaps = _chooseable(opinion.encoding) if opinion else ""
    high = len(re.findall(rb"[\x80-\xff]", doubtful))
    letters = high + len(re.findall(rb"[A-Za-z]", doubtful))
    if perhaps not in ("", "cp1252") and not valid and high > 20 and high > letters * 0.4:
        return Guess(perhaps, certain=False, perhaps="cp1252")
    return Guess(
        "utf-8" if valid else "cp1252", certain=False, perhaps="" if perhaps == "cp1252" else perhaps
    )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _chooseable(name: str) -> str:
    wanted = codecs.lookup(name).name
    for choice in CHOICES:
        if codecs.lookup(choice).name == wanted:
            return choice
    return {"shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949"}.get(wanted, "")


def text_of(path: Path, encoding: str, repairs: Repairs) -> Iterator[str]:
    """The text of a file in pieces that end where a line ends; constant memory, never a decoding error."""
    if encoding not in CHOICES:
        raise UnreadableFile(_("The encoding “%(name)s” is not known here.") % {"name": encoding})
    if encoding in ("utf-8", "cp1252"):
        pieces = _lines_of_bytes(path, encoding, repairs)
    else:
        pieces = _pieces_by_decoder(path, encoding, repairs)
    for piece in pieces:
        if "\x00" in piece:
            repairs.nul_bytes += piece.count("\x00")
            piece = piece.replace("\x00", "")
        yield piece


def _lines_of_bytes(path: Path, encoding: str, repairs: Repairs) -> Iterator[str]:
    with path.open("rb") as file:
        rest = file.read(3).removeprefix(b"\xef\xbb\xbf")
        while True:
            chunk = file.read(CHUNK_BYTES)
            rest += chunk
            if not chunk:
                break
            cut = max(rest.rfind(b"\n"), rest.rfind(b"\r", 0, len(rest) - 1)) + 1
            if cut:
                yield _decode(rest[:cut], encoding, repairs)
                rest = rest[cut:]
            elif len(rest) > LONGEST_LINE:
                raise _line_too_long()
        if rest:
            yield _decode(rest, encoding, repairs)


def _decode(piece: bytes, encoding: str, repairs: Repairs) -> str:
    if encoding == "cp1252":
        return piece.decode(WESTERN)
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(_decode_line(line, repairs) for line in piece.splitlines(keepends=True))


def _decode_line(line: bytes, repairs: Repairs) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        repairs.western_lines += 1
        return line.decode(WESTERN)


def _pieces_by_decoder(path: Path, encoding: str, repairs: Repairs) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    rest = ""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            text = decoder.decode(chunk)
            repairs.unreadable_signs += text.count("�")
            rest += text
            cut = max(rest.rfind("\n"), rest.rfind("\r", 0, len(rest) - 1)) + 1
            if cut:
                yield rest[:cut].removeprefix("\ufeff")
                rest = rest[cut:]
            elif len(rest) > LONGEST_LINE:
                raise _line_too_long()
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest.removeprefix("\ufeff")


def _line_too_long() -> UnreadableFile:
    return UnreadableFile(_("The file has a line of more than 32 MB: this is no table of rows."))


# UTF-8 read as Windows-1252 always shows one of these before its other letters.
SUSPECT = re.compile("[ÂÃâÄÅÆÇÈÉÊËÎÏÐÑØÙÚðãåæçèéï][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def mended(cell: str) -> str:
    """A cell whose UTF-8 was once read as Windows-1252, read rightly; any other cell as it is.

    Only where it is certain: every letter must fit back into UTF-8 and the cell must look damaged."""
    for _again in range(3):
        if not SUSPECT.search(cell) or not is_bad(cell):
            return cell
        try:
            cell = cell.encode(WESTERN).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return cell
    return cell
