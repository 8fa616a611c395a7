"""Pages and API of privacy: who sees them, report, legal hold, erasure (PPL-8)."""

import io
import json
import zipfile

import pytest
from django.core.cache import cache

from leadline.core.events.models import EventRecord
from leadline.core.jobs import Job, result_path
from leadline.customers.models import Contact
from leadline.governance.models import Erasure


@pytest.fixture
def contact(cast, make):
    customer = make.customer(cast.rosa)
    contact = make.contact(customer, name="Tuti Hartono 中", email="tuti@example.com", phone="+6281190907711")
    make.note(customer, "Tuti Hartono 中 prefers mornings.")
    make.activity(
        customer, contact_id=contact.pk, title="Offer", description="Wants #a discount [soon] \\ now"
    )
    return contact


def opened(job):
    with zipfile.ZipFile(io.BytesIO(result_path(job).read_bytes())) as packed:
        return json.loads(packed.read("report.json")), packed.read("report.pdf")


def test_the_report_holds_what_every_app_holds(contact, cast, as_, settle):
    answer = as_(cast.ada).post(f"/privacy/contact/{contact.pk}/report")
    settle()

    job = Job.objects.get(kind="governance.report")
    assert answer["Location"] == f"/jobs/{job.pk}"
    assert (job.state, job.message) == ("done", "")
    report, pdf = opened(job)
    assert report["about"]["name"] == "Tuti Hartono 中"
    held = report["held"]
    assert held["customers.contacts"][0]["phone"] == "+6281190907711"
    assert held["timeline.notes"][0]["body"] == "Tuti Hartono 中 prefers mornings."
    assert held["timeline.activities"][0]["title"] == "Offer"
    assert held["core.history"]
    assert held["core.search"][0]["lines"]
    assert pdf.startswith(b"%PDF-")
    assert "Tuti" not in job.title
    assert EventRecord.objects.filter(name="governance.PersonReported").count() == 1


def test_a_user_gets_a_report_about_oneself_with_sessions_and_tokens(cast, as_, program, settle):
    program(cast.rosa)
    as_(cast.rosa).post(f"/privacy/user/{cast.rosa.pk}/report")
    settle()

    report, _pdf = opened(Job.objects.get(kind="governance.report"))
    assert report["held"]["people.users"][0]["email"] == "rosa@example.com"
    assert report["held"]["people.sessions"]
    assert report["held"]["people.tokens"]
    assert cast.rosa.password not in json.dumps(report)
    assert "digest" not in json.dumps(report)


@pytest.mark.parametrize(("who", "status"), [("rosa", 403), ("otto", 404), ("fina", 403), ("prue", 404)])
def test_others_are_kept_out(contact, cast, as_, program, who, status):
    client = as_(getattr(cast, who))

    for verb in ("report", "erase", "hold", "lift"):
        assert client.post(f"/privacy/contact/{contact.pk}/{verb}", {"reason": "x"}).status_code == status
    assert client.get(f"/privacy/contact/{contact.pk}").status_code == status
    assert client.get("/privacy/").status_code == 403
    answer = program(getattr(cast, who)).post(f"privacy/contact/{contact.pk}/erasures", {"reason": "x"})
    assert answer.status_code == status


@pytest.mark.parametrize("address", ["contact/999999", "nothing/1", "customer/1"])
def test_what_is_no_person_is_not_there(cast, as_, address):
    assert as_(cast.ada).get(f"/privacy/{address}").status_code == 404


def test_erasing_on_the_pages(contact, cast, as_):
    client = as_(cast.ada)
    assert "Ask for the erasure" in client.get(f"/privacy/contact/{contact.pk}").content.decode()
    assert client.post(f"/privacy/contact/{contact.pk}/erase", {"reason": ""}).status_code == 422
    client.post(f"/privacy/contact/{contact.pk}/erase", {"reason": "Asked by letter"})
    erasure = Erasure.objects.get()
    assert "Asked by letter" in client.get("/privacy/").content.decode()

    refused = client.post(f"/privacy/erasures/{erasure.pk}/confirm", {"name": "Somebody"})
    assert refused.status_code == 422
    assert "not the name" in refused.content.decode()
    done = client.post(f"/privacy/erasures/{erasure.pk}/confirm", {"name": "Tuti Hartono 中"})
    assert done["Location"] == "/privacy/"
    cache.clear()
    assert Contact.objects.get(pk=contact.pk).name == "Erased person"
    assert "was erased" in client.get(f"/privacy/contact/{contact.pk}").content.decode()
    assert "Asked by letter" in client.get("/privacy/").content.decode()


def test_a_hold_on_the_pages(contact, cast, as_):
    client = as_(cast.ada)
    assert client.post(f"/privacy/contact/{contact.pk}/hold", {"reason": ""}).status_code == 422
    client.post(f"/privacy/contact/{contact.pk}/hold", {"reason": "Dispute 12", "until": "2099-01-31"})

    page = client.get(f"/privacy/contact/{contact.pk}").content.decode()
    assert "Dispute 12" in page
    refused = client.post(f"/privacy/contact/{contact.pk}/erase", {"reason": "Asked"})
    assert refused.status_code == 422
    client.post(f"/privacy/contact/{contact.pk}/lift")
    assert "Dispute 12" not in client.get(f"/privacy/contact/{contact.pk}").content.decode()


def test_a_program_does_the_same(contact, cast, program, settle):
    ada = program(cast.ada)

    assert ada.post(f"privacy/contact/{contact.pk}/report").status_code == 202
    hold = ada.post(f"privacy/contact/{contact.pk}/hold", {"reason": "Dispute", "until": "2099-01-31"})
    assert (hold.status_code, hold.json()["until"]) == (201, "2099-01-31")
    bad = ada.post(f"privacy/contact/{contact.pk}/hold", {"reason": "Dispute", "until": "soon"})
    assert bad.status_code == 422
    assert ada.post(f"privacy/contact/{contact.pk}/erasures", {"reason": "Asked"}).status_code == 422
    assert ada.post(f"privacy/contact/{contact.pk}/lift").status_code == 200
    asked = ada.post(f"privacy/contact/{contact.pk}/erasures", {"reason": "Asked"})
    assert asked.status_code == 201
    path = asked["Location"].removeprefix("/api/v1/")
    assert ada.post(f"{path}/confirm", {"name": "Nobody"}).status_code == 422
    assert ada.post(f"{path}/confirm", {"name": "Tuti Hartono 中"}).json()["state"] == "done"
    settle()
    assert ada.get(path).json()["files_done_at"]
    assert ada.get("privacy/erasures").json()["count"]["value"] == 1
    assert ada.post(f"{path}/withdraw").status_code == 422
    assert Job.objects.get(kind="governance.report").result_file == ""
