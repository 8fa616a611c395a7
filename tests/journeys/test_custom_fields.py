"""A custom field from its making to the file in which its values are taken out (CUS-21)."""

import csv
from pathlib import Path

from playwright.sync_api import expect

from leadline.core.custom.models import CustomField
from tests.journeys.test_importing import to_the_result
from tests.journeys.watching import calm

FILE = """Name,E-mail,Renews in
Kopi Nusantara,halo@kopi.example,May
Teh Puncak,teh@puncak.example,june
Ohne,ohne@example.com,
"""


def test_a_field_is_made_filled_by_a_file_filtered_by_and_exported(cast, visit, settle, tmp_path: Path):
    page = visit(cast.ada, "/fields")
    page.get_by_role("link", name="Add field").first.click()
    page.get_by_role("link", name="Choice", exact=True).click()
    page.get_by_label("Label").fill("Industry")
    page.get_by_label("Choices").fill("May\nJune\nJuly")
    page.get_by_label("Section").fill("Contract")
    page.get_by_role("button", name="Make field").click()
    expect(page.get_by_text("is what the field “Industry” is called already")).to_be_visible()
    page.get_by_label("Label").fill("Renews in")
    page.get_by_role("button", name="Make field").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Renews in")
    expect(page.get_by_text("its name is x_renews_in")).to_be_visible()

    path = tmp_path / "renewals.csv"
    path.write_text(FILE)
    page.goto("/imports/start")
    page.get_by_label("Choose a file").set_input_files(path)
    page.get_by_role("button", name="Upload").click()
    to_the_result(page)

    page.goto("/customers/?columns=name,x_renews_in")
    expect(page.get_by_role("cell", name="June")).to_be_visible()
    page.get_by_role("link", name="Add filter").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name="Renews in").click()
    dialog.get_by_label("May").check()
    dialog.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Kopi Nusantara")).to_be_visible()
    expect(page.get_by_role("link", name="Teh Puncak")).to_have_count(0)
    calm(page)

    page.goto("/customers/?columns=name,x_renews_in")
    page.get_by_role("link", name="Kopi Nusantara").click()
    expect(page.locator("#about")).to_contain_text("Contract")
    expect(page.locator("#about")).to_contain_text("May")
    answer = page.request.get("/api/v1/customers?fields=name,x_renews_in")
    assert {row["name"]: row["x_renews_in"] for row in answer.json()["data"]} == {
        "Kopi Nusantara": "may", "Teh Puncak": "june", "Ohne": None,
    }  # fmt: skip
    field = CustomField.objects.get()
    page.goto("/fields")
    page.get_by_role("link", name="Renews in").click()
    page.get_by_role("link", name="Archive field").click()
    page.get_by_role("button", name="Archive field").click()
    expect(page.locator("#archived")).to_contain_text(field.label)


def test_values_come_back_from_a_file_as_they_were(cast, make, by, settle, tmp_path):
    """Form → JSONB → list → export → import: nothing is lost on the way."""
    from leadline.core.custom.actions import make_field
    from leadline.core.lists.export.running import write_export
    from leadline.core.lists.selection import Selection
    from leadline.customers.actions import edit_customer
    from leadline.customers.models import Customer

    who = by(cast.ada)
    for label, kind, more in (
        ("T1", "text", {}), ("L1", "long_text", {}), ("N1", "number", {}), ("M1", "money", {}),
        ("D1", "date", {}),
        ("C1", "choice", {"choices": ["Sea, deep", "=Sum(1)"]}), ("S1", "several", {"choices": ["A b", "C"]}),
        ("Y1", "yes_no", {}), ("U1", "user", {}), ("P1", "phone", {}), ("W1", "website", {}),
    ):  # fmt: skip
        make_field("customer", label=label, kind=kind, **more, by=who)
    values = {
        "x_t1": "=HYPERLINK(1)", "x_l1": "two\nlines, and a “quote”", "x_n1": "12345678901234567.125",
        "x_m1": "1234.50", "x_d1": "2026-02-28", "x_c1": "=Sum(1)", "x_s1": "C, A b", "x_y1": "no",
        "x_u1": cast.rosa.email, "x_p1": "+62215550100", "x_w1": "https://kapal.example",
    }  # fmt: skip
    customer = make.customer(cast.rosa, **values)
    kept = customer.custom
    assert len(kept) == len(values)
    path = tmp_path / "out.csv"
    with path.open("wb") as file:
        write_export(Selection("customer"), ["email", *values], "csv", file, by=who)
    (row,) = csv.DictReader(path.open(newline=""))
    assert row["x_t1"] == "'=HYPERLINK(1)"
    emptied = edit_customer(customer, **dict.fromkeys(values, ""), by=who)
    assert emptied.custom == {}
    back = {name: value.removeprefix("'") for name, value in row.items() if name in values}
    assert edit_customer(emptied, **back, by=who).custom == kept
    assert Customer.objects.get(pk=customer.pk).custom == kept
