"""The description of the API is valid, whole, and says what the operations do (INT-2)."""

import pytest
from django.test import Client
from jsonschema_rs import Draft202012Validator

from leadline.api.v1 import api


@pytest.fixture
def document(db):
    return Client().get("/api/v1/openapi.json").json()


def test_the_description_is_openapi_3_1_and_each_schema_is_a_json_schema(document):
    assert document["openapi"] == "3.1.0"
    for schema in document["components"]["schemas"].values():
        Draft202012Validator({**schema, "components": document["components"]})


def test_each_reference_points_at_something(document):
    known = document["components"]["schemas"]

    def references(part):
        if isinstance(part, dict):
            yield from [part["$ref"]] if "$ref" in part else []
            for item in part.values():
                yield from references(item)
        elif isinstance(part, list):
            for item in part:
                yield from references(item)

    assert {ref.rsplit("/", 1)[1] for ref in references(document)} <= set(known)


def test_each_operation_says_how_it_refuses_and_has_an_id_of_its_own(document):
    ids = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            ids.append(operation["operationId"])
            told = set(operation["responses"])
            assert {"400", "401", "403", "422", "500"} <= told, operation["operationId"]
            assert "{" not in path or "404" in told, operation["operationId"]
            if method in ("post", "patch"):
                assert {"409", "413", "415"} <= told
                assert "requestBody" in operation, operation["operationId"]
    assert len(ids) == len(set(ids)) > 60


def test_an_example_of_a_body_fits_its_own_schema(document):
    for operations in document["paths"].values():
        for operation in operations.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                if "example" in content:
                    schema = {**content["schema"], "components": document["components"]}
                    assert Draft202012Validator(schema).is_valid(content["example"]), operation["operationId"]


def test_fields_are_those_of_the_catalogue(document):
    from leadline.core.fields import catalogue

    shown = document["components"]["schemas"]["Customer"]["properties"]
    assert set(shown) == {"id", *(field.name for field in catalogue("customer").fields)}
    body = document["paths"]["/api/v1/customers"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    assert "created_at" not in body["properties"]
    assert sorted(body["required"]) == ["email", "name"]


def test_it_is_the_same_document_that_the_code_makes(document):
    assert set(document["paths"]) == set(api.get_openapi_schema()["paths"])
