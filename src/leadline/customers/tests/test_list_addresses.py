"""Every address of the list shows the list; what can't be meant is told (CUS-5, ALL-2, ALL-3)."""

import json
from urllib.parse import quote

import pytest

from leadline.customers.actions import archive_customer
from leadline.customers.tests.test_list_page import LIST, names_in

HOSTILE = [
    "where={",
    "where=%00",
    'where={"field":"password","op":"equals","value":"x"}',
    'where={"and":' * 30,
    "sort=password",
    "sort=-' OR 1=1",
    "columns=name,nope",
    "columns=" + "name," * 5000,
    "after=abc",
    "before=WyJuYW1lIixudWxsLDFd",
    "archived=maybe",
    "limit=100000",
    "limit=-1",
    "view=99999999999999999999",
    "view=<script>",
    "q=" + "x" * 500,
    "q=%00",
    "q=%ff%fe",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_a_bad_address_shows_the_list_and_says_what_was_wrong(cast, as_, make, query):
    make.customer(cast.rosa, name="Kapal Jaya")

    page = as_(cast.rosa).get(f"{LIST}?{query}")

    assert page.status_code == 200
    assert "<script>" not in page.content.decode().split("<body>")[1].split('<div id="words"')[0]


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("part", ["count", "filter", "columns", "views/save", "export"])
def test_no_part_of_the_list_breaks_at_a_bad_address(cast, as_, part, query):
    assert as_(cast.ada, htmx=True).get(f"{LIST}{part}?{query}").status_code in (200, 400, 422)


@pytest.mark.parametrize("field", ["nope", "activities.sum.at", "activities.", "x.y.z", "name.count", "%00"])
def test_a_filter_by_what_is_not_there_is_refused_in_words(cast, as_, field):
    assert as_(cast.ada, htmx=True).get(f"{LIST}filter?field={field}").status_code == 422


def test_hostile_names_are_shown_as_text(cast, as_, make):
    make.customer(cast.rosa, name='<b onmouseover="x">Kapal</b>', tags=["<i>tag</i>"], industry="<u>Sea</u>")

    text = as_(cast.rosa).get(LIST).content.decode()

    assert "<b onmouseover" not in text
    assert "<i>tag" not in text
    assert "<u>Sea" not in text


def test_filters_stand_in_the_address_and_are_taken_off_by_a_link(cast, as_, make):
    make.customer(cast.rosa, name="Active one", status="active")
    make.customer(cast.rosa, name="Prospect one", status="prospect")
    browser = as_(cast.rosa)

    asked = browser.get(f"{LIST}filter?field=status&op=in&value=active&quick=1&apply=1")
    assert asked.status_code == 302
    assert names_in(browser.get(asked["Location"])) == ["Active one"]

    off = browser.get(f"{LIST}filter?{asked['Location'].partition('?')[2]}&field=status&quick=1&apply=1")
    assert off["Location"] == LIST


def test_a_sum_over_activities_is_a_filter(cast, as_, make):
    busy, quiet = make.customer(cast.rosa, name="Busy"), make.customer(cast.rosa, name="Quiet")
    for days in (1, 2, 3):
        make.activity(busy, days_ago=days)
    make.activity(quiet, days_ago=40)

    browser = as_(cast.rosa)
    asked = browser.get(
        f"{LIST}filter?field=activities.count&op=at_least&value=3&within=30&only=call&apply=1"
    )

    assert names_in(browser.get(asked["Location"])) == ["Busy"]


def test_the_same_address_shows_each_role_its_own_scope(cast, as_, make):
    make.customer(cast.rosa, name="North")
    make.customer(cast.otto, name="South")
    seen = {
        key: names_in(as_(getattr(cast, key)).get(LIST))
        for key in ("rosa", "otto", "mira", "lena", "sam", "ada")
    }
    both = ["North", "South"]
    assert seen == {
        "rosa": ["North"],
        "otto": ["South"],
        "mira": ["North"],
        "lena": both,
        "sam": both,
        "ada": both,
    }


def test_columns_are_chosen_ordered_and_kept_in_a_view(cast, as_, make):
    make.customer(cast.rosa, city="Bandung")
    browser = as_(cast.rosa)
    chosen = browser.get(f"{LIST}columns?column=name&column=city&column=owner&apply=1")["Location"]
    assert chosen == f"{LIST}?columns=name,city,owner"

    kept = browser.post(
        f"{LIST}views/save?{chosen.partition('?')[2]}",
        {"name": "Cities", "visibility": "private", "opens": "on"},
    )
    assert kept["Location"].startswith(f"{LIST}?view=")
    text = browser.get(LIST).content.decode()
    assert text.index('data-label="City"') < text.index('data-label="Owner"')


def test_a_private_view_is_not_shown_to_others_and_the_list_says_so(cast, as_):
    kept = as_(cast.rosa).post(f"{LIST}views/save", {"name": "Mine", "visibility": "private"})
    page = as_(cast.otto).get(kept["Location"])
    assert page.status_code == 200
    assert "not shown to you" in page.content.decode()


def test_a_search_that_finds_nothing_helps(cast, as_, make):
    """What the seller may not see is counted, never named (CUS-6, ALL-3)."""
    make.customer(cast.otto, name="Perahu Layar")
    text = as_(cast.rosa).get(f"{LIST}?q=perahu").content.decode()
    assert "outside your scope" in text
    assert "Perahu Layar" not in text
    assert "Otto Brandt" not in text
    assert "Otto Brandt" in as_(cast.mira).get(f"{LIST}?q=perahu").content.decode()


def test_pages_go_on_and_back_by_key(cast, as_, make):
    for number in range(60):
        make.customer(cast.rosa, name=f"Boat {number:02}")
    browser = as_(cast.rosa)
    first = browser.get(LIST)
    onward = first.content.decode().split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = browser.get(onward)
    assert names_in(first) + names_in(second) == [f"Boat {number:02}" for number in range(60)]
    back = second.content.decode().split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")
    assert names_in(browser.get(back)) == names_in(first)


def test_the_whole_is_counted_when_asked(cast, as_, make):
    make.customer(cast.rosa)
    where = quote(json.dumps({"field": "status", "op": "equals", "value": "prospect"}))
    assert "1 in all" in as_(cast.rosa).get(f"{LIST}count?where={where}").content.decode()


def test_a_view_keeps_what_was_searched_and_the_archived(cast, as_, make):
    """CUS-5: the number alone stands in the address; what is changed of it stands there whole."""
    make.customer(cast.rosa, name="Kapal Jaya")
    archived = make.customer(cast.rosa, name="Kapal Lama")
    archive_customer(archived, by=make.by)
    browser = as_(cast.rosa)

    kept = browser.post(
        f"{LIST}views/save?q=kapal&archived=only", {"name": "Old boats", "visibility": "private"}
    )["Location"]
    page = browser.get(kept).content.decode()

    assert names_in(browser.get(kept)) == ["Kapal Lama"]
    assert 'name="q" value="kapal"' in page
    assert "Update view" not in page
    counts = browser.get(f"{LIST}views/counts").content.decode()
    assert ">1<" in counts
    assert names_in(browser.get(f"{kept}&archived=no")) == ["Kapal Jaya"]
    assert names_in(browser.get(f"{kept}&archived=no&q=")) == ["Kapal Jaya"]
    assert "Update view" in browser.get(f"{kept}&archived=no").content.decode()
