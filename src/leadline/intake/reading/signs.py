"""Why a letter is no inquiry: nobody wrote it, it went to many, it is spam, or our own (LEA-2)."""

import re

from django.utils.translation import gettext_lazy as _

from leadline.intake.reading.letters import Read

SIGNS = {
    "own": _("it was sent by this house or a colleague"),
    "nobody": _("it names no sender"),
    "bounce": _("a mail server tells that a letter could not be delivered"),
    "automatic": _("it was answered automatically"),
    "list": _("it came by a mailing list or to many"),
    "no_reply": _("its sender takes no answers"),
    "spam": _("a mail server calls it spam"),
    "forged": _("its sender could not be proved"),
    "many": _("many came from the same sender within an hour"),
}
_ROBOT = re.compile(
    r"(mailer-?daemon|postmaster|(no|do-?not|dont)[-._]?reply|bounces?|notifications?-?noreply)([-+._=].*)?",
    re.I,
)
_OF_MANY = ("bulk", "junk", "list")


def sign_of(letter: Read, *, is_ours: bool, house: str) -> str:
    """The first sign that speaks against a letter; empty where none does.

    `is_ours` says that its sender is of this house, `house` is its name in the header X-Leadline.
    """
    marked = letter.headers.get("x-leadline", "").strip().lower() == house.lower()
    found = {
        "own": is_ours or marked,
        "bounce": letter.headers.get("return-path", "").strip() == "<>" or letter.kind == "multipart/report",
        "nobody": not letter.sender,
        "automatic": _is_automatic(letter.headers),
        "list": _went_to_many(letter.headers),
        "no_reply": bool(_ROBOT.fullmatch(letter.sender.partition("@")[0])),
        "spam": _is_spam(letter.headers),
        "forged": "dmarc=fail" in letter.headers.get("authentication-results", "").lower(),
    }
    return next((sign for sign, speaks in found.items() if speaks), "")


def _is_automatic(headers: dict[str, str]) -> bool:
    told = headers.get("auto-submitted", "no").partition(";")[0].strip().lower()
    named = ("x-autoreply", "x-autorespond", "x-auto-response")
    return (
        told not in ("no", "")
        or any(name in headers for name in named)
        or _precedence(headers) == "auto_reply"
    )


def _went_to_many(headers: dict[str, str]) -> bool:
    return (
        any(name in headers for name in ("list-id", "list-unsubscribe")) or _precedence(headers) in _OF_MANY
    )


def _precedence(headers: dict[str, str]) -> str:
    return headers.get("precedence", "").strip().lower()


def _is_spam(headers: dict[str, str]) -> bool:
    flagged = headers.get("x-spam-flag", "").strip().lower() in ("yes", "true")
    return flagged or headers.get("x-spam-status", "").strip().lower().startswith("yes")
