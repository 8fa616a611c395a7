"""What the audit is told besides the changes of records (PPL-7)."""

import json

import pytest

from leadline.core.events.models import EventRecord, EventSubject
from leadline.governance.actions import record_reads
from leadline.people.actions import change_organisation, create_token, revoke_token
from leadline.people.models import Token


def told(name):
    """The latest event of a name."""
    return EventRecord.objects.filter(name=name).latest("id")


def test_tokens_made_and_revoked(cast, by):
    create_token(cast.rosa, scopes=["read"], by=by(cast.rosa))
    made = told("people.TokenCreated")
    revoke_token(Token.objects.get(pk=made.payload["token_id"]), by=by(cast.ada))

    assert made.payload["scopes"] == ["read"]
    assert made.actor_id == cast.rosa.pk
    assert told("people.TokenRevoked").actor_id == cast.ada.pk


def test_settings_changed_by_name_and_nothing_when_nothing_changed(cast, by):
    change_organisation(name="Plumb & Daughters", country="ID", by=by(cast.ada))
    change_organisation(name="Plumb & Daughters", by=by(cast.ada))

    assert EventRecord.objects.filter(name="people.SettingsChanged").count() == 1
    assert told("people.SettingsChanged").payload == {"settings": ["name"]}


def test_reads_of_sensitive_fields_once_for_a_page(make, cast, by, django_assert_max_num_queries):
    customers = [make.customer(cast.rosa).pk for _ in range(3)]
    actor = by(cast.fina)
    with django_assert_max_num_queries(8):
        event = record_reads("customer", ids=customers, fields=["tax_id"], by=actor)

    assert told("governance.SensitiveRead").payload == {"kind_read": "customer", "fields": ["tax_id"]}
    subjects = EventSubject.objects.filter(event_id=event).values_list("subject_id", flat=True)
    assert sorted(subjects) == sorted(customers)
    assert record_reads("customer", ids=[], fields=["tax_id"], by=actor) is None


@pytest.mark.parametrize("door", ["/jobs/%s/result", "/api/v1/exports/%s/file", "/api/v1/jobs/%s/result"])
def test_an_export_tells_what_was_asked_and_who_fetched_it(make, cast, as_, settle, door):
    make.customer(cast.fina, name="Secret Ltd")
    where = {"and": [{"field": "name", "op": "contains", "value": "Secret"}]}
    browser = as_(cast.fina)
    job = browser.post(
        "/api/v1/exports", json.dumps({"where": where}), content_type="application/json"
    ).json()
    settle()

    browser.get(door % job["id"])

    assert told("core.ListExported").payload["asked"] == ["name:contains"]
    taken = told("core.ListExported" if not job else "governance.FileTaken")
    assert (taken.payload["job_id"], taken.actor_id) == (job["id"], cast.fina.pk)
