"""Converting from the pages and by the API: whom it offers, what it names, what it refuses (LEA-9)."""

import pytest

from leadline.customers.models import Customer
from leadline.leads import actions
from leadline.leads.queries.seeing import lead_named

pytestmark = pytest.mark.django_db


def test_the_dialog_offers_whom_it_may_be_and_opens_the_customer(cast, as_, make, lead):
    here = make.customer(cast.rosa, name="Kopi Nusantara PT", email="budi@kopi.co.id")
    make.customer(cast.otto, name="Secret Holding", email="budi@kopi.co.id")
    browser = as_(cast.rosa, htmx=True)

    shown = browser.get(f"/leads/{lead.pk}/convert").content.decode()
    done = browser.post(f"/leads/{lead.pk}/convert", {"into": str(here.pk), "another": ""})

    assert "Kopi Nusantara PT (" in shown
    assert "same e-mail" in shown
    assert "A new customer: Kopi Nusantara" in shown
    assert "Secret" not in shown
    assert "another team" in shown
    assert done["HX-Redirect"] == f"/customers/{here.pk}/"
    panel = browser.get(f"/customers/{here.pk}/leads").content.decode()
    assert "Budi Santoso" in panel
    assert "Undo the conversion" in panel
    assert "Undo the conversion" in browser.get(f"/leads/{lead.pk}/").content.decode()
    again = browser.post(f"/leads/{lead.pk}/convert", {"into": "new", "another": ""})
    assert again.status_code == 422


def test_a_customer_of_others_is_none_to_convert_into(cast, as_, make, lead):
    hidden = make.customer(cast.otto, name="Hidden")

    refused = as_(cast.rosa, htmx=True).post(
        f"/leads/{lead.pk}/convert", {"into": "new", "another": hidden.pk}
    )

    assert refused.status_code == 422
    assert not lead_named(lead.pk).is_converted


def test_a_customer_out_of_sight_is_not_named_on_the_lead(cast, as_, by, make, lead):
    converted = actions.convert_lead(lead, by=by(cast.rosa))
    Customer.objects.filter(pk=converted.converted_to_id).update(
        name="Moved Away", owner=cast.otto, team=None
    )

    page = as_(cast.rosa).get(f"/leads/{lead.pk}/").content.decode()
    listed = as_(cast.rosa).get("/leads/", {"columns": "name,converted_to"}).content.decode()

    assert "A customer of another team" in page
    assert "Moved Away" not in page + listed


def test_a_program_converts(cast, program, make, lead):
    rosa = program(cast.rosa)
    here = make.customer(cast.rosa, name="Kopi", email="budi@kopi.co.id")
    hidden = make.customer(cast.otto)

    left = rosa.post(f"leads/{lead.pk}/convert")
    wrong = rosa.post(f"leads/{lead.pk}/convert", {"into": hidden.pk})
    done = rosa.post(f"leads/{lead.pk}/convert", {"into": here.pk})

    assert (left.status_code, wrong.status_code) == (422, 422)
    assert (done.status_code, done.json()["stage"]["name"]) == (200, "Converted")
    assert done.json()["converted_to"]["id"] == here.pk
    assert program(cast.otto).post(f"leads/{lead.pk}/convert").status_code == 404
