"""Rules of how long things are kept: what is due, what is done, what is protected (PPL-8)."""

from datetime import timedelta

import pytest

from leadline.core.clock import now
from leadline.core.jobs import Job
from leadline.core.privacy import person_of
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers.models import Contact, Customer
from leadline.governance.actions import carry_out, set_legal_hold, set_retention_rule
from leadline.governance.models import RetentionRule
from leadline.governance.retention import count_due
from leadline.governance.tasks import retain_all

PROSPECTS = {"field": "status", "op": "equals", "value": "prospect"}


def long_ago(*records):
    for record in records:
        type(record).objects.filter(pk=record.pk).update(updated_at=now() - timedelta(days=800))


@pytest.fixture
def old(cast, make):
    """Two old prospects and a young one."""
    customers = [make.customer(cast.rosa) for _ in range(3)]
    long_ago(*customers[:2])
    return customers


def rule_of(by, **answers):
    given = {"name": "Old prospects", "kind": "customer", "where": PROSPECTS, "days": 730, "deed": "archive"}
    return set_retention_rule(None, **{**given, **answers}, by=by)


def test_what_is_old_and_fulfils_the_condition_is_archived_in_the_night(old, cast, by, settle):
    rule = rule_of(by(cast.ada), is_active=True)
    Customer.objects.filter(pk=old[1].pk).update(status="active")
    assert count_due(rule) == 1

    retain_all(0)
    settle()

    assert [Customer.objects.get(pk=each.pk).is_archived for each in old] == [True, False, False]
    assert Job.objects.get(kind="governance.retain").counts == {"done": 1}
    assert count_due(rule) == 0


def test_a_rule_that_is_off_does_nothing(old, cast, by, settle):
    rule_of(by(cast.ada))
    retain_all(0)
    settle()
    assert not Customer.objects.filter(archived_at__isnull=False).exists()


def test_persons_are_made_anonymous_but_not_under_a_legal_hold(cast, make, by, settle):
    company = make.customer(cast.rosa)
    contacts = [make.contact(company, name=f"Tuti {number}") for number in range(3)]
    long_ago(*contacts)
    set_legal_hold(person_of("contact", contacts[1].pk), reason="Dispute", by=by(cast.ada))
    rule = rule_of(by(cast.ada), kind="contact", where={}, deed="anonymise")
    assert count_due(rule) == 2

    carry_out(rule, by=by(cast.ada))
    settle()

    names = [Contact.objects.get(pk=each.pk).name for each in contacts]
    assert names == ["Erased person", "Tuti 1", "Erased person"]


def test_a_company_is_not_made_anonymous(old, cast, by):
    assert count_due(rule_of(by(cast.ada), deed="anonymise")) == 0


@pytest.mark.parametrize(
    ("name", "value"), [("name", " "), ("kind", "user"), ("deed", "burn"), ("days", 3), ("since", "x")]
)
def test_a_refusal_names_the_field(cast, by, name, value):
    with pytest.raises(RuleBroken) as refused:
        rule_of(by(cast.ada), **{name: value})
    assert refused.value.field == name
    with pytest.raises(NotAllowed):
        rule_of(by(cast.mira))


def test_on_the_pages(old, cast, as_, settle):
    client = as_(cast.ada)
    answers = {"name": "Old", "kind": "customer", "view": "", "days": 730, "since": "updated_at"}

    assert client.post("/privacy/retention/add", {**answers, "deed": ""}).status_code == 422
    client.post("/privacy/retention/add", {**answers, "deed": "archive"})
    rule = RetentionRule.objects.get()
    page = client.get("/privacy/retention").content.decode()
    assert "Old" in page
    assert "30 days after their job ended" in page
    client.post(f"/privacy/retention/{rule.pk}/change", {**answers, "deed": "archive", "is_active": "on"})
    assert RetentionRule.objects.get().is_active
    client.post(f"/privacy/retention/{rule.pk}/run")
    settle()
    assert Customer.objects.get(pk=old[0].pk).is_archived
    client.post(f"/privacy/retention/{rule.pk}/remove")
    assert not RetentionRule.objects.exists()
    assert as_(cast.mira).get("/privacy/retention").status_code == 403


def test_by_programs(old, cast, program, settle):
    ada = program(cast.ada)
    given = {"name": "Old", "kind": "customer", "where": PROSPECTS, "days": 730, "deed": "archive"}

    added = ada.post("retention-rules", given)
    assert (added.status_code, added.json()["due"]) == (201, 2)
    path = added["Location"].removeprefix("/api/v1/")
    assert ada.patch(path, {"days": 5}).status_code == 422
    assert ada.post(f"{path}/run").status_code == 202
    settle()
    assert ada.get("retention-rules").json()["data"][0]["due"] == 0
    assert ada.post(f"{path}/remove").status_code == 200
    assert program(cast.mira).get("retention-rules").status_code == 403
