"""The page about the API: every operation, our own style, nothing from elsewhere (INT-2)."""

import re
from html import unescape

from django.test import Client

from leadline.api.describing.reading import type_in_words
from leadline.api.v1 import api


def test_every_operation_and_every_shape_stands_on_the_page(as_, cast):
    page = as_(cast.rosa).get("/api/v1/docs").content.decode()
    words = unescape(page)
    document = api.get_openapi_schema()

    for operations in document["paths"].values():
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in page
            assert operation["summary"] in words
    for name in document["components"]["schemas"]:
        assert f'id="shape-{name}"' in page
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_a_stranger_reads_it_too_and_nothing_comes_from_elsewhere(db):
    response = Client().get("/api/v1/docs")
    page = response.content.decode()

    assert response.status_code == 200
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert "<script>" not in page
    assert "style=" not in page
    assert "unsafe" not in response["Content-Security-Policy"]


def test_types_are_told_in_words():
    assert type_in_words({"$ref": "#/components/schemas/Job"}) == ("Job", "Job")
    assert type_in_words({"type": "array", "items": {"type": "string"}}) == ("[string]", "")
    assert type_in_words({"anyOf": [{"type": "integer"}, {"type": "null"}]}) == ("integer | null", "")
    assert type_in_words({"enum": ["a", "b"]}) == ("a | b", "")
    assert type_in_words({"type": ["string", "null"], "format": "date"}) == ("string | null (date)", "")


def test_a_profile_leads_to_it(as_, cast):
    assert 'href="/api/v1/docs"' in as_(cast.rosa).get("/me").content.decode()
