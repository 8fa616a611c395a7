"""A program arranges the tree of teams (PPL-3, ALL-10)."""

import json

from leadline.people.models import Team


def test_a_program_arranges_the_tree(cast, as_):
    """Added, moved, given a manager, removed; by administrators alone."""
    ada = as_(cast.ada)
    send = lambda method, address, body: getattr(ada, method)(  # noqa: E731
        f"/api/v1/teams{address}", json.dumps(body), content_type="application/json"
    )

    made = send("post", "", {"name": "West", "parent": cast.north.pk})
    assert made.status_code == 201
    west = made.json()
    assert (west["parent"], west["manager"]) == (cast.north.pk, None)
    assert ada.get(made["Location"]).json() == west

    led = send("patch", f"/{west['id']}", {"manager": cast.rosa.pk}).json()
    assert (led["name"], led["parent"], led["manager"]["name"]) == ("West", cast.north.pk, "Rosa Ibarra")
    circle = send("patch", f"/{cast.north.pk}", {"parent": west["id"]})
    assert (circle.status_code, circle.json()["errors"][0]["field"]) == (422, "parent")
    for wrong in ({"parent": 10**6}, {"manager": "x"}, {"manager": cast.house.pk}, {"name": ""}):
        refused = send("patch", f"/{west['id']}", wrong)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, next(iter(wrong)))

    kept = send("post", f"/{cast.north.pk}/remove", {})
    assert kept.status_code == 422
    assert "West" in kept.json()["detail"]
    assert "Rosa Ibarra" in kept.json()["detail"]
    assert send("post", f"/{west['id']}/remove", {}).status_code == 200
    assert not Team.objects.filter(pk=west["id"]).exists()
    assert ada.get(f"/api/v1/teams/{west['id']}").status_code == 404
    denied = as_(cast.mira).post("/api/v1/teams", json.dumps({"name": "X"}), content_type="application/json")
    assert denied.status_code == 403


def test_a_program_archives_a_team(cast, as_):
    """PPL-3: its people go to another one."""
    ada = as_(cast.ada)
    send = lambda address, body: ada.post(  # noqa: E731
        f"/api/v1/teams/{cast.north.pk}{address}", json.dumps(body), content_type="application/json"
    )

    assert send("/archive", {"into": cast.north.pk}).json()["errors"][0]["field"] == "into"
    assert send("/archive", {"into": cast.south.pk}).json()["archived_at"]
    cast.rosa.refresh_from_db()
    assert cast.rosa.team == cast.south
    assert send("/restore", {}).json()["archived_at"] is None
