"""What an erasure says of the entries it emptied."""

import base64
from collections.abc import Iterable
from hmac import digest as hmac

from leadline.governance.chain.hashing import Keys, UnknownKey, keys_named

Redacted = tuple[str, int, bytes, bytes]  # ledger, entry, digest of what was, digest of what is left
Erased = dict[int, tuple[bytes, bytes, str]]  # entry → both digests, and the key of the second


def digest_of_redactions(keys: Keys, rows: Iterable[Redacted]) -> str:
    """One word for a set of redactions, kept in the event of the erasure, so that none can be forged."""
    said = "\n".join(
        f"{ledger}\t{entry}\t{was.hex()}\t{left.hex()}" for ledger, entry, was, left in sorted(rows)
    )
    return base64.urlsafe_b64encode(hmac(keys.payload, said.encode(), "sha256")).decode().rstrip("=")


def digest_after_erasure(erased: tuple[bytes, bytes, str], payload: bytes, otherwise: bytes) -> bytes:
    """The digest of what was erased, when what stands there now is just what erasing left."""
    digest, left, key = erased
    try:
        return digest if keys_named(key).payload_digest(payload) == left else otherwise
    except UnknownKey:
        return otherwise
