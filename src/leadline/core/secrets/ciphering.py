"""Texts closed by AES-256-GCM: `v1.<key>.<base64 of nonce and ciphertext>`.

The purpose is bound in: what stands in one column can't be opened in another.
"""

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leadline.core.secrets.keyring import current_key, derive, keys

_NONCE = 12  # bytes, as GCM wants them


class Undecipherable(ValueError):
    """What stands there was closed by a key that is gone, for another purpose, or was altered."""


def encrypt(text: str, purpose: str) -> str:
    """Close a text for a purpose (`people_factor.secret`), by the newest key; never twice the same."""
    key, nonce = current_key(), os.urandom(_NONCE)
    closed = AESGCM(derive(f"text.{purpose}", key)).encrypt(nonce, text.encode(), purpose.encode())
    return f"v1.{key.id}.{base64.urlsafe_b64encode(nonce + closed).decode()}"


def decrypt(closed: str, purpose: str) -> str:
    """Open what `encrypt` closed for the same purpose. Raises `Undecipherable`."""
    name = key_of(closed)
    key = next((key for key in keys() if key.id == name), None)
    if key is None:
        raise Undecipherable(f"No key of the name {name!r} is in the ring.")
    try:
        whole = base64.urlsafe_b64decode(closed.split(".", 2)[2])
        opened = AESGCM(derive(f"text.{purpose}", key)).decrypt(
            whole[:_NONCE], whole[_NONCE:], purpose.encode()
        )
    except (InvalidTag, ValueError, binascii.Error) as failure:
        raise Undecipherable("This was altered, or closed for another purpose.") from failure
    return opened.decode()


def key_of(closed: str) -> str:
    """The name of the key that closed it. Raises `Undecipherable` for what was never closed."""
    version, _dot, rest = closed.partition(".")
    name, dot, _body = rest.partition(".")
    if version != "v1" or not dot:
        raise Undecipherable("This is not an encrypted text.")
    return name
