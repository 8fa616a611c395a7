"""The way of a messy file: read, mapped, checked, run, mended, undone (CUS-19, CUS-20)."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.watching import calm

MESSY = """Firma;E-Mail;Telefon;Stadt;Stadt;
Café Müller;info@mueller.example;0811 223 344;Köln;Nord;
Kopi Nusantara;halo@kopi.example;+62 811 223 345;Bandung;;
Bäckerei Groß;baeckerei at gross;;Köln;Süd;
"Teh; Puncak";teh@puncak.example;;Bogor;;
Kopi Nusantara;halo@kopi.example;;Bandung;;
Ohne Adresse;;;Köln;;
"""


@pytest.fixture
def file(tmp_path) -> Path:
    """Semicolons, Windows-1252, a doubled header, bad and missing addresses, a row twice."""
    path = tmp_path / "Kunden März.csv"
    path.write_bytes(MESSY.replace("\n", "\r\n").encode("cp1252"))
    return path


@pytest.fixture
def page(cast, make, visit, file) -> Page:
    """Ada has uploaded the file; one of its customers is here already."""
    make.customer(cast.rosa, name="Kopi Nusantara", email="halo@kopi.example")
    page = visit(cast.ada, "/imports/start")
    page.get_by_label("Choose a file").set_input_files(file)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kunden März.csv")
    return page


def to_the_result(page: Page) -> None:
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Would be created")).to_be_visible()
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_text("The import is done.")).to_be_visible()


def figure(page: Page, label: str, value: int) -> None:
    card = page.locator(".figure-card").filter(has=page.get_by_text(label, exact=True))
    expect(card.locator(".figure")).to_have_text(str(value))


def test_every_step_from_the_file_to_the_corrected_rows(page):
    expect(page.get_by_role("cell", name="Café Müller")).to_be_visible()
    expect(page.get_by_label("Cells are separated by")).to_have_value(";")
    calm(page)
    page.get_by_label("Cells are separated by").select_option(",")
    page.get_by_role("button", name="Read again").click()
    expect(page.get_by_role("cell", name="Café Müller", exact=True)).to_have_count(0)
    page.get_by_label("Cells are separated by").select_option(";")
    page.get_by_role("button", name="Read again").click()
    expect(page.get_by_role("cell", name="Teh; Puncak")).to_be_visible()
    page.get_by_role("link", name="Continue").click()

    expect(page.get_by_label("Firma goes to")).to_have_value("name")
    expect(page.get_by_label("E-Mail goes to")).to_have_value("email")
    calm(page)
    page.get_by_role("button", name="Continue").click()
    calm(page)
    page.get_by_role("button", name="Check the file").click()

    figure(page, "Would be created", 2)
    figure(page, "Would be skipped", 2)
    figure(page, "Would be rejected", 2)
    expect(page.get_by_role("region", name="First rows", exact=True)).to_contain_text("baeckerei at gross")
    calm(page)
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_text("The import is done.")).to_be_visible()
    figure(page, "Created", 2)
    figure(page, "Rejected", 2)
    calm(page)

    page.get_by_role("link", name="Correct here").click()
    calm(page)
    page.get_by_label("E-Mail of row 4").fill("info@gross.example")
    page.get_by_role("button", name="Import corrected rows").click()
    expect(page.get_by_text("The import is done.")).to_be_visible()
    figure(page, "Created", 1)
    page.goto("/customers/")
    expect(page.locator("tbody th a")).to_have_text(
        ["Bäckerei Groß", "Café Müller", "Kopi Nusantara", "Teh; Puncak"]
    )


def test_an_import_is_undone(page):
    to_the_result(page)
    page.get_by_role("button", name="Undo the import").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Undo").click()

    expect(page.get_by_text("This import was undone.")).to_be_visible()
    calm(page)
    page.goto("/customers/")
    expect(page.locator("tbody th a")).to_have_text(["Kopi Nusantara"])


def test_the_created_customers_are_one_click_away_and_the_import_stays_listed(page):
    to_the_result(page)
    page.get_by_role("link", name="Show what was created").click()
    expect(page.locator("tbody th a")).to_have_text(["Café Müller", "Teh; Puncak"])

    page.goto("/imports/")
    expect(page.get_by_role("row", name="Kunden März.csv")).to_contain_text("Done")
    calm(page)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20, ""),
    ],
)
def test_a_file_that_is_none_is_told_on_the_spot(cast, visit, tmp_path, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)
    page = visit(cast.ada, "/imports/start")
    page.get_by_label("Choose a file").set_input_files(file)
    page.get_by_role("button", name="Upload").click()

    told = page.locator("[data-refusal]")
    expect(told).not_to_be_empty()
    expect(told).to_contain_text(said)
    calm(page)
