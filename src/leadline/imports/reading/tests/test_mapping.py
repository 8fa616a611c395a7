"""Columns are matched by known exports, names, synonyms and content (CUS-19, CUS-20)."""

import pytest

from leadline.imports.reading.mapping import Target, propose, signature
from leadline.imports.reading.presets import PRESETS, preset_for

TARGETS = [
    Target("name", "Name", ("company", "company name", "account name", "customer")),
    Target("email", "E-mail", ("email address", "mail")),
    Target("phone", "Phone", ("telephone", "mobile", "nomor telepon")),
    Target("website", "Website", ("url", "domain")),
    Target("industry", "Industry"),
    Target("first_name", "First name"),
    Target("last_name", "Last name"),
]


def proposed(names, rows=(), kind="customers"):
    return {names[column]: one.field for column, one in propose(names, rows, TARGETS, kind).items()}


def test_names_and_synonyms_in_any_dress():
    assert proposed(["COMPANY_NAME", "E-Mail Address", "Telephone", "Notes"]) == {
        "COMPANY_NAME": "name",
        "E-Mail Address": "email",
        "Telephone": "phone",
    }


def test_spelling_mistakes_are_forgiven():
    assert proposed(["Industrry", "Compnay name"]) == {"Industrry": "industry", "Compnay name": "name"}


def test_content_tells_where_the_name_does_not():
    rows = [["x", "ana@b.co", "+62 811 1234", "https://b.co", "12/03/2024"]] * 5
    assert proposed(["A", "B", "C", "D", "E"], rows) == {"B": "email", "C": "phone", "D": "website"}


def test_no_field_is_filled_twice_and_the_better_name_wins():
    assert proposed(["Mobile", "Phone"]) == {"Phone": "phone"}


def test_an_order_in_a_file_is_only_data():
    assert proposed(["Action", "Delete", "ID", "Email"], [["delete", "yes", "7", "a@b.co"]]) == {
        "Email": "email"
    }


@pytest.mark.parametrize("preset", PRESETS, ids=lambda one: f"{one.source} {one.kind}")
def test_known_exports_are_recognised(preset):
    assert preset_for(list(preset.fields), preset.kind) is preset


def test_hubspot_companies_are_mapped():
    names = ["Record ID", "Company name", "Phone Number", "Industry", "Company Domain Name", "Create Date"]
    assert proposed(names) == {
        "Company name": "name",
        "Phone Number": "phone",
        "Industry": "industry",
        "Company Domain Name": "website",
    }


def test_a_source_keeps_its_signature():
    assert signature(["E-Mail", "Name"]) == signature(["name", "e mail"])
