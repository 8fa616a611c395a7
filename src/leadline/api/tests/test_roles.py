"""Roles through the API: the same actions, the same refusals (PPL-2, ALL-10)."""

from leadline.api.tests.conftest import errors_of


def test_a_role_is_changed_with_its_effect_told_before(program, cast, make):
    make.customer(cast.otto)
    ada, aud = program(cast.ada), program(cast.aud)
    change = {"grants": {"customer": {"view": "own"}}}

    foreseen = {each["sentence"]: each for each in ada.post("roles/auditor/effect", change).json()["data"]}
    lost = foreseen["1 person loses sight of 1 customer."]
    assert "1 person loses sight of segments." in foreseen
    assert [each["email"] for each in lost["people"]] == ["aud@example.com"]
    assert aud.get("customers").json()["count"]["value"] == 1

    changed = ada.patch("roles/auditor", change)

    assert changed.status_code == 200, changed.content
    assert (changed.json()["altered"], changed.json()["name"]) == (True, "Auditor")
    assert aud.get("customers").json()["count"]["value"] == 0
    assert ada.post("roles/auditor/reset").json()["altered"] is False
    assert aud.get("customers").json()["count"]["value"] == 1


def test_a_copy_is_given_to_somebody_and_retired(program, cast):
    ada = program(cast.ada)

    made = ada.post("roles/inside-sales/clone", {"name": "Junior Sales"})
    assert (made.status_code, made.headers["Location"]) == (201, "/api/v1/roles/junior-sales")
    held = ada.patch(f"users/{cast.prue.pk}", {"roles": ["product", "junior-sales"]}).json()["roles"]
    assert set(held) == {"product", "junior-sales"}
    assert ada.post("roles/junior-sales/retire").json()["retired"] is True
    assert "roles" in errors_of(ada.patch(f"users/{cast.rosa.pk}", {"roles": ["junior-sales"]}))
    # Who holds a retired role is changed without being asked about it.
    assert ada.patch(f"users/{cast.prue.pk}", {"name": "Prue T."}).status_code == 200
    assert ada.post("roles/junior-sales/bring-back").json()["retired"] is False


def test_what_can_not_be_is_named(program, cast):
    ada = program(cast.ada)

    fly = ada.patch("roles/auditor", {"grants": {"customer": {"fly": "all"}}})
    assert list(errors_of(fly)) == ["grants.customer.fly"]
    assert "grants" in errors_of(ada.patch("roles/auditor", {"grants": []}))
    assert "key" in errors_of(ada.patch("roles/auditor", {"key": "x"}))
    assert ada.patch("roles/administrator", {"grants": {}}).status_code == 422
    assert ada.patch("roles/nothing", {}).status_code == 404
    stale = ada.get("roles/auditor").headers["ETag"]
    ada.patch("roles/auditor", {"name": "Reviser"})
    assert ada.patch("roles/auditor", {"name": "Reader"}, If_Match=stale).status_code == 412


def test_everybody_reads_them_and_nobody_else_changes_them(program, cast):
    rosa = program(cast.rosa)

    assert rosa.get("roles/auditor").json()["grants"]["customer"] == {"view": "all"}
    known = rosa.get("permissions").json()["data"]
    export = next(each for each in known if (each["object"], each["verb"]) == ("customer", "export"))
    assert (export["label"], export["scopes"]) == ("Export", ["own", "territory", "team", "all"])
    assert rosa.patch("roles/auditor", {"name": "Mine"}).status_code == 403
    for verb, body in (
        ("clone", {"name": "A"}),
        ("retire", {}),
        ("bring-back", {}),
        ("reset", {}),
        ("effect", {}),
    ):
        assert rosa.post(f"roles/auditor/{verb}", body).status_code == 403, verb


def test_a_second_factor_is_required_of_a_role(program, cast):
    ada = program(cast.ada)

    assert ada.post("roles/inside-sales/second-factor", {}).status_code == 422
    assert program(cast.rosa).post("roles/auditor/second-factor", {"required": False}).status_code == 403
    changed = ada.post("roles/inside-sales/second-factor", {"required": True})

    assert changed.json()["second_factor_required"] is True
    assert changed.headers["ETag"] != ada.get("roles/auditor").headers["ETag"]
    assert program(cast.rosa).get("customers").status_code == 403
