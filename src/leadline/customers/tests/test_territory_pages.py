"""Territories in the browser and by the API (PPL-3, ALL-10)."""

import json
import re
from html import unescape

from leadline.customers import actions
from leadline.people.models import Role, Territory

INDONESIA = {"field": "country", "op": "equals", "value": "ID"}


def test_ada_draws_a_territory(cast, make, as_, settle):
    """From its name to its rules, with the customers that fit while the rules are made, to the result."""
    kopi, teh = (
        make.customer(cast.rosa, name="Kopi Kita", country="ID"),
        make.customer(name="Teh", country="SG"),
    )
    ada = as_(cast.ada)

    came = ada.post("/territories/add", {"name": "Java", "members": [cast.rosa.pk]})
    java = Territory.objects.get(name="Java")
    assert came["Location"] == f"/territories/{java.pk}/rules"
    assert "Add a rule to see who fits" in ada.get(came["Location"]).text
    fields = ada.get(f"/territories/{java.pk}/rules/filter").text
    assert ("Postcode" in fields, "Last interaction" in fields) == (True, False)
    asked = {"field": "country", "op": "in", "value": ["ID"], "apply": "1"}
    chosen = ada.get(f"/territories/{java.pk}/rules/filter", asked)
    page = ada.get(chosen["Location"]).text
    assert ("Kopi Kita" in page, "Teh" in page) == (True, False)
    assert "1 customer fits" in page

    rules = json.dumps({"field": "country", "op": "in", "value": ["ID"]})
    saved = ada.post(f"/territories/{java.pk}/rules", {"rules": rules})
    assert saved["Location"] == f"/territories/{java.pk}"
    assert "Customers are being put" in ada.get("/territories").text
    settle()
    kopi.refresh_from_db()
    teh.refresh_from_db()
    assert (kopi.territory, teh.territory) == (java, None)
    shown = ada.get("/territories").text
    assert "Country is one of Indonesia" in shown
    assert "Rosa Ibarra" in shown
    assert "because it fits its rules" in ada.get(f"/customers/{kopi.pk}/territory").text
    assert "lies in no territory" in ada.get(f"/customers/{teh.pk}/territory").text


def test_territories_are_moved_and_retired_by_buttons(cast, by, as_, settle):
    java, bali = (actions.add_territory(name=name, by=by(cast.ada)).territory for name in ("Java", "Bali"))
    ada = as_(cast.ada)

    ada.post(f"/territories/{bali.pk}/move", {"position": 1})
    ada.post(f"/territories/{java.pk}/retire")
    settle()

    bali.refresh_from_db()
    java.refresh_from_db()
    assert bali.position == 1
    assert java.retired_at is not None
    assert "Retired" in ada.get(f"/territories/{java.pk}").text
    ada.post(f"/territories/{java.pk}/restore")
    java.refresh_from_db()
    assert java.retired_at is None


def test_rules_opened_by_their_bare_address_are_those_that_were_saved(cast, by, as_):
    """A bookmark, a back button, a link without a query: saving what is shown loses nothing (ALL-1)."""
    java = actions.add_territory(name="Java", rules=INDONESIA, by=by(cast.ada)).territory
    ada, here = as_(cast.ada), f"/territories/{java.pk}/rules"

    page = ada.get(here).text
    assert "Country is Indonesia" in page
    ada.post(here, {"rules": _rules_on(page)})
    java.refresh_from_db()
    assert java.rules == INDONESIA

    without = ada.get(_link_that_takes_off("Country is Indonesia", page)).text
    assert "Add a rule to see who fits" in without
    assert (
        "Country is Indonesia"
        in ada.get(f"{here}/filter?field=industry&op=equals&value=Fishing&apply=1", follow=True).text
    )
    ada.post(here, {"rules": _rules_on(without)})
    java.refresh_from_db()
    assert java.rules == {}


def test_bad_rules_are_told_on_the_page(cast, by, as_):
    java = actions.add_territory(name="Java", by=by(cast.ada)).territory

    answer = as_(cast.ada).post(f"/territories/{java.pk}/rules", {"rules": '{"field": "email"}'})

    assert answer.status_code == 422
    assert "“email” can&#39;t be filtered by." in answer.text


