"""What is kept secret in the database: texts encrypted at rest, and keys derived for a purpose (PPL-8).

The keys stand outside of the database, so that a dump alone opens nothing.
"""

from leadline.core.secrets.ciphering import Undecipherable, decrypt, encrypt, key_of
from leadline.core.secrets.fields import EncryptedTextField
from leadline.core.secrets.keyring import Key, current_key, derive, keys

__all__ = [
    "EncryptedTextField",
    "Key",
    "Undecipherable",
    "current_key",
    "decrypt",
    "derive",
    "encrypt",
    "key_of",
    "keys",
]
