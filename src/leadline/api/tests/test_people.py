"""Users, teams, roles and saved views through the API (PPL-1 to PPL-3, CUS-5)."""

from leadline.api.tests.conftest import errors_of
from leadline.people.models import User

NEW = {
    "name": "Nia",
    "email": "nia@example.com",
    "roles": ["inside-sales"],
    "password": "a lead line of 20 fathoms",
}


def test_an_administrator_adds_and_changes_users_and_nobody_else_does(program, cast):
    ada = program(cast.ada)

    added = ada.post("users", {**NEW, "team": "North", "time_zone": "Asia/Jakarta"})

    assert added.status_code == 201, added.content
    user = added.json()
    assert (user["team"]["name"], user["roles"]) == ("North", ["inside-sales"])
    assert "password" not in added.content.decode()
    changed = ada.patch(f"users/{user['id']}", {"roles": ["sales-manager"], "is_active": False})
    assert changed.status_code == 200, changed.content
    assert (changed.json()["roles"], changed.json()["is_active"]) == (["sales-manager"], False)
    assert changed.json()["team"]["name"] == "North"
    assert program(cast.mira).post("users", {**NEW, "email": "x@example.com"}).status_code == 403
    assert program(cast.mira).patch(f"users/{cast.mira.pk}", {"roles": ["administrator"]}).status_code == 403


def test_what_is_wrong_with_a_user_is_named_and_rights_cannot_be_slipped_in(program, cast):
    ada = program(cast.ada)

    for wrong, field in (
        ({"email": "rosa@example.com"}, None),
        ({"roles": ["king"]}, "roles"),
        ({"roles": "administrator"}, "roles"),
        ({"password": "short"}, "password"),
        ({"is_system": True}, "is_system"),
        ({"session_epoch": 9}, "session_epoch"),
        ({"team": "Nowhere"}, "team"),
    ):
        refused = ada.post("users", {**NEW, **wrong})
        assert refused.status_code == 422, (wrong, refused.content)
        assert field is None or field in errors_of(refused)
    assert "email" in errors_of(ada.patch(f"users/{cast.rosa.pk}", {"email": "x@example.com"}))
    assert ada.patch(f"users/{cast.ada.pk}", {"is_active": False}).status_code == 422
    assert User.objects.filter(email=NEW["email"]).count() == 0


def test_colleagues_are_listed_without_the_house(program, cast):
    rosa = program(cast.rosa)

    listed = rosa.get("users", {"fields": "email"}).json()
    assert listed["count"]["value"] == 9
    assert "house@leadline.invalid" not in [user["email"] for user in listed["data"]]
    assert rosa.get(f"users/{cast.house.pk}").status_code == 404
    assert rosa.get(f"users/{cast.otto.pk}").json()["roles"] == ["inside-sales"]
    north = next(team for team in rosa.get("teams").json()["data"] if team["name"] == "North")
    assert north["manager"]["email"] == "mira@example.com"
    assert "administrator" in [role["key"] for role in rosa.get("roles").json()["data"]]


VIEW = {
    "kind": "customer",
    "name": "Fishing",
    "where": {"field": "industry", "op": "equals", "value": "Fishing"},
}


def test_a_view_is_saved_changed_shared_and_removed(program, cast):
    mira, rosa = program(cast.mira), program(cast.rosa)

    saved = mira.post("saved-views", {**VIEW, "columns": ["name"], "sort": "-name"})

    assert saved.status_code == 201, saved.content
    path = f"saved-views/{saved.json()['id']}"
    assert rosa.get(path).status_code == 404
    assert mira.patch(path, {"visibility": "team", "name": "Boats"}).json()["name"] == "Boats"
    assert rosa.get(path).json()["where"] == VIEW["where"]
    assert rosa.patch(path, {"name": "Mine"}).status_code == 403
    assert rosa.post(f"{path}/remove").status_code == 403
    assert mira.patch(path, {"sort": "name"}).json()["columns"] == ["name"]
    assert mira.post(f"{path}/remove").json() == {"removed": True}
    assert mira.get(path).status_code == 404


def test_a_view_keeps_a_search_and_may_open_the_list(program, cast):
    """CUS-5: for whoever asks, also when it is somebody else's view."""
    mira, rosa = program(cast.mira), program(cast.rosa)
    saved = mira.post("saved-views", {**VIEW, "q": "boat", "archived": "all", "visibility": "team"}).json()
    path = f"saved-views/{saved['id']}"

    assert (saved["q"], saved["archived"], saved["opens"]) == ("boat", "all", False)
    assert mira.patch(path, {"sort": "name"}).json()["q"] == "boat"
    assert rosa.post(f"{path}/default").json()["opens"] is True
    assert rosa.get(path).json()["opens"] is True
    assert mira.get(path).json()["opens"] is False
    assert rosa.post(f"{path}/default", {"opens": False}).json()["opens"] is False
    assert rosa.post(f"{path}/default", {"opens": "yes"}).status_code == 422
    assert program(cast.otto).post(f"{path}/default").status_code == 404


def test_what_is_wrong_with_a_view_is_named(program, cast):
    rosa = program(cast.rosa)

    for wrong in (
        {"kind": "nothing"},
        {"name": ""},
        {"name": "x" * 81},
        {"where": {"field": "x", "op": "equals", "value": 1}},
        {"where": "x"},
        {"columns": ["password"]},
        {"columns": [1]},
        {"sort": "industry"},
        {"visibility": "world"},
        {"q": "x" * 201},
        {"archived": "perhaps"},
        {"owner": 1},
    ):
        assert rosa.post("saved-views", {**VIEW, **wrong}).status_code == 422, wrong
    assert rosa.post("saved-views", {**VIEW, "visibility": "everybody"}).status_code == 403
    assert rosa.post("saved-views", VIEW).status_code == 201
    assert rosa.post("saved-views", {**VIEW, "name": "FISHING"}).status_code == 422
