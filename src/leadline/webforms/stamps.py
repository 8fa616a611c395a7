"""Stamps on forms: when and for which form a page was made, so that nobody sends sooner than a person can.

A stamp is `seconds.signature`, signed by a key of the ring; it carries nothing about the visitor.
"""

import base64
import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from leadline.core.secrets import Key, current_key, derive, keys

SOONEST = timedelta(seconds=3)
LATEST = timedelta(hours=24)


def stamp_for(key: str, at: datetime) -> str:
    """The stamp of a form's page made at a moment."""
    seconds = str(int(at.timestamp()))
    return f"{seconds}.{_signed(key, seconds, current_key())}"


def sign_of_stamp(stamp: str, key: str, at: datetime) -> str:
    """What is wrong with a stamp at a moment: nothing, `unstamped`, `fast` or `old`."""
    seconds, _dot, signature = stamp[:80].partition(".")
    known = seconds.isascii() and seconds.isdigit() and len(seconds) < 12 and signature.isascii()
    if not known or not any(hmac.compare_digest(signature, _signed(key, seconds, each)) for each in keys()):
        return "unstamped"
    waited = at.timestamp() - int(seconds)
    if waited < SOONEST.total_seconds():
        return "fast"
    return "old" if waited > LATEST.total_seconds() else ""


def _signed(form: str, seconds: str, key: Key) -> str:
    digest = hmac.digest(derive("web_forms.stamp", key), f"{form}.{seconds}".encode(), sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
