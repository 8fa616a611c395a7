"""The way into SCIM: its addresses and its library are loaded with the first directory that asks.

Few installations have one, and the library takes a second that every start would pay.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def scim(request: HttpRequest, rest: str) -> HttpResponse:
    """Whatever stands under /scim/v2/."""
    found = resolve(f"/{rest}", urlconf="leadline.api.scim.urls")
    return found.func(request, *found.args, **found.kwargs)
