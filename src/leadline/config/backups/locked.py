"""The keys in a backup: encrypted by a passphrase, or in a file beside it that is kept elsewhere."""

import base64
import json
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from leadline.core.refusals import RuleBroken

# What stands in the data folder and opens what is encrypted in the database, or signs its cookies.
KEY_FILES = ("secret-key", "keys")
_MARK = b"leadline keys 1\n"


def keys_of(data: Path) -> dict[str, str]:
    """The keys that this installation keeps in files; none where the environment gives them."""
    return {name: (data / name).read_text() for name in KEY_FILES if (data / name).is_file()}


def closed(keys: dict[str, str], passphrase: str) -> bytes:
    """The keys, to be opened by the passphrase alone (AES-256-GCM, scrypt)."""
    salt, nonce = os.urandom(16), os.urandom(12)
    text = AESGCM(_key(passphrase, salt)).encrypt(nonce, json.dumps(keys).encode(), _MARK)
    return _MARK + base64.b64encode(salt + nonce + text) + b"\n"


def opened(content: bytes, passphrase: str) -> dict[str, str]:
    """The keys again; raises `RuleBroken` for another passphrase."""
    if not content.startswith(_MARK):
        raise RuleBroken("The keys in this backup are in a form that this version does not know.")
    packed = base64.b64decode(content.removeprefix(_MARK))
    salt, nonce, text = packed[:16], packed[16:28], packed[28:]
    try:
        found = json.loads(AESGCM(_key(passphrase, salt)).decrypt(nonce, text, _MARK))
    except InvalidTag:
        raise RuleBroken(
            "This passphrase does not open the keys of the backup. It was in LEADLINE_BACKUP_PASSPHRASE when"
            " the backup was made."
        ) from None
    return {name: found[name] for name in KEY_FILES if name in found}


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
