"""Leads through the API: what people do on pages, by the same actions (ALL-10)."""

import json

from leadline.leads.models import Lead
from leadline.timeline.models import Activity


def test_add_read_change_and_list(cast, program):
    rosa = program(cast.rosa)
    added = rosa.post("leads", {"name": "Budi", "email": "budi@example.com"})
    assert added.status_code == 201
    lead = added.json()
    assert (lead["stage"]["name"], lead["owner"]["email"]) == ("Assigned", "rosa@example.com")

    again = rosa.post("leads", {"name": "Budi S.", "email": "budi@example.com"}).json()
    assert (again["id"], again["name"]) == (lead["id"], "Budi S.")
    changed = rosa.patch(f"leads/{lead['id']}", {"campaign": "Autumn"}).json()
    assert changed["campaign"] == "Autumn"
    found = rosa.get("leads", {"q": "budi", "sort": "-registered_at"}).json()
    assert [each["id"] for each in found["data"]] == [lead["id"]]
    where = json.dumps({"field": "stage_kind", "op": "equals", "value": "open"})
    assert rosa.get("leads", {"where": where}).json()["count"] == {"value": 1, "exact": True}
    assert program(cast.otto).get(f"leads/{lead['id']}").status_code == 404


def test_verbs(cast, make, program):
    lead = make.lead(cast.rosa, time_zone="UTC")
    address, ada = f"leads/{lead.pk}", program(cast.ada)

    assert (
        ada.post(f"{address}/assign", {"owner": "otto@example.com"}).json()["owner"]["name"] == "Otto Brandt"
    )
    assert ada.post(f"{address}/star", {"until": "2099-01-01"}).status_code == 422
    assert ada.post(f"{address}/stage", {"stage": "Qualified"}).json()["stage"]["name"] == "Qualified"
    assert ada.post(f"{address}/stage", {"stage": "Nowhere"}).status_code == 422
    worked = ada.post(f"{address}/work", {"outcome": "no_answer", "notes": "Rang long"}).json()
    assert worked["callback_at"]
    assert worked["attempts"] == 1
    assert ada.post(f"{address}/tag", {"add": ["fair"]}).json()["tags"] == ["fair"]
    assert ada.post(f"{address}/disqualify", {"reason": "no_budget"}).json()["reason"]["name"] == "No budget"
    assert ada.post(f"{address}/reopen").status_code == 200
    assert ada.post(f"{address}/archive").json()["archived"] is True
    assert ada.post(f"{address}/restore").json()["archived"] is False


def test_activities(cast, make, program):
    lead, rosa = make.lead(cast.rosa), program(cast.rosa)
    address = f"leads/{lead.pk}/activities"

    logged = rosa.post(address, {"kind": "email", "title": "Sent the brochure"})
    assert logged.status_code == 201
    assert [each["title"] for each in rosa.get(address).json()["data"]] == ["Sent the brochure"]
    activity = Activity.objects.get()
    assert activity.lead_id == lead.pk
    corrected = rosa.patch(f"activities/{activity.pk}", {"title": "Sent the price list"}).json()
    assert (corrected["title"], corrected["customer"]) == ("Sent the price list", None)
    assert rosa.patch(f"activities/{activity.pk}", {"contact": 1}).status_code == 422
    assert program(cast.otto).get(f"activities/{activity.pk}").status_code == 404
    assert rosa.get("why", {"kind": "activity", "id": activity.pk}).json()["found"] is False
    assert rosa.post(f"activities/{activity.pk}/archive").status_code == 200
    assert rosa.get(address).json()["data"] == []
    assert program(cast.otto).get(address).status_code == 404


def test_the_queue(cast, make, program):
    assert program(cast.rosa).get("leads/queue").json()["next"] is None
    lead = make.lead(cast.rosa, time_zone="UTC")
    program(cast.ada).post(f"leads/{lead.pk}/work", {"outcome": "busy"})
    Lead.objects.update(callback_at="2001-01-01T00:00Z")
    from leadline.leads.actions.side import follow

    follow([lead.pk])

    told = program(cast.rosa).get("leads/queue").json()
    assert (told["waiting"], told["next"]["id"]) == (1, lead.pk)


def test_many_at_once(cast, make, program, settle):
    ids = [make.lead().pk for _number in range(3)]
    body = {"selection": {"ids": ids}, "verb": "spread", "answers": {"among": [cast.rosa.pk]}}
    lena = program(cast.lena)

    assert lena.post("leads/bulk", {**body, "preview": True}).json()["would_change"] == 3
    assert lena.post("leads/bulk", body).status_code == 202
    settle()
    assert set(Lead.objects.values_list("owner", flat=True)) == {cast.rosa.pk}
    wrong = {**body, "answers": {"among": "everybody"}}
    assert lena.post("leads/bulk", wrong).status_code == 422


def test_settings(cast, program):
    ada, lena = program(cast.ada), program(cast.lena)

    stage = ada.post("lead-stages", {"name": "Warm"}).json()
    assert (stage["kind"], stage["key"]) == ("open", "")
    moved = ada.patch(f"lead-stages/{stage['id']}", {"name": "Hot", "position": 1}).json()
    assert (moved["name"], moved["position"]) == ("Hot", 1)
    assert ada.post(f"lead-stages/{stage['id']}/retire").json()["retired_at"]
    assert ada.post(f"lead-stages/{stage['id']}/restore").json()["retired_at"] is None
    assert len(lena.get("lead-reasons").json()["data"]) == 7
    assert lena.post("lead-reasons", {"name": "Too far"}).status_code == 403
    hours = {"begins": "08:00", "ends": "18:00", "days": [1, 2, 3]}
    assert ada.send("put", "calling-hours", hours).json() == hours
    assert ada.send("put", "calling-hours", {**hours, "days": [9]}).status_code == 422
