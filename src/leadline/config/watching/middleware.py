"""Each request gets a number, a line in the log and a place in the metrics (INT-7)."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from leadline.config.watching import metrics
from leadline.core.tracing import HEADER, caused_by, request_number

log = logging.getLogger("leadline.request")
# Asked so often, by programs, that lines about them would hide the others.
UNTOLD = frozenset({"static", "healthz", "readyz", "metrics"})


class Watched:
    """Number a request, count it, and tell it in one line without anything that people typed.

    The number comes from X-Request-Id if that is well-formed, goes back in the answer, and is the trace of
    what the request writes (`request:6f0c…` in the history and the ledger of events).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.slow = settings.LEADLINE_SLOW_REQUEST

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = request_number(request.headers.get(HEADER, ""))
        asked, start = Asked(), time.perf_counter()
        with caused_by(f"request:{number}"), connection.execute_wrapper(asked):
            response = self.get_response(request)
            seconds = time.perf_counter() - start
            self._tell(request, response, seconds, asked)
        response.headers[HEADER] = number
        return response

    def _tell(self, request: HttpRequest, response: HttpResponse, seconds: float, asked: "Asked") -> None:
        route, status = route_of(request), response.status_code
        metrics.count_request(route, request.method or "", status, seconds, asked.seconds)
        if route == metrics.SIGN_IN and request.method == "POST":
            metrics.count_sign_in(accepted=status < 400)
        slow = seconds >= self.slow
        if route in UNTOLD and status < 500 and not slow:
            return
        log.log(
            logging.WARNING if slow or status >= 500 else logging.INFO,
            "slow request" if slow else "request",
            extra={
                "line": {
                    "route": route,
                    "method": request.method,
                    "status": status,
                    "ms": round(seconds * 1000, 1),
                    "queries": asked.queries,
                    "database_ms": round(asked.seconds * 1000, 1),
                    "user": user_of(request),
                }
            },
        )


class Asked:
    """How often the database was asked in a request, and for how long."""

    __slots__ = ("queries", "seconds")

    def __init__(self) -> None:
        self.queries, self.seconds = 0, 0.0

    def __call__(self, execute: Callable[..., Any], *given: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(*given)
        finally:
            self.queries += 1
            self.seconds += time.perf_counter() - start


def route_of(request: HttpRequest) -> str:
    """The name of the view: few, and the same for all records, so that metrics stay small."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or "unnamed"
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "unknown"


def user_of(request: HttpRequest) -> int | None:
    """The key of who asked, if anybody looked; asking here would cost a query."""
    known = request.__dict__.get("_cached_user") or request.__dict__.get("user")
    return known.pk if known is not None and known.is_authenticated else None
