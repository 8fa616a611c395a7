"""The files that were brought: kept under LEADLINE_DATA/files/imports by a name of our own, never by
theirs."""

import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from leadline.imports.importables import Importable
from leadline.imports.reading import vcards
from leadline.imports.reading.kinds import Kind, kind_of
from leadline.imports.reading.tables import Form, find_form
from leadline.imports.reading.unreadable import UnreadableFile
from leadline.imports.reading.workbooks import Workbook, convert

LARGEST = 1 << 30


@dataclass(frozen=True)
class Kept:
    """A file in our folder."""

    name: str
    stored_as: str
    size: int

    @property
    def path(self) -> Path:
        return folder() / self.stored_as


@dataclass(frozen=True)
class Look:
    """What a file turned out to be, and how it is read."""

    form: Form
    workbook: Workbook | None = None


def folder() -> Path:
    """Where brought files lie; made when first needed, for nobody else to read."""
    path = Path(settings.LEADLINE_DATA) / "files" / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(chunks: Iterable[bytes], name: str) -> Kept:
    """Write a file as it arrives; refuses more than 1 GB."""
    kept = Kept(_plain(name), secrets.token_hex(16), 0)
    size = 0
    try:
        with kept.path.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    raise UnreadableFile(_("The file is larger than 1 GB. Split it and import the parts."))
                file.write(chunk)
    except BaseException:
        remove(kept.path)
        raise
    return Kept(kept.name, kept.stored_as, size)


def keep_copy(path: Path) -> Kept:
    """Take a copy of a file on this machine."""
    if not path.is_file():
        raise UnreadableFile(_("There is no file “%(path)s”.") % {"path": path})
    if path.stat().st_size > LARGEST:
        raise UnreadableFile(_("The file is larger than 1 GB. Split it and import the parts."))
    kept = Kept(_plain(path.name), secrets.token_hex(16), path.stat().st_size)
    shutil.copyfile(path, kept.path)
    return kept


def look_at(path: Path, kind: Importable, **chosen: Any) -> Look:
    """Find out what a file is and how to read it; what a person chose is kept. Raises `UnreadableFile`."""
    known = kind.known_words()
    found = kind_of(path)
    if found is Kind.TEXT:
        return Look(find_form(path, known, **chosen))
    target = path.with_suffix(".sheet")
    if found is Kind.CARDS:
        if not kind.takes_cards:
            raise UnreadableFile(_("These are contact cards (vCard). Import them as contacts."))
        workbook = vcards.convert(path, target, str(chosen.get("encoding") or ""))
        return Look(
            find_form(target, known, sheet=True, encoding="utf-8", delimiter=",", quote='"', header=1),
            workbook,
        )
    workbook = convert(path, target, str(chosen.get("sheet") or ""))
    form = find_form(
        target, known, sheet=True, encoding="utf-8", delimiter=",", quote='"', header=chosen.get("header")
    )
    return Look(form, workbook)


def remove(path: Path) -> None:
    """Remove a file and the sheet made from it."""
    path.unlink(missing_ok=True)
    path.with_suffix(".sheet").unlink(missing_ok=True)


def _plain(name: str) -> str:
    """A name to show: its last part, without what is no letter."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[-200:] or "file"
