"""The list of customers as a page: rows, scope, address (CUS-4, CUS-5, ALL-3)."""

import re

LIST = "/customers/"


def names_in(response):
    """The names of the customers on a page, in their order."""
    return re.findall(r'<a class="clip" href="/customers/\d+/">([^<]*)</a>', response.content.decode())


def test_a_seller_sees_just_the_own_portfolio(cast, as_, make):
    make.customer(cast.rosa, name="Kapal Jaya")
    make.customer(cast.otto, name="Otto's Boats")

    page = as_(cast.rosa).get(LIST)

    assert page.status_code == 200
    assert names_in(page) == ["Kapal Jaya"]


def test_the_page_costs_three_queries_however_many_rows(cast, as_, make, django_assert_num_queries):
    for _ in range(12):
        make.customer(cast.rosa, tags=["vip"])
    browser = as_(cast.mira)
    browser.get(LIST)

    with django_assert_num_queries(3):  # who it is, rows, count; views are known since the first time
        browser.get(LIST)
    with django_assert_num_queries(3):
        browser.get(f"{LIST}?limit=5")
