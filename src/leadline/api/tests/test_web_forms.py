"""A program makes forms and decides what was held; anybody sends them without a token (ALL-10, LEA-2)."""

from datetime import timedelta

import pytest

from leadline.core.clock import now
from leadline.leads.models import Lead
from leadline.people.signing.models import Attempt
from leadline.webforms.models import Submission
from leadline.webforms.stamps import stamp_for

pytestmark = pytest.mark.django_db
TEXTS = {"en": {"title": "Write to us", "thanks": "Soon."}}


def test_a_program_makes_changes_and_archives_a_form(cast, program):
    ada = program(cast.ada)

    made = ada.post("web-forms", {"name": "Contact", "texts": TEXTS, "is_on": True})
    address = f"web-forms/{made.json()['id']}"
    changed = ada.patch(address, {"asks": [{"field": "phone", "required": True}]}, If_Match=made["ETag"])
    stale = ada.patch(address, {"name": "Again"}, If_Match=made["ETag"])
    wrong = ada.patch(address, {"redirect": "http://example.com"})

    assert made.status_code == 201
    assert made.json()["is_on"]
    assert changed.json()["asks"] == [{"field": "phone", "required": True, "label": {}, "help": {}}]
    assert stale.status_code in (409, 412)
    assert wrong.json()["errors"][0]["field"] == "redirect"
    assert ada.get("web-forms").json()["count"]["value"] == 1
    assert ada.post(f"{address}/archive").json()["archived_at"]
    assert ada.post(f"{address}/restore").json()["archived_at"] is None
    assert program(cast.mira).patch(address, {"name": "Mine"}).status_code == 403
    assert program(cast.rosa).get(address).status_code == 404


def test_anybody_reads_and_sends_an_open_form(cast, program, client):
    ada = program(cast.ada)
    key = ada.post("web-forms", {"name": "Contact", "texts": TEXTS, "is_on": True}).json()["key"]
    stamp = stamp_for(key, now() - timedelta(minutes=1))

    def send(**given):
        return client.post(f"/api/v1/web-forms/{key}/submit", given, content_type="application/json")

    shown = client.get(f"/api/v1/web-forms/{key}/form").json()
    sent = send(answers={"name": "Tess", "email": "tess@example.com"}, stamp=stamp)
    missing = send(answers={"email": "tess@example.com"}, stamp=stamp)
    unknown = send(answers={"owner": 1}, stamp=stamp)
    robot = send(answers={"name": "Bot", "email": "bot@example.com"})
    huge = send(answers={"name": "x" * 70_000})

    assert [ask["field"] for ask in shown["asks"]] == ["name", "email", "phone", "description"]
    assert shown["stamp"]
    assert sent.json() == robot.json() == {"thanks": "Soon.", "redirect": ""}
    assert missing.json()["errors"][0]["field"] == "name"
    assert unknown.status_code == 422
    assert huge.status_code == 413
    assert Lead.objects.get().email == "tess@example.com"
    held = next(row for row in ada.get("web-form-submissions").json()["data"] if row["state"] == "held")
    assert held["signs"] == ["unstamped"]
    assert ada.post(f"web-form-submissions/{held['id']}/release").json()["lead"]["name"] == "Bot"
    assert ada.post(f"web-form-submissions/{held['id']}/discard").status_code == 422
    assert program(cast.mira).get("web-form-submissions").json()["data"] == []
    assert client.get("/api/v1/web-forms/never/form").status_code == 404
    assert Submission.objects.count() == 2


def test_an_idempotency_key_of_a_stranger_is_of_no_use(cast, program, client):
    key = program(cast.ada).post("web-forms", {"name": "C", "texts": TEXTS, "is_on": True}).json()["key"]
    answers = [{"name": name, "email": f"{name}@example.com"} for name in ("ann", "bob")]

    for each in answers:
        client.post(
            f"/api/v1/web-forms/{key}/submit",
            {"answers": each},
            content_type="application/json",
            headers={"Idempotency-Key": "same"},
        )

    assert Submission.objects.count() == 2


def test_refused_requests_count_against_the_limit_of_their_address(cast, program, client):
    key = program(cast.ada).post("web-forms", {"name": "C", "texts": TEXTS, "is_on": True}).json()["key"]

    def send(**answers):
        return client.post(
            f"/api/v1/web-forms/{key}/submit", {"answers": answers}, content_type="application/json"
        )

    refused = [send(email="no address") for _time in range(30)]
    waiting = send(name="Tess", email="tess@example.com")

    assert {response.status_code for response in refused} == {422}
    assert waiting.status_code == 429
    assert int(waiting["Retry-After"]) >= 1
    assert not Submission.objects.exists()
    assert Attempt.objects.get(key__startswith="web-form:").count == 30
    other = client.post(
        f"/api/v1/web-forms/{key}/submit",
        {"answers": {"name": "Tess", "email": "tess@example.com"}},
        content_type="application/json",
        REMOTE_ADDR="203.0.113.9",
    )
    assert other.status_code == 200, "another address has a limit of its own"
