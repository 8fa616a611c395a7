"""Who really asks, when proxies of our own stand between (INT-7)."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")


class BehindProxies:
    """Set REMOTE_ADDR and the scheme from what LEADLINE_PROXIES proxies say in X-Forwarded-For and -Proto.

    Each proxy appends the address it was asked from, so the client is as many from the right as there are
    proxies; what stands further left anybody may have sent. Without proxies nothing of it is believed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        request.was_forwarded = any(name in meta for name in FORWARDED)  # type: ignore[attr-defined]
        if settings.LEADLINE_PROXIES and request.was_forwarded:  # type: ignore[attr-defined]
            meta["REMOTE_ADDR"] = _client(meta, settings.LEADLINE_PROXIES)
            if meta.get("HTTP_X_FORWARDED_PROTO", "").strip() == "https":
                meta["wsgi.url_scheme"] = "https"
        return self.get_response(request)


def _client(meta: dict[str, str], proxies: int) -> str:
    hops = meta.get("HTTP_X_FORWARDED_FOR", "").split(",")
    named = hops[-proxies].strip() if len(hops) >= proxies else ""
    try:
        return str(ip_address(named))
    except ValueError:
        return meta.get("REMOTE_ADDR", "")
