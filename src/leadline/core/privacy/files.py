"""Files that name a person: texts in the encodings that people use, and workbooks (ZIP)."""

import codecs
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

PORTION = 1 << 20
MOST_INSIDE = 1 << 30  # bytes of a packed part that are looked at
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")


def names_person(path: Path, words: Sequence[str]) -> bool:
    """Whether a file holds one of the words, whatever the case of its Latin letters."""
    needles = _needles(words)
    return bool(needles) and _names(path, needles)


def is_readable(path: Path) -> bool:
    """Whether words are found in a file: a text or a workbook, no PDF, picture or other document."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return any(part.filename.startswith("xl/") for part in packed.infolist())
    with path.open("rb") as file:
        sample = file.read(PORTION)
    is_text = b"\0" not in sample or sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return is_text and not sample.startswith(b"%PDF")


def files_naming(folder: Path, words: Sequence[str]) -> Iterator[Path]:
    """The files below a folder that hold one of the words, whatever the case of its Latin letters."""
    needles = _needles(words)
    if needles and folder.exists():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and _names(path, needles):
                yield path


def _needles(words: Sequence[str]) -> list[bytes]:
    return sorted({written for word in words for written in _written(word)})


def _names(path: Path, needles: Sequence[bytes]) -> bool:
    with path.open("rb") as file:
        if _holds(file, needles):
            return True
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as packed:
        return any(_part_holds(packed, part, needles) for part in packed.infolist())


def _part_holds(packed: zipfile.ZipFile, part: zipfile.ZipInfo, needles: Sequence[bytes]) -> bool:
    with packed.open(part) as file:
        return _holds(file, needles)


def _holds(file: IO[bytes], needles: Sequence[bytes]) -> bool:
    overlap, kept, read = max(map(len, needles)), b"", 0
    while read < MOST_INSIDE and (portion := file.read(PORTION)):
        seen = kept + portion.lower()
        if any(needle in seen for needle in needles):
            return True
        kept, read = seen[-overlap:], read + len(portion)
    return False


def _written(word: str) -> set[bytes]:
    forms = {word, word.lower(), word.upper()}
    return {form.encode(encoding, "ignore").lower() for form in forms for encoding in ENCODINGS} - {b""}
