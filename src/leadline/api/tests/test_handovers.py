"""Hand-overs, sheets and promises by program, by the same rules (ALL-10, PPL-1, SIG-10)."""

import pytest

from leadline.customers.models import Customer


def test_a_program_hands_over(program, cast, make, settle):
    """ALL-10: preview, start, read, accept."""
    for _ in range(3):
        make.customer(cast.rosa)
    ada, otto = program(cast.ada), program(cast.otto)
    wanted = {"reason": "change", "person": "rosa@example.com", "to": cast.otto.pk}

    foreseen = ada.post("handovers/preview", wanted).json()
    started = ada.post("handovers", wanted)
    settle()
    told = ada.get(f"handovers/{started.json()['id']}").json()
    sheet = otto.get("handover-sheets").json()["data"][0]
    read = otto.get(f"handover-sheets/{sheet['id']}").json()
    line = read["sections"][0]["line"]
    accepted = otto.post(f"handover-sheets/{sheet['id']}/accept", {"on_lines": {str(line): "Rang"}})

    assert [(share["owner"]["name"], share["gets"]) for share in foreseen["shares"]] == [("Otto Brandt", 3)]
    assert started.status_code == 201
    assert (told["state"], told["outcome"]) == ("begun", {"moved": 3, "refused": 0, "gone": 0})
    assert len(read["sections"]) == 3
    assert accepted.json()["accepted_at"]
    assert Customer.objects.filter(owner=cast.otto).count() == 3


@pytest.mark.parametrize(
    ("wanted", "status", "field"),
    [
        ({"reason": "change", "person": "rosa@example.com"}, 422, "to"),
        ({"reason": "change", "person": "rosa@example.com", "to": "nobody@example.com"}, 422, "to"),
        ({"reason": "change", "person": "rosa@example.com", "way": "even", "team": 10**12}, 422, "team"),
        ({"reason": "absence", "person": "rosa@example.com", "ends_on": "soon"}, 422, "ends_on"),
        ({"reason": "change", "to": "mira@example.com"}, 422, "person"),
        ({"reason": "change", "person": "otto@example.com", "to": "mira@example.com"}, 404, None),
        ({"reason": "leaver", "person": "rosa@example.com", "to": "mira@example.com"}, 403, None),
    ],
)
def test_refusals_name_the_field(program, cast, make, wanted, status, field):
    """ALL-2, ALL-3: a manager, within her teams."""
    make.customer(cast.rosa)
    answered = program(cast.mira).post("handovers", wanted)

    assert answered.status_code == status
    if field:
        assert answered.json()["errors"][0]["field"] == field


def test_promises_by_program(program, cast, make):
    """SIG-10: noted, listed, kept; not there for others."""
    customer = make.customer(cast.rosa)
    rosa, address = program(cast.rosa), f"customers/{customer.pk}/promises"
    made = rosa.post(address, {"text": "A price list", "due_on": "2026-12-24"})
    one = f"promises/{made.json()['id']}"

    assert (made.status_code, made.json()["user"]["name"]) == (201, "Rosa Ibarra")
    assert rosa.post(address, {"text": "A price list", "due_on": "soon"}).status_code == 422
    assert rosa.patch(one, {"text": "A list"}).json()["text"] == "A list"
    assert program(cast.otto).post(f"{one}/keep", {}).status_code == 404
    assert rosa.post(f"{one}/keep", {}).json()["outcome"] == "kept"
    assert [each["text"] for each in rosa.get(address).json()["data"]] == ["A list"]
    assert rosa.post(f"{one}/reopen", {}).json()["outcome"] in ("", None)
