"""Roles in the pages: seen by everybody, altered by administrators with the effect told before (PPL-2)."""

import re

import pytest

from leadline.core.clock import now
from leadline.people.forms.roles import start_of
from leadline.people.models import Role


@pytest.fixture
def typed():
    """`typed("auditor", view="own")`: the form of a role as a browser sends it."""

    def sent(key: str, **verbs: str) -> dict[str, str]:
        role = Role.objects.get(key=key)
        chosen = {name: value for name, value in start_of(role).items() if value}
        others = {f"grants.customer.{verb}": scope for verb, scope in verbs.items()}
        return {**chosen, "version": str(role.version), **others}

    return sent


def test_saving_what_stands_there_changes_nothing(cast, as_, typed):
    for key in ("sales-manager", "administrator", "auditor", "product"):
        before = Role.objects.get(key=key).content
        assert as_(cast.ada, htmx=True).post(f"/roles/{key}", typed(key)).status_code == 200
        assert Role.objects.get(key=key).content == before


def test_the_effect_is_told_with_names_and_nothing_is_saved(cast, make, as_, typed):
    make.customer(cast.otto)

    page = as_(cast.ada, htmx=True).post("/roles/auditor/effect", typed("auditor", view="own")).text

    assert "1 person loses sight of 1 customer." in page
    assert "Aud Lindqvist" in page
    assert Role.objects.get(key="auditor").grants["customer"]["view"] == "all"


def test_saved_it_holds_on_the_next_request_of_another(cast, make, as_, typed):
    customer = make.customer(cast.otto)
    aud = as_(cast.aud)
    assert aud.get(f"/customers/{customer.pk}/").status_code == 200

    saved = as_(cast.ada).post("/roles/auditor", typed("auditor", view="own"))

    assert saved["Location"] == "/roles/auditor"
    assert aud.get(f"/customers/{customer.pk}/").status_code == 404
    history = as_(cast.aud).get("/roles/auditor").text
    assert "Ada Santoso" in history
    assert "<del>All</del>" in history


def test_two_at_once_the_second_sees_what_the_first_saved(cast, as_, typed):
    first, second = typed("auditor", view="own"), typed("auditor", export="all")
    as_(cast.ada).post("/roles/auditor", first)

    told = as_(cast.ada, htmx=True).post("/roles/auditor", second)

    assert told.status_code == 422
    assert "Somebody else changed this" in told.text
    assert "Customers, contacts and their timelines: See" in told.text
    again = {**second, "version": str(Role.objects.get(key="auditor").version)}
    assert as_(cast.ada, htmx=True).post("/roles/auditor", again).status_code == 200


def test_the_last_administrator_is_told_in_the_form_and_before(cast, as_, typed):
    without = typed("administrator")
    del without["grants.user.manage"]
    ada = as_(cast.ada, htmx=True)

    assert "nobody would be left" in ada.post("/roles/administrator/effect", without).text
    refused = ada.post("/roles/administrator", without)
    assert (refused.status_code, "nobody would be left" in refused.text) == (422, True)
    assert "nobody would be left" in ada.get("/roles/administrator/retire").text
    assert ada.post("/roles/administrator/retire").status_code == 422


def test_copied_retired_brought_back_and_reset(cast, as_, typed):
    ada = as_(cast.ada)

    assert (
        ada.post("/roles/inside-sales/clone", {"name": "Junior Sales"})["Location"] == "/roles/junior-sales"
    )
    assert "Made here" in ada.get("/roles/junior-sales").text
    assert "junior-sales" in ada.get("/people/add").text
    assert ada.post("/roles/inside-sales/clone", {"name": "Junior sales"}).status_code == 422
    ada.post("/roles/junior-sales/retire")
    assert "Retired" in ada.get("/roles").text
    assert "junior-sales" not in ada.get("/people/add").text
    ada.post("/roles/junior-sales/bring-back")
    assert "junior-sales" in ada.get("/people/add").text
    ada.post("/roles/auditor", typed("auditor", view="own"))
    assert "Altered here" in ada.get("/roles/auditor").text
    ada.post("/roles/auditor/reset")
    assert Role.objects.get(key="auditor").grants["customer"]["view"] == "all"
    assert ada.post("/roles/junior-sales/reset").status_code == 422


def test_others_read_and_are_refused(cast, as_, typed):
    rosa = as_(cast.rosa)

    page = rosa.get("/roles/auditor")
    assert page.status_code == 200
    assert 'type="submit"' not in page.text.split('id="role-form"')[1]
    for verb in ("", "/effect", "/clone", "/retire", "/bring-back", "/reset"):
        refused = rosa.post(f"/roles/auditor{verb}", {**typed("auditor"), "name": "Mine"})
        assert refused.status_code == 403, verb
    assert rosa.get("/roles/nothing").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"grants.customer.view": "galaxy"}, {"name": " "}, {"grants.saved_view.share": "own"}]
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(cast, as_, typed, wrong):
    sent = {**typed("auditor"), "purpose": "Reads it all.", **wrong}

    refused = as_(cast.ada, htmx=True).post("/roles/auditor", sent)

    assert refused.status_code == 422
    assert "Reads it all." in refused.text


def test_a_page_costs_the_same_however_many_hold_the_role(cast, as_, django_assert_max_num_queries):
    ada = as_(cast.ada)

    with django_assert_max_num_queries(10):
        ada.get("/roles/inside-sales")


def test_a_second_factor_is_made_compulsory_on_the_role_and_shown_in_the_settings(cast, as_):
    """PPL-6: one thing, on two pages; retired roles keep what was decided about them."""
    ada, rosa = as_(cast.ada), as_(cast.rosa)
    Role.objects.filter(key="product").update(retired_at=now(), second_factor_required=True)
    page = ada.get("/roles/inside-sales").text
    assert ("The password is enough" in page, "have none yet" in page) == (True, True)

    assert rosa.post("/roles/inside-sales/second-factor", {"required": "on"}).status_code == 403
    ada.post("/roles/inside-sales/second-factor", {"required": "on"})

    assert rosa.get("/customers/")["Location"].startswith("/second-factor")
    page = ada.get("/roles/inside-sales").text
    assert "needs a code app or a passkey" in page
    assert "Second factor required" in page
    assert re.search('value="inside-sales"[^>]*checked', ada.get("/settings/signing-in").text)
    ada.post("/settings/signing-in", {"idle_hours": 2, "lifetime_days": 1, "second_factor_roles": []})
    assert rosa.get("/customers/").status_code == 200
    assert Role.objects.get(key="product").second_factor_required
