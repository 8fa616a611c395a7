"""Provisioning of people by a directory, as it asks (INT-5; RFC 7643, RFC 7644)."""

import json
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

from leadline.core.actions import Actor
from leadline.people.actions import create_token
from leadline.people.models import User

SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
NIA = {
    "schemas": [SCHEMA, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
    "externalId": "00u1",
    "userName": "nia@example.com",
    "name": {"givenName": "Nia", "familyName": "Putri"},
    "emails": [{"value": "nia@example.com", "type": "work", "primary": True}],
    "active": True,
    "preferredLanguage": "id-ID",
    "timezone": "Asia/Jakarta",
    "groups": [],
    "password": "given by the directory",
}


class Directory:
    """A directory with the token of somebody."""

    def __init__(self, user: Any, *scopes: str):
        token = create_token(user, name="directory", scopes=scopes or ("scim",), by=Actor(user))
        self.client = Client(headers={"Authorization": f"Bearer {token}"}, raise_request_exception=False)

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        if method == "get":
            return self.client.get(f"/scim/v2/{path}", query)
        data = body if isinstance(body, str) else json.dumps(body or {})
        return getattr(self.client, method)(f"/scim/v2/{path}", data, content_type="application/scim+json")

    def patch(self, key: str, *operations: dict[str, Any]) -> Any:
        """Send operations."""
        return self("patch", f"Users/{key}", {"schemas": [PATCH], "Operations": list(operations)})


@pytest.fixture
def directory(cast: Any) -> Directory:
    """The directory of the company, by a token of Ada."""
    return Directory(cast.ada)


@pytest.fixture
def nia(directory: Directory) -> str:
    """The key of Nia, whom the directory let in."""
    made = directory("post", "Users", NIA)
    assert made.status_code == 201, made.content
    return made.json()["id"]


def test_the_directory_lets_somebody_in(directory, nia):
    user = User.objects.get(pk=nia)

    assert (user.email, user.name, user.directory_id) == ("nia@example.com", "Nia Putri", "00u1")
    assert (user.language, user.time_zone, user.is_active) == ("id", "Asia/Jakarta", True)
    assert not user.has_usable_password()
    assert [role.key for role in user.roles.all()] == ["inside-sales"]
    told = directory("get", f"Users/{nia}").json()
    assert told["userName"] == "nia@example.com"
    assert told["meta"]["location"].endswith(f"/scim/v2/Users/{nia}")
    assert "password" not in told


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "replace", "path": "active", "value": False},
        {"op": "Replace", "value": {"active": False}},
        {"op": "replace", "path": "active", "value": "False"},  # as Entra ID writes it
    ],
)
def test_a_leaver_is_switched_off_however_the_directory_writes_it(directory, nia, operation):
    changed = directory.patch(nia, operation)

    assert changed.status_code == 200, changed.content
    user = User.objects.get(pk=nia)
    assert not user.is_active
    assert user.session_epoch > 0
    assert directory("get", f"Users/{nia}").json()["active"] is False
    directory.patch(nia, {"op": "replace", "path": "active", "value": True})
    assert User.objects.get(pk=nia).is_active


def test_what_is_deleted_is_deactivated_and_can_come_back(directory, nia):
    assert directory("delete", f"Users/{nia}").status_code == 204

    assert directory("get", f"Users/{nia}").status_code == 404
    assert not User.objects.get(pk=nia).is_active
    back = directory("post", "Users", NIA)
    assert (back.status_code, back.json()["id"]) == (201, nia)
    assert User.objects.get(pk=nia).is_active


def test_names_roles_and_addresses_are_changed(directory, nia):
    changed = directory.patch(
        nia,
        {"op": "replace", "path": "name.formatted", "value": "Nia P."},
        {"op": "replace", "path": "roles", "value": [{"value": "support-rep"}]},
        {"op": "replace", "path": "userName", "value": "nia.p@example.com"},
        {"op": "add", "path": 'phoneNumbers[type eq "work"].value', "value": "+62 21 555 0100"},
    )

    assert changed.status_code == 200, changed.content
    user = User.objects.get(pk=nia)
    assert (user.name, user.email, user.phone) == ("Nia P.", "nia.p@example.com", "+62 21 555 0100")
    assert [role.key for role in user.roles.all()] == ["support-rep"]
    directory("put", f"Users/{nia}", {**NIA, "displayName": "Nia"})
    user.refresh_from_db()
    assert (user.name, user.phone) == ("Nia", "")
    assert [role.key for role in user.roles.all()] == ["support-rep"]


