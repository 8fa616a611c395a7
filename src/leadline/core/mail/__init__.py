"""Outgoing mail: a letter is kept in the transaction that wants it, and sent by the worker, never twice.

`send_letter(Letter(…), to="rosa@example.com", by=by)` inside an action. Without `LEADLINE_EMAIL_URL`
nothing is sent, and `can_send()` tells so.
"""

from leadline.core.mail.actions import send_letter
from leadline.core.mail.letter import Letter
from leadline.core.mail.transport import can_send

__all__ = ["Letter", "can_send", "send_letter"]