def test_the_others_read_and_change_nothing(cast, by, as_):
    java = actions.add_territory(name="Java", rules=INDONESIA, by=by(cast.ada)).territory
    rosa = as_(cast.rosa)

    assert "Country is Indonesia" in rosa.get("/territories").text
    assert "Edit rules" not in rosa.get(f"/territories/{java.pk}").text
    for address in ("add", f"{java.pk}", f"{java.pk}/rules", f"{java.pk}/retire", f"{java.pk}/move"):
        assert (
            rosa.post(f"/territories/{address}", {"name": "X", "rules": "{}", "position": 1}).status_code
            == 403
        )
    assert rosa.get("/territories/999").status_code == 404


def test_the_list_counts_only_what_one_sees(cast, make, by, as_, settle):
    """ALL-3: each by the own reach."""
    actions.add_territory(name="Java", rules=INDONESIA, by=by(cast.ada))
    settle()
    make.customer(cast.rosa, country="ID")
    make.customer(cast.otto, country="ID")

    cell = '<td class="number" data-label="Customers">%s</td>'
    assert cell % 1 in as_(cast.rosa).get("/territories").text
    assert cell % 2 in as_(cast.ada).get("/territories").text


def test_customers_are_filtered_and_exported_by_territory(cast, make, by, as_, settle):
    """CUS-5: by its name in words, in the address by its id."""
    java = actions.add_territory(name="Java", rules=INDONESIA, by=by(cast.ada)).territory
    settle()
    make.customer(cast.rosa, name="Kopi Kita", country="ID")
    make.customer(cast.rosa, name="Teh Botol", country="SG")

    where = json.dumps({"field": "territory", "op": "equals", "value": java.pk})
    page = as_(cast.rosa).get("/customers/", {"where": where, "columns": "name,territory"}).text

    assert ("Kopi Kita" in page, "Teh Botol" in page) == (True, False)
    assert "Territory is Java" in page


def test_a_program_arranges_territories(cast, make, as_, settle):
    """ALL-10: the same by the API."""
    cast.otto.roles.set([Role.objects.get(key="field-sales")])
    customer = make.customer(cast.rosa, country="ID")
    ada, otto = as_(cast.ada), as_(cast.otto)
    send = lambda method, address, body: getattr(ada, method)(  # noqa: E731
        f"/api/v1/territories{address}", json.dumps(body), content_type="application/json"
    )

    made = send("post", "", {"name": "Java", "rules": INDONESIA, "members": [cast.otto.pk]})
    assert made.status_code == 201
    java = made.json()
    assert java["in_words"] == "Country is Indonesia"
    assert java["job"] is not None
    settle()
    assert otto.get(f"/api/v1/customers/{customer.pk}").json()["territory"] == {
        "id": java["id"],
        "name": "Java",
    }

    assert send("patch", f"/{java['id']}", {"members": []}).json()["members"] == []
    assert otto.get(f"/api/v1/customers/{customer.pk}").status_code == 404
    refused = send("patch", f"/{java['id']}", {"rules": {"field": "name", "op": "equals", "value": "x"}})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "rules")
    assert send("patch", f"/{java['id']}", {"members": [10**6]}).status_code == 422
    assert send("post", f"/{java['id']}/retire", {}).json()["retired_at"]
    assert send("post", f"/{java['id']}/retire", {}).status_code == 422
    assert otto.get("/api/v1/territories").json()["data"][0]["name"] == "Java"
    denied = otto.patch(f"/api/v1/territories/{java['id']}", "{}", content_type="application/json")
    assert denied.status_code == 403


def _rules_on(page):
    return unescape(re.search(r'name="rules" value="([^"]*)"', page)[1])


def _link_that_takes_off(rule, page):
    chip = next(chip for chip in page.split('<span class="filter-chip">') if rule in chip)
    return unescape(re.search(r'class="off" href="([^"]*)"', chip)[1])
