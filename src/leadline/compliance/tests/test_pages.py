"""The pages of compliance and its operations (LEA-10)."""

import pytest

from leadline.compliance import actions
from leadline.compliance.models import Document, Item, Procedure
from leadline.compliance.tests.paying import PNG, document
from leadline.compliance.tests.test_procedures import approve_all, cora, procedure

__all__ = ["cora", "procedure"]


@pytest.fixture
def others(cast, make) -> Procedure:
    """Of a lead of Otto's."""
    lead = make.lead(cast.otto, name="Qothery Lead")
    return actions.begin_procedure(lead=lead, customer=None, by=make.by)


def test_board_list_and_api_show_what_one_may_see(cast, as_, program, procedure, others):
    for address in ("/compliance/", "/compliance/list"):
        page = as_(cast.rosa).get(address).content.decode()
        assert ("Ayu Lestari" in page, "Qothery" in page) == (True, False), address
        assert "Qothery" in as_(cast.lena).get(address).content.decode()
    listed = program(cast.rosa).get("compliance").json()
    assert [each["name"] for each in listed["data"]] == ["Ayu Lestari"]
    columns = program(cast.rosa).get("compliance/board").json()["columns"]
    assert [column["count"]["value"] for column in columns] == [1, 0, 0, 0]
    assert as_(cast.rosa).get(f"/compliance/{others.pk}/").status_code == 404
    assert program(cast.rosa).get(f"compliance/{others.pk}").status_code == 404


def test_the_board_asks_a_fixed_number_of_queries(cast, as_, procedure, django_assert_max_num_queries):
    browser = as_(cast.lena)
    browser.get("/compliance/")
    with django_assert_max_num_queries(7):
        browser.get("/compliance/")


@pytest.mark.parametrize(
    "query", ["lanes=owner", "view=expiring", "view=to-review", "q=ayu", "open=approved"]
)
def test_the_board_at_other_addresses(cast, as_, procedure, query):
    assert as_(cast.rosa).get(f"/compliance/?{query}").status_code == 200
    assert as_(cast.rosa).get(f"/compliance/list?{query}").status_code == 200


def test_another_owners_lane_assigns_whom_it_is_about(cast, as_, procedure):
    sent = {
        "card": procedure.pk, "seen": "collecting", "to": "review", "dragged": "1",
        "lane": cast.otto.pk, "lane_seen": procedure.subject.owner_id,
    }  # fmt: skip

    refused = as_(cast.rosa, htmx=True).post("/compliance/move?lanes=owner", sent)
    assert refused.status_code == 422
    procedure.refresh_from_db()
    assert (procedure.state, procedure.subject.owner) == ("collecting", cast.rosa)

    assert as_(cast.lena, htmx=True).post("/compliance/move?lanes=owner", sent).status_code == 200
    found = Procedure.objects.get(pk=procedure.pk)
    assert (found.state, found.subject.owner) == ("review", cast.otto)
    page = as_(cast.lena).get("/compliance/?lanes=currency").content.decode()
    assert "The currency is that of the first deposit." in page
    held = as_(cast.lena, htmx=True).post("/compliance/move?lanes=currency", {**sent, "lane": "EUR"})
    assert held.status_code == 422


def test_from_documents_to_approved_on_the_pages(cast, as_, procedure, cora):
    rosa, officer = as_(cast.rosa), as_(cora)
    for check in procedure.checks.filter(item__needs_document=True):
        sent = rosa.post(f"/compliance-checks/{check.pk}/upload", {"file": document("scan.png", PNG)})
        assert sent.status_code == 302
    assert rosa.post(f"/compliance/{procedure.pk}/submit").status_code == 302
    assert rosa.get(f"/compliance/{procedure.pk}/approve").status_code == 403
    for check in procedure.checks.all():
        officer.get(f"/compliance-checks/{check.pk}/decide")
        answers = {"verdict": "approved", "expires_on": "2099-01-01", "reason": ""}
        assert officer.post(f"/compliance-checks/{check.pk}/decide", answers).status_code == 302
    assert officer.post(f"/compliance/{procedure.pk}/approve", {"reason": "In order"}).status_code == 302

    page = rosa.get(f"/compliance/{procedure.pk}/").content.decode()
    assert "In order" in page
    assert "Cora Winter" in page
    assert "Approved" in rosa.get(f"/leads/{procedure.lead_id}/compliance").content.decode()
    assert rosa.post(f"/compliance/{procedure.pk}/submit").status_code == 422


def test_a_picture_is_shown_and_all_else_is_a_download(cast, as_, procedure, by):
    check = procedure.checks.first()
    shown = actions.add_document(check, file=document("<b>.png", PNG), by=by(cast.rosa))
    kept = actions.add_document(check, file=document(), by=by(cast.rosa))

    picture = as_(cast.rosa).get(f"/compliance-documents/{shown.pk}")
    assert picture["Content-Type"] == "image/png"
    assert picture["X-Content-Type-Options"] == "nosniff"
    assert picture["Content-Disposition"].startswith("inline")
    paper = as_(cast.rosa).get(f"/compliance-documents/{kept.pk}")
    assert paper["Content-Type"] == "application/octet-stream"
    assert paper["Content-Disposition"].startswith("attachment")
    assert as_(cast.otto).get(f"/compliance-documents/{kept.pk}").status_code == 404
    assert as_(cast.rosa).post(f"/compliance-documents/{kept.pk}/remove").status_code == 302
    assert as_(cast.rosa).get(f"/compliance-documents/{kept.pk}").status_code == 404
    assert Document.objects.get(pk=kept.pk).removed_at is not None


def test_programs_do_the_same(cast, program, procedure, cora, by):
    officer = program(cora)
    checks = officer.get(f"compliance/{procedure.pk}/checks").json()["data"]
    assert officer.post(f"compliance/{procedure.pk}/approve", {}).status_code == 422
    declined = {"verdict": "declined", "reason": "Blurred"}
    assert officer.post(f"compliance-checks/{checks[0]['id']}/decide", declined).json()["state"] == "declined"
    assert program(cast.rosa).post(f"compliance-checks/{checks[0]['id']}/decide", declined).status_code == 403
    approve_all(procedure, by(cora))
    assert officer.post(f"compliance/{procedure.pk}/approve", {}).json()["state"] == "approved"
    assert officer.post(f"compliance/{procedure.pk}/reopen", {}).json()["state"] == "collecting"


def test_items_are_set_by_an_administrator(cast, as_, program):
    ada = as_(cast.ada)
    assert "Source of funds" in ada.get("/settings/compliance").content.decode()
    added = ada.post("/settings/compliance-items/add", {"name": "Tax number", "months": "12"})
    assert added.status_code == 302
    item = Item.objects.get(name="Tax number")
    assert not item.needs_document
    changed = program(cast.ada).patch(f"compliance-items/{item.pk}", {"needs_document": True}).json()
    assert (changed["needs_document"], changed["months"]) == (True, 12)
    assert as_(cast.rosa).get("/settings/compliance").status_code == 403
