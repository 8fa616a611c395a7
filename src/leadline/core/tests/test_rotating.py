"""A new key, everything closed anew, the old one retired when nothing needs it (PPL-8)."""

import pytest
from django.apps import apps
from django.db import connection

from leadline.core.history import tracked_models
from leadline.core.jobs import Job
from leadline.core.privacy import person_of
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.core.secrets import EncryptedTextField, current_key, keys
from leadline.core.secrets.rotating import encrypted_columns, uses_of
from leadline.customers.actions import edit_customer
from leadline.governance.actions import request_erasure, retire_key, rotate_key
from leadline.governance.models import Erasure
from leadline.governance.sealing import seal_all
from leadline.governance.verifying import verify


@pytest.fixture
def closed(settings, tmp_path, monkeypatch, cast, make, by):
    """Three encrypted values by the first key."""
    settings.LEADLINE_DATA = tmp_path
    monkeypatch.delenv("LEADLINE_KEYS", raising=False)
    customer = make.customer(cast.rosa)
    found = []
    for number in range(3):
        contact = make.contact(customer)
        erasure = request_erasure(person_of("contact", contact.pk), reason="Asked", by=by(cast.ada))
        erasure.sought = f"secret {number}"
        erasure.save()
        found.append(erasure)
    return found


def test_rotating_closes_everything_anew_and_retiring_waits_for_it(closed, cast, by, settle):
    old = current_key().id

    rotate_key(by=by(cast.ada))
    assert current_key().id != old
    assert uses_of(old) == {"governance_erasure.sought": 3}
    with pytest.raises(RuleBroken, match=r"governance_erasure\.sought \(3\)"):
        retire_key(old, by=by(cast.ada))
    settle()

    assert Job.objects.get(kind="governance.close_anew").counts == {"closed": 3}
    assert uses_of(old) == {}
    assert [Erasure.objects.get(pk=each.pk).sought for each in closed] == [each.sought for each in closed]
    with pytest.raises(RuleBroken, match="newest"):
        retire_key(current_key().id, by=by(cast.ada))
    retire_key(old, by=by(cast.ada))
    assert [key.id for key in keys()] == [current_key().id]


def test_a_key_that_sealed_the_audit_stays(closed, cast, make, by, settle):
    customer = make.customer(cast.rosa)
    seal_all(by=by(cast.house), patience=5)
    edit_customer(customer, phone="+62 811 1000 200", by=by(cast.rosa))
    old = current_key().id

    rotate_key(by=by(cast.ada))
    settle()
    seal_all(by=by(cast.house), patience=5)

    assert verify().ok, verify().broken
    with pytest.raises(RuleBroken, match="still needed"):
        retire_key(old, by=by(cast.ada))


def test_only_who_manages_settings(closed, cast, by):
    with pytest.raises(NotAllowed):
        rotate_key(by=by(cast.mira))
    with pytest.raises(NotAllowed):
        retire_key("x", by=by(cast.mira))


def test_no_encrypted_column_is_in_the_history():
    """Its ciphertext would stay there under a key that is to be retired."""
    for tracking in tracked_models():
        assert not [field for field in tracking.columns if isinstance(field, EncryptedTextField)]


def test_every_encrypted_column_is_found(db):
    known = {f"{each.table}.{each.name}" for each in encrypted_columns()}

    assert {"governance_erasure.sought", "api_webhook.secret"} <= known
    with connection.cursor() as cursor:
        for each in encrypted_columns():
            cursor.execute(f"SELECT {each.key} FROM {each.table} LIMIT 0")
    assert apps.ready
