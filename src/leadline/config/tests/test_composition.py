"""What stands where: menu, tabs, palette (design 3)."""

import pytest
from django.urls import reverse

from leadline.config.composition import CUSTOMER_TABS, DEEDS, MENU, OTHER_PAGES


def test_every_name_in_the_composition_is_a_view():
    for entry in [page for _label, pages in MENU for page in pages] + OTHER_PAGES + DEEDS:
        assert reverse(entry.view)
    for tab in CUSTOMER_TABS:
        assert reverse(tab.view, args=[1])


def test_no_two_pages_have_the_same_keys():
    keys = [page.key for _label, pages in MENU for page in pages if page.key]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("who", "there", "not_there"),
    [
        ("ada", ["/customers/", "/imports/", "/settings", "/people"], []),
        ("rosa", ["/customers/", "/people", "/jobs"], ["/imports/", "/settings"]),
        ("mira", ["/customers/", "/imports/"], ["/settings"]),
        ("aud", ["/customers/"], ["/imports/", "/settings"]),
        ("prue", ["/people", "/jobs"], ["/customers/", "/imports/", "/changes", "/settings"]),
    ],
)
def test_the_menu_shows_what_the_roles_open(cast, as_, who, there, not_there):
    menu = as_(getattr(cast, who)).get("/me").text.split('class="nav"')[1].split("</nav>")[0]

    for address in there:
        assert f'href="{address}"' in menu
    for address in not_there:
        assert f'href="{address}"' not in menu


def test_the_palette_offers_pages_and_deeds_that_the_person_may(cast, as_):
    for_ada = as_(cast.ada, htmx=True).get("/palette").text
    for_aud = as_(cast.aud, htmx=True).get("/palette").text

    assert "/customers/add" in for_ada
    assert "/people/add" in for_ada
    assert "/customers/add" not in for_aud
    assert "/people/add" not in for_aud
    assert "/settings" not in for_aud


def test_the_palette_finds_customers_in_scope_by_their_contacts_too(cast, as_, make):
    mine = make.customer(cast.rosa, name="Sørensen Fisk")
    make.contact(mine, name="Ingrid Halvorsen")
    others = make.customer(cast.otto, name="Sorensen Shipping")

    def found(who, query):
        return as_(who, htmx=True).get("/palette", {"q": query}).text

    assert f"/customers/{mine.pk}/" in found(cast.rosa, "sorensen")
    assert f"/customers/{others.pk}/" not in found(cast.rosa, "sorensen")
    assert f"/customers/{others.pk}/" in found(cast.mira.__class__.objects.get(pk=cast.lena.pk), "sorensen")
    by_contact = found(cast.rosa, "halvorsen")
    assert f"/customers/{mine.pk}/" in by_contact
    assert "Ingrid" in by_contact.title()


@pytest.mark.parametrize(
    "typed", ["", " ", "<script>alert(1)</script>", "'; DROP TABLE", "\0", "%", "x" * 5000, "🦑"]
)
def test_the_palette_stands_whatever_is_typed(cast, as_, typed):
    response = as_(cast.rosa, htmx=True).get("/palette", {"q": typed})

    assert response.status_code == 200
    assert "<script" not in response.text


def test_the_palette_begins_with_the_customers_seen_last(cast, as_, make, by):
    first, second = make.customer(cast.rosa, name="First seen"), make.customer(cast.rosa, name="Then seen")
    browser = as_(cast.rosa)
    browser.get(f"/customers/{first.pk}/")
    browser.get(f"/customers/{second.pk}/")

    shown = browser.get("/palette").text

    assert shown.index("Then seen") < shown.index("First seen")

    from leadline.customers.actions import assign_customers

    assign_customers([first.pk], owner=cast.otto, by=by(cast.ada))
    assert "First seen" not in browser.get("/palette").text
