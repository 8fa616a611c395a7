"""The same request with the same key is done once (INT-2)."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from leadline.api.idempotency import forget_old_keys
from leadline.api.models import IdempotencyKey
from leadline.core.clock import now
from leadline.customers.models import Customer

BODY = {"name": "Harbour", "email": "hello@harbour.example"}


def test_a_request_that_is_sent_again_is_answered_as_the_first_time(program, cast):
    rosa = program(cast.rosa)

    first = rosa.post("customers", BODY, Idempotency_Key="k1")
    again = rosa.post("customers", BODY, Idempotency_Key="k1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Customer.objects.count() == 1


def test_the_same_key_for_another_request_is_refused(program, cast):
    rosa = program(cast.rosa)
    rosa.post("customers", BODY, Idempotency_Key="k1")

    assert rosa.post("customers", {**BODY, "city": "Medan"}, Idempotency_Key="k1").status_code == 422
    assert rosa.post("notes", BODY, Idempotency_Key="k1").status_code == 422
    assert Customer.objects.count() == 1


def test_a_key_belongs_to_its_user(program, cast):
    program(cast.rosa).post("customers", BODY, Idempotency_Key="k1")

    assert program(cast.otto).post("customers", BODY, Idempotency_Key="k1").status_code == 201
    assert Customer.objects.count() == 2


def test_a_refused_request_may_be_corrected_and_sent_with_the_same_key(program, cast):
    rosa = program(cast.rosa)

    assert rosa.post("customers", {"name": "Harbour"}, Idempotency_Key="k1").status_code == 422
    assert rosa.post("customers", BODY, Idempotency_Key="k1").status_code == 201


@pytest.mark.parametrize("key", ["x" * 201, "a\x01b"])
def test_a_key_that_is_none_is_refused(program, cast, key):
    assert program(cast.rosa).post("customers", BODY, Idempotency_Key=key).status_code == 400


def test_keys_are_forgotten_after_a_day(program, cast):
    rosa = program(cast.rosa)
    rosa.post("customers", BODY, Idempotency_Key="old")
    IdempotencyKey.objects.update(created_at=now() - timedelta(hours=25))
    rosa.post("customers", BODY, Idempotency_Key="new")

    assert forget_old_keys() == 1
    assert IdempotencyKey.objects.get().key == "new"


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_once_with_one_key_one_is_done(program, cast):
    rosa = program(cast.rosa)
    together = threading.Barrier(4)
    answers = []

    def send():
        try:
            together.wait(timeout=30)
            answers.append(rosa.__class__.post(rosa, "customers", BODY, Idempotency_Key="k1"))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Customer.objects.count() == 1
