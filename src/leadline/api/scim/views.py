"""The addresses a directory asks: users, and what this server can do."""

from typing import Any

import scim2_models as scim
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from leadline.api.scim.answering import TOLERANT, answer, body_of, door, error
from leadline.api.scim.mapping import shown, taken
from leadline.core.ids import numeric_id
from leadline.core.requests import Request
from leadline.people import actions
from leadline.people.models import User

MOST = 200
CAN = scim.ServiceProviderConfig(
    patch=scim.Patch(supported=True),
    bulk=scim.Bulk(supported=False, max_operations=0, max_payload_size=0),
    filter=scim.Filter(supported=True, max_results=MOST),
    change_password=scim.ChangePassword(supported=False),
    sort=scim.Sort(supported=False),
    etag=scim.ETag(supported=False),
    authentication_schemes=[
        scim.AuthenticationScheme(
            type=scim.AuthenticationScheme.Type.oauthbearertoken,
            name="Token",
            description="A token of an administrator with the scope scim.",
        )
    ],
)


@door("GET", "POST")
def users(request: Request) -> HttpResponse:
    """Find users, or let somebody in."""
    return _add(request) if request.method == "POST" else _find(request)


@door("GET", "PUT", "PATCH", "DELETE")
def user(request: Request, pk: str) -> HttpResponse:
    """Read, replace, change or let go one user."""
    known = _known().filter(pk=numeric_id(pk) or 0).first()
    if known is None:
        raise Http404
    if request.method == "GET":
        return answer(shown(known, _base(request)))
    if request.method == "DELETE":
        actions.deprovision_user(known, by=request.actor)
        return HttpResponse(status=204)
    return _change(request, known)


@door("GET")
def service_provider_config(request: HttpRequest) -> HttpResponse:
    """What of the standard is here."""
    return answer(CAN)


@door("GET")
def resource_types(request: HttpRequest, name: str = "") -> HttpResponse:
    """Users, and nothing else."""
    return _only_one(scim.ResourceType.from_resource(scim.User), name)


@door("GET")
def schemas(request: HttpRequest, name: str = "") -> HttpResponse:
    """What a user is made of."""
    return _only_one(scim.User.to_schema(), name)


def _only_one(found: Any, name: str) -> HttpResponse:
    """The one there is: as a list, or by its name."""
    if name and name != found.id:
        raise Http404
    return answer(found) if name else _list([found], 1, 1)


@door("GET", "POST", "PUT", "PATCH", "DELETE")
def nothing_here(request: HttpRequest, **_rest: str) -> HttpResponse:
    """No resource has this address."""
    raise Http404


def _find(request: Request) -> HttpResponse:
    start = max(1, _number(request.GET.get("startIndex"), 1))
    count = min(MOST, _number(request.GET.get("count"), MOST))
    found, matches = _filtered(request.GET.get("filter", ""), _base(request))
    if matches is not None:
        return _list(matches[start - 1 : start - 1 + count], len(matches), start)
    rows = found.order_by("pk")[start - 1 : start - 1 + count]
    return _list([shown(one, _base(request)) for one in rows], found.count(), start)


def _filtered(text: str, base: str) -> tuple[QuerySet[User], list[scim.User] | None]:
    """What a filter leaves: asked of the database where directories ask most, else one by one."""
    rows = _known()
    if not text:
        return rows, None
    wanted: Any = scim.ScimFilter[scim.User](text[:1000])
    name, operator, value = (*text.split(" ", 2), "", "")[:3]
    field = {"username": "email__iexact", "externalid": "directory_id", "id": "pk"}.get(name.lower())
    plain = value.strip().strip('"') if value.count('"') == 2 and value.strip()[-1:] == '"' else None
    if field and operator.lower() == "eq" and plain is not None and "\\" not in plain:
        if field == "pk" and numeric_id(plain) is None:
            return rows.none(), None
        return rows.filter(**{field: plain}), None
    candidates = [shown(one, base) for one in rows.order_by("pk")]
    return rows, [one for one in candidates if wanted.match(one)]


def _add(request: Request) -> HttpResponse:
    given: scim.User[Any] = scim.User.model_validate(
        body_of(request), scim_ctx=scim.Context.RESOURCE_CREATION_REQUEST, scim_policy=TOLERANT
    )
    person = taken(given)
    if _known().filter(
        Q(email__iexact=person["email"]) | ~Q(directory_id="") & Q(directory_id=person["directory_id"])
    ):
        return error(409, _("Somebody already signs in with this e-mail."), "uniqueness")
    made = actions.provision_user(None, **person, by=request.actor)
    told = shown(made, _base(request))
    return answer(told, status=201, location=str(told.meta.location) if told.meta else "")


def _change(request: Request, known: User) -> HttpResponse:
    now = shown(known, _base(request))
    if request.method == "PUT":
        now = scim.User.model_validate(
            body_of(request), scim_ctx=scim.Context.RESOURCE_REPLACEMENT_REQUEST, scim_policy=TOLERANT
        )
    else:
        asked = scim.PatchOp[scim.User].model_validate(
            body_of(request), scim_ctx=scim.Context.RESOURCE_PATCH_REQUEST, scim_policy=TOLERANT
        )
        before = (now.display_name, now.name.formatted if now.name else None)
        asked.patch(now, scim_policy=TOLERANT)
        _follow_name(now, before)
    person = taken(now)
    if User.objects.exclude(pk=known.pk).filter(email__iexact=person["email"]).exists():
        return error(409, _("Somebody already signs in with this e-mail."), "uniqueness")
    return answer(shown(actions.provision_user(known, **person, by=request.actor), _base(request)))


def _follow_name(now: scim.User, before: tuple[str | None, str | None]) -> None:
    """Of display name and formatted name, which say the same, the one that was changed holds."""
    if now.name and now.display_name == before[0]:
        parts = " ".join(part for part in (now.name.given_name, now.name.family_name) if part)
        changed = now.name.formatted if now.name.formatted != before[1] else parts
        now.display_name = changed or now.display_name


def _known() -> QuerySet[User]:
    """Whom the directory may know of: who works here, and whom it keeps though switched off."""
    return User.objects.filter(Q(is_active=True) | ~Q(directory_id=""), is_system=False).prefetch_related(
        "roles"
    )


def _list(resources: list[Any], total: int, start: int) -> HttpResponse:
    return answer(
        {
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
            "totalResults": total,
            "startIndex": start,
            "itemsPerPage": len(resources),
            "Resources": [one.model_dump(exclude_none=True) for one in resources],
        }
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/scim/v2")
