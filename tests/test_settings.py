"""The settings of the organisation, and the rule that they switch on (CUS-15)."""

from leadline.core.organisation import forget_organisation, organisation
from leadline.customers.tasks import let_rest
from leadline.timeline.models import Activity

ANSWERS = {
    "name": "Plumb & Sons",
    "country": "ID",
    "currency": "IDR",
    "time_zone": "Asia/Jakarta",
    "language": "id",
}


def test_ada_changes_the_settings_and_others_do_not(cast, as_):
    assert as_(cast.mira).post("/settings", ANSWERS).status_code == 403
    assert as_(cast.ada).post("/settings", {**ANSWERS, "inactive_after_days": "180"}).status_code == 302

    forget_organisation()
    assert organisation().inactive_after_days == 180
    assert organisation().language == "id"


def test_a_settings_form_names_what_is_wrong(cast, as_):
    response = as_(cast.ada, htmx=True).post(
        "/settings", {**ANSWERS, "country": "XX", "inactive_after_days": "1"}
    )

    assert response.status_code == 422
    assert response.text.count('class="error"') == 2


def test_without_the_rule_nobody_rests(cast, make):
    customer = make.customer(cast.rosa, status="active")
    let_rest(0)

    customer.refresh_from_db()
    assert customer.status == "active"


def test_by_the_rule_customers_without_contact_rest_and_the_timeline_says_so(cast, make, as_):
    from datetime import timedelta

    from leadline.core.clock import now
    from leadline.customers.models import Customer

    quiet, busy = make.customer(cast.rosa, status="active"), make.customer(cast.rosa, status="active")
    Customer.objects.update(created_at=now() - timedelta(days=100))
    make.activity(busy, days_ago=3)
    as_(cast.ada).post("/settings", {**ANSWERS, "inactive_after_days": "90"})

    let_rest(0)
    let_rest(0)

    quiet.refresh_from_db()
    busy.refresh_from_db()
    assert (quiet.status, busy.status) == ("inactive", "active")
    told = Activity.objects.get(customer_id=quiet.pk, kind="status")
    assert "By rule" in told.description
    assert told.user == cast.house
