"""Where to go on to, without ever being sent to a stranger's site."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from leadline.core.answers import asked_by_htmx


def safe_next(request: HttpRequest, otherwise: str = "/") -> str:
    """The page that `next` asks for, if it is a path of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else otherwise


def page_of(request: HttpRequest) -> str:
    """The path of the page that somebody sees: of a request for a part, the page around it."""
    if not asked_by_htmx(request):
        return request.get_full_path()
    around = urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{around.path or '/'}{'?' if around.query else ''}{around.query}"
