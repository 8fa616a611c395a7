"""The file of a backup: written and read as a stream, so that memory does not grow with it."""

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

from leadline.core.refusals import RuleBroken

FORMAT = 1
PIECE = 8 * 1024 * 1024
ABOUT, DATABASE, FILES, KEYS = "about.json", "database/", "files/", "keys.encrypted"
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
_PLAIN_NAME = re.compile(r"[^\0]{1,1000}")


class Writer:
    """Writes the members one after the other, then the manifest that vouches for them."""

    def __init__(self, file: BinaryIO):
        self._tar = tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 (closed by close)
        self._members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: bytes) -> None:
        """A member that is small enough to be held."""
        self._add(name, io.BytesIO(content), len(content))

    def add_pieces(self, prefix: str, pieces: Iterable[bytes]) -> int:
        """A stream whose length nobody knows yet, as numbered members; returns its length."""
        length = 0
        for number, piece in enumerate(pieces, 1):
            self.add(f"{prefix}{number:06}", piece)
            length += len(piece)
        return length

    def add_file(self, name: str, path: Path) -> int:
        """A file as long as it is now; returns its length."""
        with path.open("rb") as file:
            length = file.seek(0, io.SEEK_END)
            file.seek(0)
            self._add(name, file, length)
        return length

    def close(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Write the manifest and end the archive; without this it counts as broken off."""
        manifest = {"format": FORMAT, **told, "members": self._members}
        content = json.dumps(manifest, indent=1, default=str).encode()
        self.add(MANIFEST, content)
        self.add(SEAL, hashlib.sha256(content).hexdigest().encode())
        self._tar.close()
        return manifest

    def _add(self, name: str, source: IO[bytes], length: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = length, 0o600
        read = _Hashed(source, length)
        self._tar.addfile(member, read)
        self._members[name] = {"size": length, "sha256": read.digest.hexdigest()}


class _Hashed:
    """Reads just so many bytes and digests them; a file that was cut meanwhile is filled up."""

    def __init__(self, source: IO[bytes], length: int):
        self._source, self._left = source, length
        self.digest = hashlib.sha256()

    def read(self, wanted: int = -1) -> bytes:
        wanted = self._left if wanted < 0 else min(wanted, self._left)
        content = self._source.read(wanted).ljust(wanted, b"\0")
        self._left -= len(content)
        self.digest.update(content)
        return content


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Each member with its content, in order; raises `RuleBroken` for what is no whole archive of ours."""
    with _in_words(path), tarfile.open(path, mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            if content is None or not _is_ours(member.name):
                raise RuleBroken(f"{path.name} is no backup of Leadline: it holds “{member.name[:80]}”.")
            yield member.name, content


def verify(path: Path) -> dict[str, Any]:
    """Read the whole archive, compare every digest, and give the manifest; raises `RuleBroken` in words."""
    found: dict[str, dict[str, Any]] = {}
    manifest: bytes = b""
    sealed = ""
    with _in_words(path):
        for name, content in members(path):
            if name == MANIFEST:
                manifest = content.read()
            elif name == SEAL:
                sealed = content.read().decode(errors="replace")
            else:
                found[name] = _measured(content)
    if not sealed:
        raise RuleBroken(f"{path.name} ends too early: it was broken off while it was made or copied.")
    if hashlib.sha256(manifest).hexdigest() != sealed:
        raise RuleBroken(f"{path.name} is damaged: its manifest is not what was written.")
    told: dict[str, Any] = json.loads(manifest)
    _compare(path.name, told["members"], found)
    if told["format"] > FORMAT:
        raise RuleBroken(f"{path.name} was made by a newer Leadline; restore it with that version.")
    return told


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """What can't be read is told as damage; reading goes on in the caller's hands, so there too."""
    try:
        yield
    except (tarfile.TarError, EOFError, OSError) as error:
        raise RuleBroken(f"{path.name} is damaged or no backup of Leadline ({error}).") from None


def _compare(archive: str, wanted: dict[str, Any], found: dict[str, Any]) -> None:
    for name in [*wanted, *found]:
        if wanted.get(name) != found.get(name):
            raise RuleBroken(f"{archive} is damaged: “{name}” is not what was written. Take another backup.")


def _measured(content: IO[bytes]) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    while piece := content.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return {"size": size, "sha256": digest.hexdigest()}


def _is_ours(name: str) -> bool:
    """A plain name, or one below the two folders, that leads nowhere else."""
    if name in (ABOUT, KEYS, MANIFEST, SEAL):
        return True
    parts = name.split("/")
    return (
        name.startswith((DATABASE, FILES))
        and len(parts) > 1
        and all(part not in ("", ".", "..") and _PLAIN_NAME.fullmatch(part) for part in parts)
    )
