"""The addresses of the API; what is under /api and none of them is a problem told in JSON."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from leadline.api.problems import not_found
from leadline.api.v1 import api
from leadline.api.views.docs import docs, openapi

app_name = "api"


@csrf_exempt
def nothing_here(request: HttpRequest, **_rest: str) -> HttpResponse:
    """No operation has this address."""
    return not_found()


urlpatterns = [
    path("v1/docs", docs, name="docs"),
    path("v1/openapi.json", openapi, name="openapi"),
    path("v1/", api.urls),
    re_path(r"^", nothing_here),
]
