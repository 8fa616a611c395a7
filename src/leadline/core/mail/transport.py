"""Where mail goes: smtp://, smtps://, console:, file:///folder, as `LEADLINE_EMAIL_URL` says (ALL-11)."""

import smtplib
import ssl
import sys
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate, make_msgid
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.conf import settings

from leadline.core.mail.models import OutgoingMail
from leadline.core.organisation import organisation

PATIENCE = 20  # seconds for each answer of the server
SCHEMES = ("smtp", "smtps", "console", "file")


class Later(Exception):
    """It was certainly not taken; another try may help."""


class Refused(Exception):
    """It was certainly not taken, and will not be."""


class Unclear(Exception):
    """The connection broke while it was handed over: perhaps it was taken."""


@dataclass(frozen=True)
class MailServer:
    """A server for outgoing mail. `tls`: `starttls` (asked for unless told otherwise), `always`, `never`."""

    host: str
    port: int
    user: str
    password: str
    tls: str


def can_send() -> bool:
    """Whether outgoing mail is set up here."""
    return bool(settings.LEADLINE_EMAIL_URL)


def deliver(mail: OutgoingMail) -> None:
    """Hand one letter over. Raises `Later`, `Refused` or `Unclear`."""
    address = urlsplit(settings.LEADLINE_EMAIL_URL)
    message = message_of(mail)
    if address.scheme in ("smtp", "smtps"):
        _by_smtp(server_of(address), message)
    elif address.scheme == "console":
        sys.stdout.write(f"{message.as_string()}\n")
    elif address.scheme == "file":
        folder = Path(unquote(address.path))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{mail.pk}.eml").write_bytes(message.as_bytes())
    else:
        raise Refused(
            f"LEADLINE_EMAIL_URL: one of {', '.join(SCHEMES)} is understood, not {address.scheme!r}"
        )


def message_of(mail: OutgoingMail) -> EmailMessage:
    """The letter as it is sent. The policy refuses a line break in any header."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = plain(mail.subject)
    message["From"] = sender_of_the_house()
    message["To"] = mail.to
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(f"leadline.{mail.pk}", domain=_host())
    message["X-Leadline"] = house_mark()
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    else:
        message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def server_of(address: SplitResult) -> MailServer:
    """The server that an address names: smtp://user:password@host:587?tls=starttls."""
    always = address.scheme == "smtps"
    asked = parse_qs(address.query).get("tls", [""])[0]
    near = address.hostname in (None, "localhost", "127.0.0.1", "::1")
    tls = "always" if always else asked or ("never" if near else "starttls")
    return MailServer(
        host=address.hostname or "localhost",
        port=address.port or (465 if always else 587 if address.username else 25),
        user=unquote(address.username or ""),
        password=unquote(address.password or ""),
        tls=tls,
    )


def _by_smtp(server: MailServer, message: EmailMessage) -> None:
    try:
        connection = _connected(server)
    except (OSError, smtplib.SMTPException) as failure:
        raise Later(str(failure)) from failure
    try:
        connection.send_message(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as failure:
        raise _answered(failure) from failure
    except (OSError, smtplib.SMTPException) as failure:
        raise Unclear(str(failure)) from failure
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.quit()


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.tls == "always":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=PATIENCE, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    if server.tls == "starttls":
        connection.starttls(context=context)
    if server.user:
        connection.login(server.user, server.password)
    return connection


def _answered(failure: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> Exception:
    """The server said no: for now (4xx), or for good (5xx)."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        answer: tuple[int, bytes | str] = next(iter(failure.recipients.values()))
    else:
        answer = failure.smtp_code, failure.smtp_error
    code, said = answer
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return Refused(f"{code} {text}") if code >= 500 else Later(f"{code} {text}")


def house_mark() -> str:
    """What each letter of this house has in the header X-Leadline, so that it is known when it returns."""
    return _host()


def sender_of_the_house() -> str:
    """From whom letters go out: as it was set, else the organisation at this host."""
    given = settings.LEADLINE_EMAIL_FROM
    return given or formataddr((plain(organisation().name), f"leadline@{_host()}"))


def plain(text: str) -> str:
    """A text for a header, on one line; what looks like an encoded word (RFC 2047) is made none."""
    return " ".join(text.replace("=?", "= ?").split())


def _host() -> str:
    return urlsplit(settings.LEADLINE_URL).hostname or "localhost"
