"""A raw letter (RFC 5322) as what it says: who wrote what, with which files. Nothing in it is trusted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256

from leadline.intake.reading.words import decoded, one_line, text_of_html, tidy

MOST_PARTS, MOST_FILES, MOST_HEADER = 200, 20, 10_000
LONGEST_TEXT = 20_000
TO = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
_ADDRESS = re.compile(r"[^@\s<>\"(),:;\[\]\\]{1,64}@[^@\s<>\"(),:;\[\]\\]{1,189}")


class Unreadable(Exception):
    """It is no letter, or one that is made to do harm."""


@dataclass(frozen=True)
class File:
    """A file that came along; its name is the sender's."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Read:
    """What a letter says. `headers` are the first of each name, in small letters; `kind` its content type.

    `digest` knows it again: by Message-ID and sender, or else by the whole letter.
    """

    digest: str
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    text: str = ""
    sent_at: datetime | None = None
    size: int = 0
    kind: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    recipients: tuple[str, ...] = ()
    files: tuple[File, ...] = ()


def read_letter(raw: bytes, *, is_whole: bool = True, size: int = 0) -> Read:
    """Read a letter; one that is not `is_whole` is its head alone. Raises `Unreadable`, and nothing else."""
    try:
        message = message_from_bytes(raw, policy=compat32)
        headers = _headers(message)
        if not {"from", "to", "date", "subject", "message-id"} & headers.keys():
            raise Unreadable
        parts = list(_parts(message)) if is_whole else []
        return _read(message, headers, parts, raw, size or len(raw))
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError) as failure:
        raise Unreadable from failure


def _read(message: Message, headers: dict[str, str], parts: list[Message], raw: bytes, size: int) -> Read:
    name, sender = _person(headers.get("from", ""))
    files = [part for part in parts if _is_file(part)]
    return Read(
        digest=_digest(headers.get("message-id", ""), sender, raw),
        sender=sender,
        sender_name=one_line(name, 200),
        subject=one_line(headers.get("subject", ""), 300),
        text=_text([part for part in parts if not _is_file(part)]),
        sent_at=_moment(headers.get("date", "")),
        size=size,
        kind=message.get_content_type(),
        headers=headers,
        recipients=tuple(address for each in TO for address in _addresses(message.get_all(each, []))),
        files=tuple(_file(part) for part in files[:MOST_FILES]),
    )


def _headers(message: Message) -> dict[str, str]:
    """The first of each name, with encoded words read."""
    found: dict[str, str] = {}
    for name, value in list(message.items())[:500]:
        found.setdefault(name.lower()[:100], _said(str(value)[:MOST_HEADER]))
    return found


def _said(value: str) -> str:
    """A header with its encoded words (RFC 2047) read, whatever they claim to be."""
    try:
        pieces = decode_header(value.replace("\r", "").replace("\n", ""))
    except (MessageError, ValueError):
        return value
    return "".join(
        decoded(piece, charset or "") if isinstance(piece, bytes) else piece for piece, charset in pieces
    )


def _person(value: str) -> tuple[str, str]:
    """Name and address of the first who is named; an address that is none is empty."""
    for name, address in getaddresses([value])[:5]:
        if _ADDRESS.fullmatch(address.strip()) and address.isprintable():
            return name, address.strip().lower()
    return "", ""


def _addresses(values: list[str]) -> list[str]:
    named = getaddresses([str(value)[:MOST_HEADER] for value in values[:20]])[:100]
    return [address.strip().lower() for _name, address in named if _ADDRESS.fullmatch(address.strip())]


def _digest(message_id: str, sender: str, raw: bytes) -> str:
    known = message_id.strip()
    return sha256(f"{known}\n{sender}".encode(errors="replace") if known else raw).hexdigest()


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _parts(message: Message) -> Iterator[Message]:
    """The parts that are no containers, at most two hundred; what a letter encloses is a file of it."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(0), seen + 1
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            waiting = [*part.get_payload(), *waiting]
        else:
            yield part


def _is_file(part: Message) -> bool:
    if part.get_content_disposition() == "attachment" or part.get_content_maintype() == "message":
        return True
    return bool(part.get_filename()) or part.get_content_maintype() != "text"


def _text(parts: list[Message]) -> str:
    """What was written: as text where the letter has it, else read out of its HTML."""
    plain = [part for part in parts if part.get_content_type() == "text/plain"]
    html = [part for part in parts if part.get_content_type() == "text/html"]
    text = tidy("\n".join(_content(part) for part in plain), LONGEST_TEXT)
    return text or tidy(text_of_html("\n".join(_content(part) for part in html)), LONGEST_TEXT)


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return decoded(payload, part.get_content_charset() or "") if isinstance(payload, bytes) else ""


def _file(part: Message) -> File:
    payload = part.get_payload(decode=True)
    inner = part.get_payload()
    if not isinstance(payload, bytes):
        payload = inner[0].as_bytes() if isinstance(inner, list) and inner else b""  # type: ignore[union-attr]
    name = _said(part.get_filename() or "") or f"file.{part.get_content_subtype()[:20]}"
    return File(one_line(name, 200), payload)
