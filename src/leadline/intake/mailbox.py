"""A mailbox by IMAP: opened, looked into, letters fetched with bounds, whatever the server answers (LEA-2).

The host is looked up once and checked as all addresses that people type (core/outgoing); nothing is written
but the mark that a letter was seen. See docs/decisions/0070-mail-by-imaplib.md.
"""

import base64
import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.outgoing import Unreachable, checked_address
from leadline.intake.models import IntakeAddress

PATIENCE = 15  # seconds for each answer of the server
LARGEST = 25 * 1024 * 1024  # bytes: of what is larger the head is taken
_ROOM = 256 * 1024  # what may stand around a letter
_UID = re.compile(rb"UID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Trouble(Exception):
    """The mailbox could not be read; the message says why, in words for who set it up."""


@dataclass(frozen=True)
class Fetched:
    """A letter as it lies in the mailbox; one that is not whole is its head alone."""

    uid: int
    raw: bytes
    size: int
    is_whole: bool


class _Imap(imaplib.IMAP4):
    """Connects to just the address that was checked, and reads no more than a letter may have."""

    def __init__(self, host: str, port: int, ip: str, context: ssl.SSLContext | None):
        self._ip, self._context = ip, context
        super().__init__(host, port, timeout=PATIENCE)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self._ip, self.port), timeout)
        if self._context is None:
            return plain
        return self._context.wrap_socket(plain, server_hostname=self.host)

    def read(self, size: int) -> bytes:
        """A literal of the size that the server says."""
        if size > LARGEST + _ROOM:
            raise self.abort("a literal is too large")
        return super().read(size)


class Mailbox:
    """A folder that is open."""

    def __init__(self, imap: _Imap, count: int, uid_validity: int):
        self._imap, self.count, self.uid_validity = imap, count, uid_validity

    def uids_after(self, uid: int, since: date) -> list[int]:
        """The numbers of letters that came after one was read and on or after a day, the oldest first."""
        day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        found = self._asked("SEARCH", f"UID {uid + 1}:*", "SINCE", day)
        numbers = {int(each) for line in found if isinstance(line, bytes) for each in line.split()}
        return sorted(each for each in numbers if each > uid)  # n:* names the last one even if it is older

    def fetch(self, uid: int, came_after: datetime) -> Fetched | None:
        """One letter; None where it is gone, or had come before a moment."""
        told = self._asked("FETCH", str(uid), "(RFC822.SIZE INTERNALDATE)")
        line = b" ".join(_bytes(each) for each in told)
        size = _SIZE.search(line)
        if not size or _came_at(line) < came_after:
            return None
        is_whole = int(size[1]) <= LARGEST
        asked = "(BODY.PEEK[])" if is_whole else "(BODY.PEEK[HEADER])"
        for each in self._asked("FETCH", str(uid), asked):
            if isinstance(each, tuple):
                return Fetched(uid, each[1], int(size[1]), is_whole)
        return None

    def mark_seen(self, uid: int) -> None:
        """For people who look into the mailbox; nothing depends on it."""
        with suppress(imaplib.IMAP4.error, OSError):
            self._imap.uid("STORE", str(uid), "+FLAGS.SILENT", "(\\Seen)")

    def _asked(self, command: str, *words: str) -> list[Any]:
        state, answered = self._imap.uid(command, *words)
        if state != "OK":
            raise Trouble(_("The mail server refused: %(answer)s") % {"answer": _words(answered)})
        return answered


