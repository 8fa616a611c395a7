"""How the log is written: JSON lines for programs, readable lines for people at a terminal (INT-7).

A line never holds what people typed: e-mail addresses and tokens that a library's
message quotes are taken out.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from logging.config import dictConfig
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

from leadline.core import tracing
from leadline.core.logs.form import wants_json

HANDLER = "leadline"
_written = json.JSONEncoder(default=str).encode
_ADDRESS = re.compile(r"[\w.+%'-]+@[\w-]+(\.[\w-]+)+")
_SECRET = re.compile(r"(?i)(bearer\s+|password[\"'=:\s]+|token[\"'=:\s]+)[^\s\"',)]+")
_DETAIL = re.compile(r"(?m)^DETAIL:.*$")


def with_cause(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """Name the request or job that the line belongs to."""
    if not isinstance(line.get("request"), str):
        line.pop("request", None)  # Django's own object, whose name holds what was asked for
    kind, _, number = tracing.cause().partition(":")
    if number:
        line[kind] = number
    return line


def without_secrets(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """Take addresses, tokens and quoted rows out of a message and its traceback."""
    line.pop("message", None)  # the same once more, as another handler has left it on the record
    if line.get("logger") == "django.request":
        line["event"] = str(line["event"]).partition(": /")[0]  # an address may be an invitation
    for name in ("event", "exception", "trouble"):
        if isinstance(line.get(name), str):
            line[name] = redacted(line[name])
    return line


def redacted(text: str) -> str:
    """The text without e-mail addresses, tokens, and the rows that PostgreSQL quotes as DETAIL."""
    if "@" in text:
        text = _ADDRESS.sub("[address]", text)
    if "DETAIL" in text:
        text = _DETAIL.sub("DETAIL: [left out]", text)
    return _SECRET.sub(r"\1[left out]", text)


def _processors() -> list[Any]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        spread,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        with_cause,
        structlog.processors.format_exc_info,
        without_secrets,
    ]


class Lines(structlog.stdlib.ProcessorFormatter):
    """Lines as the processors make them, with a short way for those of which there are many.

    A record with a `line`, a mapping of plain values, is one of these: a request's line costs a third so.
    """

    short_way = True

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line = getattr(record, "line", None)
        if line is None or not self.short_way:
            return super().format(record)
        kind, _, number = tracing.cause().partition(":")
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = {"event": record.msg, "level": record.levelname.lower(), **line, "at": at}
        if number:
            told[kind] = number
        return _written(told)


def spread(logger: WrappedLogger, method: str, line: EventDict) -> EventDict:
    """The values of a line, one by one."""
    line.update(line.pop("line", {}))
    return line


def formatter() -> Lines:
    """What makes a line of a record."""
    Lines.short_way = wants_json()
    renderer: Any = structlog.processors.JSONRenderer(default=str)
    if not wants_json():
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), timestamp_key="at", exception_formatter=structlog.dev.plain_traceback
        )
    return Lines(
        foreign_pre_chain=_processors(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )


# For Django's LOGGING: everything goes to standard error, each kind of line once.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {HANDLER: {"()": "leadline.core.logs.lines.formatter"}},
    "handlers": {HANDLER: {"class": "logging.StreamHandler", "formatter": HANDLER}},
    "root": {"handlers": [HANDLER], "level": "WARNING"},
    "loggers": {
        "leadline": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # The request's own line says it.
        "django.request": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
    },
}


def configure() -> None:
    """The same for a process without the framework."""
    dictConfig(LOGGING)
