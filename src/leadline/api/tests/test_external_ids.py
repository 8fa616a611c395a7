"""By what other systems know records: read, set, asked for (CUS-20)."""

import json

import pytest


@pytest.fixture
def customer(cast, make):
    return make.customer(cast.rosa)


def put(client, address, body):
    return client.put(address, json.dumps(body), content_type="application/json")


def test_ids_are_set_read_and_found(cast, as_, make, customer):
    address = f"/api/v1/customers/{customer.pk}/external-ids"
    ada = as_(cast.ada)

    assert put(ada, address, {"system": "HubSpot", "values": ["12", "13"]}).status_code == 200
    assert ada.get(address).json()["data"] == [
        {"system": "HubSpot", "value": "12"},
        {"system": "HubSpot", "value": "13"},
    ]
    where = json.dumps({"field": "external_id", "op": "equals", "value": "HubSpot:13"})
    found = ada.get("/api/v1/customers", {"where": where, "fields": "name,external_id"}).json()["data"]
    assert [one["external_id"] for one in found] == ["HubSpot:12, HubSpot:13"]
    assert "HubSpot: 12" in ada.get(f"/customers/{customer.pk}/").content.decode()


def test_what_another_customer_has_is_refused_and_a_stranger_finds_nothing(cast, as_, make, customer):
    address = f"/api/v1/customers/{customer.pk}/external-ids"
    put(as_(cast.ada), address, {"system": "HubSpot", "values": ["12"]})
    other = make.customer(cast.otto)

    refused = put(
        as_(cast.ada), f"/api/v1/customers/{other.pk}/external-ids", {"system": "HubSpot", "values": ["12"]}
    )

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "external_id"
    assert as_(cast.otto).get(address).status_code == 404
    assert put(as_(cast.sam), address, {"system": "HubSpot", "values": []}).status_code == 403


@pytest.mark.parametrize(
    "body",
    [{}, {"system": "", "values": ["1"]}, {"system": "A", "values": "1"}, {"system": "A", "values": ["a,b"]}],
)
def test_what_can_not_be_meant_is_refused(cast, as_, customer, body):
    assert put(as_(cast.ada), f"/api/v1/customers/{customer.pk}/external-ids", body).status_code == 422