def test_users_are_found_as_directories_ask(directory, nia, cast):
    def ids(text: str) -> list[str]:
        found = directory("get", "Users", filter=text)
        assert found.status_code == 200, found.content
        assert found.json()["totalResults"] == len(found.json()["Resources"])
        return [one["id"] for one in found.json()["Resources"]]

    assert ids('userName eq "NIA@example.com"') == [nia]
    assert ids('externalId eq "00u1"') == [nia]
    assert ids('externalId eq "00u2"') == []
    assert ids(f'id eq "{nia}"') == [nia]
    assert ids('id eq "x"') == []
    assert ids('userName eq "house@leadline.invalid"') == []
    assert ids('emails[value eq "nia@example.com"]') == [nia]
    assert str(cast.rosa.pk) in ids('displayName co "Rosa" or active eq false')


def test_pages_of_users_are_counted_from_one(directory, cast):
    page = directory("get", "Users", startIndex=2, count=3).json()

    assert (page["startIndex"], page["itemsPerPage"], page["totalResults"]) == (2, 3, 9)
    assert directory("get", "Users", count=0).json()["Resources"] == []
    assert len(directory("get", "Users", startIndex=-5, count="x").json()["Resources"]) == 9


def test_one_address_is_one_person(directory, nia, cast):
    again = directory("post", "Users", {**NIA, "externalId": "00u9"})
    assert (again.status_code, again.json()["scimType"]) == (409, "uniqueness")
    taken = directory.patch(nia, {"op": "replace", "path": "userName", "value": "rosa@example.com"})
    assert taken.status_code == 409
    linked = directory.patch(str(cast.rosa.pk), {"op": "add", "path": "externalId", "value": "00u3"})
    assert linked.status_code == 200
    assert User.objects.get(pk=cast.rosa.pk).directory_id == "00u3"


def test_the_last_administrator_stays(directory, cast):
    refused = directory.patch(str(cast.ada.pk), {"op": "replace", "path": "active", "value": False})

    assert refused.status_code == 400
    assert User.objects.get(pk=cast.ada.pk).is_active


def test_a_token_without_the_scope_or_of_somebody_else_is_refused(cast, as_, client):
    assert client.get("/scim/v2/Users").status_code == 401
    assert Directory(cast.ada, "users:read")("get", "Users").status_code == 403
    assert Directory(cast.mira)("get", "Users").status_code == 403
    assert Directory(cast.mira)("post", "Users", NIA).status_code == 403
    assert as_(cast.ada).get("/scim/v2/Users").status_code == 401


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '"x"', "[" * 5000, '{"userName": 5}', '{"schemas": []}', '{"userName": "\\u0000@x.y"}']
    + [
        json.dumps({**NIA, **wrong})
        for wrong in ({"userName": "", "emails": []}, {"emails": "x"}, {"roles": [{"value": "king"}]})
    ],
)
def test_what_can_not_be_read_is_refused_as_the_standard_has_it(directory, body):
    refused = directory("post", "Users", body)

    assert refused.status_code in (400, 413), refused.content
    assert refused.headers["Content-Type"] == "application/scim+json"
    assert refused.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    assert refused.json()["status"] == str(refused.status_code)


@pytest.mark.parametrize("path", ["Users/0", "Users/9" * 9, "Users/x", "Groups", "Users/1/2", "Nothing", ""])
def test_what_is_not_there_is_told(directory, path):
    assert directory("get", path).status_code == 404


@pytest.mark.parametrize("wrong", ["userName", "userName eq", "(", "x eq 1 or", 'userName zz "x"', "(" * 900])
def test_a_filter_that_can_not_be_meant_is_refused(directory, wrong):
    refused = directory("get", "Users", filter=wrong)

    assert (refused.status_code, refused.json()["scimType"]) == (400, "invalidFilter")


def test_the_server_says_what_it_can(directory):
    assert directory("get", "ServiceProviderConfig").json()["patch"]["supported"] is True
    assert directory("get", "ResourceTypes").json()["Resources"][0]["id"] == "User"
    assert directory("get", f"Schemas/{SCHEMA}").json()["id"] == SCHEMA
    assert directory("get", "Schemas/other").status_code == 404
    assert directory("put", "Users").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_a_compliance_checker_finds_nothing(directory):
    """What the open tester of the standard tries; but for users, whom it gives logins that are no e-mail."""
    headers = {"Authorization": directory.client.defaults["HTTP_AUTHORIZATION"]}
    client = WSGISCIMClient(get_wsgi_application(), "http://localhost/scim/v2", headers=headers)

    results = check_server(client, include_tags={"discovery", "misc"})

    bad = (Status.ERROR, Status.CRITICAL, Status.DEVIATION)
    assert [f"{one.title}: {one.reason}" for one in results if one.status in bad] == []
    assert len(results) > 10
