"""Hashes with keys that are not in the database: whoever only holds that can't make them anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hmac import digest as hmac
from typing import Any

from leadline.core.secrets import Key, current_key, derive, keys

NOTHING = b"\\N"  # how a line says NULL
START = b"\x00" * 32
MARK = 4  # bytes


@dataclass(frozen=True)
class Keys:
    """The keys of one generation, one for each purpose; `id` is remembered by what they closed."""

    id: str
    chain: bytes
    payload: bytes
    mark: bytes
    seal: bytes

    def entry(self, before: bytes, head: bytes, payload_digest: bytes) -> bytes:
        """The chain's value after an entry: over the value before, and the entry's bytes."""
        return hmac(self.chain, b"%b%b\t%b" % (before, head, payload_digest), "sha256")

    def payload_digest(self, payload: bytes) -> bytes:
        """What stands for a payload in its entry, so that the payload can be erased."""
        return NOTHING if payload == NOTHING else hmac(self.payload, payload, "sha256")

    def marked(self, words: bytes) -> bytes:
        """Four bytes that tell whether a row is what it was."""
        return hmac(self.mark, words, "sha256")[:MARK]

    def sealed(self, before: bytes, seal: Mapping[str, Any]) -> bytes:
        """The hash of a seal: over the hash of the one before, and all that it says."""
        said = "\t".join(f"{name}={_said(value)}" for name, value in seal.items())
        return hmac(self.seal, before + said.encode(), "sha256")


class UnknownKey(Exception):
    """A seal was made with a key that is not in the ring any more."""


def current_keys() -> Keys:
    """The keys that seal what is new."""
    return _keys(current_key())


def keys_named(key_id: str) -> Keys:
    """The keys with which something was sealed. Raises `UnknownKey`."""
    for key in keys():
        if key.id == key_id:
            return _keys(key)
    raise UnknownKey(key_id)


def taken_apart(line: bytes) -> tuple[int, bytes, bytes]:
    """A line as id, all but the payload, and the payload."""
    head, _tab, payload = line.rpartition(b"\t")
    return int(head.split(b"\t", 3)[2]), head, payload


def without_id(head: bytes) -> bytes:
    """The bytes of an entry but its id, by which one that changed places is known again."""
    actor, via, _id, rest = head.split(b"\t", 3)
    return b"\t".join((actor, via, rest))


@cache
def _keys(key: Key) -> Keys:
    return Keys(
        key.id, *(derive(f"audit.{purpose}", key) for purpose in ("chain", "payload", "mark", "seal"))
    )


def _said(value: Any) -> str:
    return value.hex() if isinstance(value, bytes | memoryview) else str(value)
