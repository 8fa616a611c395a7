"""A program tells of hours, absences and skills, by the same rules as a person (PPL-1, ALL-10)."""

import json
from datetime import date

from leadline.people.working.models import Absence


def sender(client):
    def send(method, address, body):
        return getattr(client, method)(f"/api/v1{address}", json.dumps(body), content_type="application/json")

    return send


def test_absences_by_the_api(cast, as_):
    rosa, otto = sender(as_(cast.rosa)), sender(as_(cast.otto))
    here = f"/users/{cast.rosa.pk}/absences"

    made = rosa("post", here, {"begins_on": "2026-12-07", "ends_on": "2026-12-11", "kind": "sick"})
    assert made.status_code == 201
    absence = made.json()
    assert (absence["begins_on"], absence["kind"], absence["deputy"]) == ("2026-12-07", "sick", None)
    seen = as_(cast.otto).get(f"/api/v1{here}").json()["data"]
    assert [(each["ends_on"], each["kind"]) for each in seen] == [("2026-12-11", None)]
    assert as_(cast.mira).get(f"/api/v1{here}").json()["data"][0]["kind"] == "sick"

    for wrong, field in (
        ({"begins_on": "2026-12-11", "ends_on": "2026-12-12"}, "begins_on"),
        ({"begins_on": "2026-12-20", "ends_on": "2026-12-19"}, "ends_on"),
        ({"begins_on": "soon", "ends_on": "2026-12-19"}, "begins_on"),
        ({"begins_on": "2027-01-01", "ends_on": "2027-01-02", "kind": "fun"}, "kind"),
        ({"begins_on": "2027-01-01", "ends_on": "2027-01-02", "deputy": cast.rosa.pk}, "deputy"),
        ({"begins_on": "2027-01-01", "ends_on": "2027-01-02", "until": 1}, "until"),
    ):
        refused = rosa("post", here, wrong)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)

    one = f"{here}/{absence['id']}"
    assert otto("patch", one, {"ends_on": "2026-12-08"}).status_code == 403
    assert otto("post", here, {"begins_on": "2027-01-01", "ends_on": "2027-01-02"}).status_code == 403
    elsewhere = f"/users/{cast.otto.pk}/absences/{absence['id']}"
    assert rosa("patch", elsewhere, {"ends_on": "2026-12-08"}).status_code == 404
    changed = rosa("patch", one, {"ends_on": "2026-12-08", "deputy": cast.otto.pk}).json()
    assert (changed["ends_on"], changed["deputy"]["name"], changed["kind"]) == (
        "2026-12-08", "Otto Brandt", "sick",
    )  # fmt: skip
    assert rosa("post", f"{one}/remove", {}).status_code == 200
    assert not Absence.objects.exists()


def test_a_user_with_hours_manager_capacity_and_skills(cast, as_, make):
    ada = sender(as_(cast.ada))
    make.customer(cast.rosa)
    me = f"/users/{cast.rosa.pk}"

    placed = ada("patch", me, {"manager": "lena@example.com", "capacity": 400}).json()
    assert (placed["manager"]["name"], placed["capacity"], placed["customers"]) == ("Lena Sari", 400, 1)
    assert placed["hours"] is None
    circle = ada("patch", f"/users/{cast.lena.pk}", {"manager": cast.rosa.pk})
    assert (circle.status_code, circle.json()["errors"][0]["field"]) == (422, "manager")
    kept = ada("patch", me, {"phone": "+62 21 555 0100"}).json()
    assert (kept["manager"]["name"], kept["capacity"]) == ("Lena Sari", 400)

    told = sender(as_(cast.rosa))("post", f"{me}/hours", {"monday": "22:00-06:00+1"}).json()
    assert told["hours"] == {"monday": "22:00–06:00+1"}
    early = ada("post", f"{me}/hours", {"monday": "17:00-09:00"})
    assert early.json()["errors"][0]["field"] == "monday"
    assert "next day" in early.json()["detail"]
    listed = as_(cast.otto).get("/api/v1/users?limit=200").json()["data"]
    assert {"monday": "22:00–06:00+1"} in [user["hours"] for user in listed]

    dutch = ada("post", "/skills", {"name": "Dutch", "kind": "language"}).json()
    skilled = ada("post", f"{me}/skills", {"skills": [{"id": dutch["id"], "level": 3}]}).json()
    assert skilled["skills"] == [{"id": dutch["id"], "name": "Dutch", "level": 3}]
    for wrong in ([{"id": dutch["id"], "level": 4}], [{"id": 10**6, "level": 1}], "Dutch", [1]):
        refused = ada("post", f"{me}/skills", {"skills": wrong})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "skills")
    assert as_(cast.prue).get(f"/api/v1{me}").json()["customers"] is None


def test_the_catalogue_of_skills(cast, as_):
    ada = sender(as_(cast.ada))
    dutch = ada("post", "/skills", {"name": "Dutch", "kind": "language"}).json()
    other = ada("post", "/skills", {"name": "Nederlands"}).json()
    assert as_(cast.rosa).get(f"/api/v1/skills/{dutch['id']}").json() == dutch
    assert ada("patch", f"/skills/{other['id']}", {"kind": "language"}).json()["kind"] == "language"
    twice = ada("post", "/skills", {"name": "dutch"})
    assert (twice.status_code, "in use or retired" in twice.json()["detail"]) == (422, True)
    assert ada("post", f"/skills/{other['id']}/merge", {"into": other["id"]}).status_code == 422
    assert ada("post", f"/skills/{other['id']}/merge", {"into": dutch["id"]}).json() == dutch
    assert as_(cast.rosa).get(f"/api/v1/skills/{other['id']}").json()["retired_at"]
    assert ada("post", f"/skills/{other['id']}/restore", {}).json()["retired_at"] is None
    assert ada("post", f"/skills/{dutch['id']}/retire", {}).json()["retired_at"]
    assert sender(as_(cast.mira))("post", "/skills", {"name": "Thai"}).status_code == 403


def test_away_until_stands_on_the_user(cast, as_):
    today = date.today()
    Absence.objects.create(
        user=cast.rosa, begins_on=date(today.year - 1, 1, 1), ends_on=date(today.year + 1, 1, 1)
    )

    shown = as_(cast.otto).get(f"/api/v1/users/{cast.rosa.pk}").json()

    assert (shown["away_until"], shown["at_work"]) == (f"{today.year + 1}-01-01", False)
