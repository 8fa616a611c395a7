"""The keys of this installation, newest first: `id:base64` of 32 bytes each, one a line.

They come from LEADLINE_KEYS (several machines, one installation) or the file `keys` in the data folder. Where
neither is there, the first key is made: from LEADLINE_SECRET_KEY where that is given, as all machines of an
installation share it, by chance otherwise.
"""

import base64
import binascii
import hashlib
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SIZE = 32  # bytes: AES-256
_LINE = re.compile(r"([a-z0-9]{1,16}):([A-Za-z0-9+/=]+)")


@dataclass(frozen=True)
class Key:
    """A key and the name by which what it closed remembers it."""

    id: str
    secret: bytes

    def __repr__(self) -> str:
        return f"<Key {self.id}>"  # never the secret: this ends up in traces


def keys() -> tuple[Key, ...]:
    """All keys, the one that closes what is new first. Raises `ImproperlyConfigured` for a damaged ring."""
    given = os.environ.get("LEADLINE_KEYS", "")
    return _parsed(given, "LEADLINE_KEYS") if given.strip() else _kept(Path(settings.LEADLINE_DATA) / "keys")


def current_key() -> Key:
    """The key that closes what is new."""
    return keys()[0]


def derive(purpose: str, key: Key | None = None) -> bytes:
    """32 bytes for one purpose, from a key of the ring (the current one): a purpose can't open another's."""
    return _derived(purpose, key or current_key())


def new_key() -> Key:
    """A key by chance, named by its fingerprint."""
    return _named(secrets.token_bytes(SIZE))


def written(ring: tuple[Key, ...]) -> str:
    """The ring as it stands in its file or in LEADLINE_KEYS."""
    return "".join(f"{key.id}:{base64.b64encode(key.secret).decode()}\n" for key in ring)


def keep(ring: tuple[Key, ...]) -> None:
    """Write the ring to its file, whole or not at all, for the owner's eyes only."""
    place = Path(settings.LEADLINE_DATA) / "keys"
    beside = place.with_name(f"keys.{secrets.token_hex(4)}")
    _write(beside, written(ring))
    beside.replace(place)
    _read.cache_clear()


@cache
def _derived(purpose: str, key: Key) -> bytes:
    return HKDF(SHA256(), SIZE, salt=None, info=f"leadline.{purpose}".encode()).derive(key.secret)


def _kept(place: Path) -> tuple[Key, ...]:
    try:
        return _read(place, place.stat().st_mtime_ns)
    except FileNotFoundError:
        _make(place)
        return _read(place, place.stat().st_mtime_ns)


@cache
def _read(place: Path, _changed_at: int) -> tuple[Key, ...]:
    return _parsed(place.read_text(), str(place.name))


def _make(place: Path) -> None:
    """Of two processes that start at once, the file of one holds: a link appears whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    given = os.environ.get("LEADLINE_SECRET_KEY", "")
    first = _named(hashlib.scrypt(given.encode(), salt=b"leadline.keys", n=2**14, r=8, p=1, dklen=SIZE))
    beside = place.with_name(f"keys.{secrets.token_hex(4)}")
    _write(beside, written((first if given else new_key(),)))
    with suppress(FileExistsError):
        os.link(beside, place)
    beside.unlink()


def _write(place: Path, text: str) -> None:
    with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _named(secret: bytes) -> Key:
    return Key(hashlib.sha256(b"leadline.key-id" + secret).hexdigest()[:8], secret)


@cache
def _parsed(text: str, place: str) -> tuple[Key, ...]:
    ring = tuple(_key(line, place) for line in re.split(r"[\s,]+", text.strip()) if line)
    if not ring or len({key.id for key in ring}) < len(ring):
        raise ImproperlyConfigured(f"{place} holds no key, or two of one name.")
    return ring


def _key(line: str, place: str) -> Key:
    found = _LINE.fullmatch(line)
    secret = b""
    with suppress(binascii.Error):
        secret = base64.b64decode(found[2]) if found else b""
    if not found or len(secret) != SIZE:
        # Never the line itself: a mistyped key is still nearly the key.
        raise ImproperlyConfigured(f"{place}: each line is a name, a colon and 32 bytes in base64.")
    return Key(found[1], secret)
