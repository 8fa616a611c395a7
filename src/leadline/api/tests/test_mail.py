"""A program makes templates and writes to people (ALL-10, TIM-3)."""

import pytest

from leadline.marketing.models import MailTemplate

pytestmark = pytest.mark.django_db
WORDS = {"en": {"subject": "Hello {{ first_name | there }}", "body": "It is **done**."}}


def test_a_program_makes_changes_and_archives_a_template(cast, program):
    ada = program(cast.ada)

    made = ada.post("mail-templates", {"name": "Done", "texts": WORDS})
    address = f"mail-templates/{made.json()['id']}"
    changed = ada.patch(
        address, {"texts": {"id": {"subject": "Halo", "body": "Selesai."}}}, If_Match=made["ETag"]
    )
    stale = ada.patch(address, {"name": "Again"}, If_Match=made["ETag"])
    wrong = ada.post("mail-templates", {"name": "X", "texts": {"en": {"subject": "{{ x }}", "body": "b"}}})
    strange = ada.post("mail-templates", {"name": "X", "texts": {"xx-yy": {"subject": "a", "body": "b"}}})

    assert made.status_code == 201
    assert sorted(changed.json()["texts"]) == ["en", "id"]
    assert stale.status_code in (409, 412)
    assert wrong.json()["errors"][0]["field"] == "subject_en"
    assert strange.status_code == 422
    assert ada.post(f"{address}/archive").json()["archived_at"]
    assert ada.post(f"{address}/restore").json()["archived_at"] is None
    assert program(cast.rosa).patch(address, {"name": "Mine"}).status_code == 403
    newest = program(cast.rosa).get("mail-templates").json()["data"][0]
    assert newest["id"] == made.json()["id"]


def test_a_program_writes_by_a_template_and_reads_what_became_of_it(cast, program, make, mailbox, settle):
    kopi = make.customer(cast.rosa, name="Kopi", email="halo@kopi.example", language="id")
    sari = make.contact(kopi, name="Sari Wijaya", email="sari@kopi.example")
    rosa, welcome = program(cast.rosa), MailTemplate.objects.get(key="welcome")

    to_company = rosa.post(f"customers/{kopi.pk}/mail", {"subject": "Our call", "body": "Thank you."})
    to_person = rosa.post(f"contacts/{sari.pk}/mail", {"template": welcome.pk})
    settle()

    assert (to_company.status_code, to_company.json()["state"]) == (201, "waiting")
    read = rosa.get(to_person["Location"].removeprefix("/api/v1/")).json()
    assert (read["state"], read["language"], read["to"]) == ("sent", "id", "sari@kopi.example")
    assert {letter["To"] for letter in mailbox.letters} == {"halo@kopi.example", "sari@kopi.example"}
    assert len(rosa.get("sent-mail").json()["data"]) == 2
    assert program(cast.otto).get(f"sent-mail/{read['id']}").status_code == 404
    assert program(cast.otto).post(f"contacts/{sari.pk}/mail", {"template": welcome.pk}).status_code == 404


def test_an_unknown_template_is_refused_by_name(cast, program, make, mailbox):
    kopi = make.customer(cast.rosa)

    refused = program(cast.rosa).post(f"customers/{kopi.pk}/mail", {"template": 10**12})

    assert refused.json()["errors"][0]["field"] == "template"
