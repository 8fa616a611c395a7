"""The wizard, what came of it, and the sheets, as people see them (PPL-1, SIG-10)."""

import json
import re
from datetime import date, timedelta

from leadline.core.clock import now
from leadline.customers import actions as customers
from leadline.customers.models import Customer
from leadline.handovers import actions
from leadline.handovers.models import Handover, Sheet, SheetLine
from leadline.handovers.planning import Draft
from leadline.people.working.models import Absence


def handed(cast, by, settle, **wanted):
    """A hand-over from Rosa that has happened."""
    draft = Draft(**{"reason": "change", "person": cast.rosa, "to": cast.otto, **wanted})
    handover = actions.start_handover(draft, by=by(cast.ada))
    settle()
    return handover


def test_step_by_step(cast, make, as_, settle):
    """PPL-1: whom and why, to whom, preview, start; the result says what came of it."""
    for _ in range(3):
        make.customer(cast.rosa)
    browser = as_(cast.ada)
    first = browser.get(f"/handovers/start?person={cast.rosa.pk}&reason=leaver").text
    assert 'value="leaver" checked' in re.sub(r"\s+", " ", first)

    answers = {"reason": "leaver", "person": cast.rosa.pk, "way": "one"}
    second = browser.post("/handovers/start", {**answers, "step": "to"}).text
    missing = browser.post("/handovers/start", {**answers, "step": "preview"})
    third = browser.post("/handovers/start", {**answers, "to": cast.otto.pk, "step": "preview"}).text
    done = browser.post("/handovers/start", {**answers, "to": cast.otto.pk, "step": "start", "once": "x"})
    again = browser.post("/handovers/start", {**answers, "to": cast.otto.pk, "step": "start", "once": "x"})
    settle()

    assert "3 customers" in second
    assert (missing.status_code, "Choose who gets them." in missing.text) == (422, True)
    assert "signed out everywhere" in third
    assert "Otto Brandt" in third
    assert done.url == again.url == f"/handovers/{Handover.objects.get().pk}/"
    assert "Not accepted yet" in browser.get(done.url).text
    assert set(Customer.objects.values_list("owner", flat=True)) == {cast.otto.pk}


def test_a_preview_tells_who_gets_how_many_and_why(cast, make, as_):
    """SIG-5: nothing is written; what can't move is counted with its reason."""
    cast.otto.team = cast.north
    cast.otto.save()
    for _ in range(4):
        make.customer(cast.rosa)
    make.customer(cast.otto)
    answers = {"reason": "change", "person": cast.rosa.pk, "way": "load"}
    team = {"team": cast.north.pk, "overflow": cast.ada.pk, "step": "preview"}

    page = re.sub(r"\s+", " ", as_(cast.ada).post("/handovers/start", {**answers, **team}).text)

    assert re.search(r'Mira Okafor.*?"Has now">0<.*?"Gets">3<', page)
    assert re.search(r'Otto Brandt.*?"Has now">1<.*?"Gets">1<', page)
    assert "had least" in page
    assert not Handover.objects.exists()


def test_from_the_list(cast, make, as_, settle):
    """CUS-7: those ticked, or all that a filter shows, whoever owns them."""
    one, two = make.customer(cast.rosa, city="Solo"), make.customer(cast.otto, city="Solo")
    make.customer(cast.rosa, city="Medan")
    where = json.dumps({"and": [{"field": "city", "op": "equals", "value": "Solo"}]})
    browser = as_(cast.ada)

    ticked = browser.post("/handovers/of/customer", {"ids": [one.pk]}).text
    every = browser.post(f"/handovers/of/customer?where={where}", {"all": "1"}).text
    selection = re.search(r'name="selection" value="([^"]*)"', every).group(1).replace("&#34;", '"')
    answers = {"selection": selection, "reason": "change", "way": "one", "to": cast.mira.pk, "step": "start"}
    browser.post("/handovers/start", answers)
    settle()

    assert "1 customer<" in ticked
    assert "2 customers<" in every
    assert set(Customer.objects.filter(owner=cast.mira)) == {one, two}
    assert "Hand over" in browser.get("/customers/").text
    assert "Hand over" not in as_(cast.rosa).get("/customers/").text


def test_what_is_out_of_reach_is_not_there(cast, make, as_, by, settle):
    """ALL-3: people, hand-overs and sheets of other teams; a seller can't start one."""
    make.customer(cast.rosa)
    handover = handed(cast, by, settle)
    sheet = Sheet.objects.get()

    assert as_(cast.mira).get(f"/handovers/start?person={cast.otto.pk}").status_code == 404
    assert as_(cast.mira).get(f"/handovers/start?person={cast.rosa.pk}").status_code == 200
    assert as_(cast.rosa).get("/handovers/start").status_code == 403
    assert as_(cast.sam).get(f"/handovers/{handover.pk}/").status_code == 404
    assert as_(cast.sam).get(f"/handovers/sheets/{sheet.pk}").status_code == 404
    assert as_(cast.sam).post(f"/handovers/sheets/{sheet.pk}/accept").status_code == 404
    assert as_(cast.mira).post(f"/handovers/sheets/{sheet.pk}/accept").status_code == 403
    for person in (cast.otto, cast.rosa, cast.mira, cast.lena):
        assert as_(person).get(f"/handovers/sheets/{sheet.pk}").status_code == 200