@contextmanager
def opened(address: IntakeAddress) -> Iterator[Mailbox]:
    """The folder of an address, open; raises `Trouble`, whatever goes wrong in it too."""
    imap: _Imap | None = None
    try:
        imap = _connected(address)
        _signed_in(imap, address)
        yield _folder(imap, address.folder)
    except Unreachable as failure:
        raise Trouble(str(failure)) from failure
    except ssl.SSLError as failure:
        raise Trouble(
            _("The certificate of the mail server does not hold, or it speaks no TLS here.")
        ) from failure
    except TimeoutError as failure:
        raise Trouble(_("The mail server did not answer in time.")) from failure
    except ConnectionRefusedError as failure:
        words = {"host": address.host, "port": address.port}
        raise Trouble(_("Nothing answers at %(host)s, port %(port)s.") % words) from failure
    except (OSError, imaplib.IMAP4.error, ValueError) as failure:
        raise Trouble(
            _("The mail server broke off: %(answer)s") % {"answer": _words([str(failure)])}
        ) from failure
    finally:
        if imap is not None:
            with suppress(imaplib.IMAP4.error, OSError):
                imap.logout()
            with suppress(OSError):
                imap.shutdown()


def _connected(address: IntakeAddress) -> _Imap:
    ip = checked_address(address.host, address.port)
    security, kinds = address.security, IntakeAddress.Security
    context = ssl.create_default_context()
    imap = _Imap(address.host, address.port, ip, context if security == kinds.TLS else None)
    if security == kinds.STARTTLS:
        try:
            imap.starttls(context)
        except imaplib.IMAP4.error as failure:
            imap.shutdown()
            raise Trouble(_("The mail server offers no STARTTLS.")) from failure
    return imap


def _signed_in(imap: _Imap, address: IntakeAddress) -> None:
    """By PLAIN, which knows all letters, where the server offers it."""
    try:
        if "AUTH=PLAIN" in imap.capabilities:
            whole = f"\0{address.user_name}\0{address.password}".encode()
            imap.authenticate("PLAIN", lambda _challenge: whole)
        else:
            imap.login(address.user_name, address.password)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeError) as failure:
        raise Trouble(
            _("The mail server does not accept this user name and password. It says: %(answer)s")
            % {"answer": _words([str(failure)])}
        ) from failure


def _folder(imap: _Imap, name: str) -> Mailbox:
    state, answered = imap.select(_quoted(name))
    if state != "OK":
        raise Trouble(
            _("There is no folder “%(folder)s”. There are: %(known)s.")
            % {"folder": name, "known": ", ".join(_folders(imap)) or "–"}
        )
    count = int(answered[0] or 0) if answered and isinstance(answered[0], bytes) else 0
    _state, validity = imap.response("UIDVALIDITY")
    number = next((int(each) for each in validity if each and each.isdigit()), 0)
    return Mailbox(imap, count, number)


def _folders(imap: _Imap) -> list[str]:
    """The names of the first twenty folders."""
    _state, lines = imap.list()
    named = [re.search(rb'(?:"([^"]*)"|(\S+))$', line) for line in lines if isinstance(line, bytes)]
    return [(found[1] or found[2]).decode("ascii", "replace") for found in named[:20] if found]


def _quoted(name: str) -> str:
    """A folder's name as IMAP writes it: modified UTF-7 (RFC 3501, 5.1.3), between quotation marks."""
    written = re.sub(r"[^\x20-\x7e]+|&", _shifted, name)
    return '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _shifted(found: re.Match[str]) -> str:
    if found[0] == "&":
        return "&-"
    coded = base64.b64encode(found[0].encode("utf-16-be")).rstrip(b"=").replace(b"/", b",")
    return f"&{coded.decode('ascii')}-"


def _came_at(line: bytes) -> datetime:
    found = re.search(rb'INTERNALDATE "([^"]{20,30})"', line)
    try:
        return datetime.strptime((found[1] if found else b"").decode().strip(), "%d-%b-%Y %H:%M:%S %z")
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)  # unknown: it is taken


def _bytes(each: Any) -> bytes:
    return (
        b" ".join(part for part in each if isinstance(part, bytes))
        if isinstance(each, tuple)
        else each or b""
    )


def _words(answered: Any) -> str:
    """What a server said, as one line that can be shown."""
    texts = [
        each.decode(errors="replace") if isinstance(each, bytes) else str(each) for each in answered or ()
    ]
    return "".join(sign for sign in " ".join(texts)[:160] if sign.isprintable()) or "–"
