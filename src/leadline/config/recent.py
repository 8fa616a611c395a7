"""The customers that somebody looked at last, kept in the browser's session: no query, no table."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

KEPT = "recent"
MOST = 8
PAGE = "customers:page"


class RemembersRecentCustomers:
    """Note each customer whose page was shown, the last one first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        shown = request.resolver_match
        if shown and shown.view_name == PAGE and response.status_code == 200:
            customer_id = shown.kwargs["pk"]
            before = recent_ids(request)
            if before[:1] != [customer_id]:
                others = [seen for seen in before if seen != customer_id]
                request.session[KEPT] = [customer_id, *others][:MOST]
        return response


def recent_ids(request: HttpRequest) -> list[int]:
    """The customers seen last, the last one first; whether they may still be seen is asked when shown."""
    return list(request.session.get(KEPT, []))