def test_a_sheet_tells_what_a_new_owner_should_know(cast, make, as_, by, settle):
    """SIG-10: promises, pinned notes, next dates, mood, last contacts; only of customers that one sees."""
    customer, rosa = make.customer(cast.rosa, name="Maple & Co"), by(cast.rosa)
    soon, past = date.today() + timedelta(days=9), date.today() - timedelta(days=9)
    customers.make_promise(customer, text="A price list", due_on=past, by=rosa)
    customers.write_note(customer, body="Never **before** ten", pin=True, by=rosa)
    customers.log_activity(
        customer, kind="call", title="Asked about boats", outcome="negative", follow_up_on=soon, by=rosa
    )
    customers.log_activity(
        customer, kind="meeting", title="Met", at=now() - timedelta(days=20), follow_up_on=past, by=rosa
    )
    handed(cast, by, settle)
    sheet = Sheet.objects.get()

    page = as_(cast.otto).get(f"/handovers/sheets/{sheet.pk}").text
    old_owner = as_(cast.rosa).get(f"/handovers/sheets/{sheet.pk}").text
    history = as_(cast.otto).get(f"/customers/{customer.pk}/history").text

    for words in (
        "Maple &amp; Co",
        "A price list",
        "<strong>before</strong>",
        "Negative",
        "Call: Asked about boats",
    ):
        assert words in page, words
    assert "Next dates" in page
    assert "Overdue" not in page, "they were called since"
    assert "Maple" not in old_owner
    assert "Change of owner: from Rosa Ibarra" in history


def test_accepting_in_the_browser(cast, make, as_, by, settle):
    """SIG-10: with remarks on the whole and on each record."""
    make.customer(cast.rosa)
    handed(cast, by, settle)
    sheet, line = Sheet.objects.get(), SheetLine.objects.get()
    browser = as_(cast.otto)
    assert "For you to accept" in browser.get("/handovers/").text

    refused = browser.post(f"/handovers/sheets/{sheet.pk}/accept", {f"remark-{line.pk}": "x" * 501})
    accepted = browser.post(
        f"/handovers/sheets/{sheet.pk}/accept", {"remarks": "All <b>clear</b>", f"remark-{line.pk}": "Rang"}
    )
    page = browser.get(accepted.url).text

    assert refused.status_code == 422
    assert "All &lt;b&gt;clear" in page
    assert "Rang" in page
    assert "For you to accept" not in browser.get("/handovers/").text


def test_remarks_are_kept_from_page_to_page(cast, make, as_, by, settle):
    """SIG-10: what was typed on one page of a long sheet is there when it is accepted on another."""
    for _ in range(22):
        make.customer(cast.rosa)
    handed(cast, by, settle)
    sheet = Sheet.objects.get()
    first, *_rest, last = sheet.lines.order_by("pk").values_list("pk", flat=True)
    otto, here = as_(cast.otto), f"/handovers/sheets/{sheet.pk}"
    to = re.search(r'name="to" value="(\d+)"', otto.get(here).text)[1]

    on = otto.post(f"{here}/remarks", {f"remark-{first}": "Called", "remarks": "So far", "to": to})
    assert on["Location"] == f"{here}?after={to}"
    second = otto.get(on["Location"]).text
    assert ">So far</textarea>" in second
    assert as_(cast.mira).post(f"{here}/remarks", {"remarks": "x"}).status_code in (403, 404)
    otto.post(f"{here}/accept", {f"remark-{last}": "Wrote", "remarks": "All clear", "from": to})

    sheet.refresh_from_db()
    assert (sheet.remarks, sheet.accepted_at is not None) == ("All clear", True)
    remarked = sheet.lines.exclude(remark="").order_by("pk").values_list("pk", "remark")
    assert list(remarked) == [(first, "Called"), (last, "Wrote")]
    assert otto.post(f"{here}/remarks", {"remarks": "late"}).status_code == 422


def test_the_number_of_queries_does_not_grow(cast, make, as_, by, settle, django_assert_max_num_queries):
    """ALL-7: a sheet of many asks no more than one of few."""
    for _ in range(12):
        customer = make.customer(cast.rosa)
        customers.write_note(customer, body="Pinned", pin=True, by=by(cast.rosa))
    handed(cast, by, settle)
    browser = as_(cast.otto)
    address = f"/handovers/sheets/{Sheet.objects.get().pk}"
    browser.get(address)

    with django_assert_max_num_queries(20):
        browser.get(address)


def test_a_planned_one_is_called_off_on_its_page(cast, make, as_, by):
    """PPL-1: it stands there until its day."""
    make.customer(cast.rosa)
    days = {"starts_on": date.today() + timedelta(days=5), "ends_on": date.today() + timedelta(days=9)}
    draft = Draft("absence", person=cast.rosa, to=cast.mira, **days)
    handover = actions.start_handover(draft, by=by(cast.mira))
    browser = as_(cast.mira)
    page = browser.get(f"/handovers/{handover.pk}/").text

    assert "Call off" in page
    browser.post(f"/handovers/{handover.pk}/call-off")
    assert "Called off" in browser.get(f"/handovers/{handover.pk}/").text


def test_a_known_absence_is_proposed_with_its_deputy(cast, as_):
    """PPL-1: its days and who stands in."""
    first, last = date.today() + timedelta(days=2), date.today() + timedelta(days=9)
    Absence.objects.create(user=cast.rosa, begins_on=first, ends_on=last, deputy=cast.mira)

    page = as_(cast.ada).get(f"/handovers/start?person={cast.rosa.pk}&reason=absence").text

    assert f'value="{first}"' in page
    assert f'name="to" value="{cast.mira.pk}"' in page


def test_links_on_a_persons_page(cast, as_):
    """PPL-1: from the person to the wizard."""
    page = as_(cast.ada).get(f"/people/{cast.rosa.pk}").text

    assert f"/handovers/start?person={cast.rosa.pk}&amp;reason=leaver" in page
