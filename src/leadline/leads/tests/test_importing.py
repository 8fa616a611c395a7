"""Files of leads: the same e-mail or phone is the same lead; undone like every import (LEA-2, CUS-19)."""

import pytest

from leadline.core.changesets import undo_change_set
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.imports import actions as imports
from leadline.imports.files import keep
from leadline.leads.models import Lead

FILE = """Lead name,Company,E-mail,Mobile,Country,Campaign
Budi Santoso,Kopi & Co,budi@example.com,0812-3456-7890,ID,Autumn
Ana Brandt,Harbour,ana@example.com,+4930123456,DE,Autumn
Budi S.,,,+62 812 3456 7890,,Fair
Nobody,,,,,
"""


def brought(by, content=FILE, kind="leads"):
    return imports.bring(kind, keep([content.encode()], "leads.csv"), by=by)


def test_a_file_becomes_leads_and_is_undone(cast, by, settle):
    found = brought(by(cast.lena))
    imports.choose_options(found, on_duplicate="update", key="phone", by=by(cast.lena))

    imports.start_import(found, by=by(cast.lena))
    settle()

    found.refresh_from_db()
    told = {name: found.counts.get(name, 0) for name in ("created", "updated", "rejected")}
    assert told == {"created": 2, "updated": 1, "rejected": 1}
    budi = Lead.objects.get(email="budi@example.com")
    assert (budi.phone, budi.campaign, budi.company) == ("+6281234567890", "Fair", "Kopi & Co")
    assert Lead.objects.get(email="ana@example.com").zone == "Europe/Berlin"

    undo_change_set(found.changes, by=by(cast.lena))
    settle()
    assert not Lead.objects.current().exists()


def test_the_dry_run_writes_nothing(cast, by, settle):
    found = brought(by(cast.lena))
    imports.start_check(found, by=by(cast.lena))
    settle()

    found.refresh_from_db()
    assert found.check_job.counts["created"] == 2
    assert not Lead.objects.exists()


def test_leads_are_never_doubled_by_a_file(cast, by):
    with pytest.raises(RuleBroken):
        imports.choose_options(brought(by(cast.lena)), on_duplicate="create", by=by(cast.lena))


def test_who_imports_leads_does_not_import_customers_by_that(cast, by, as_):
    with pytest.raises(NotAllowed):
        brought(by(cast.lena), kind="customers")

    page = as_(cast.lena).get("/imports/start").content.decode()
    assert 'value="leads"' in page
    assert 'value="customers"' not in page
    assert as_(cast.sam).get("/imports/start").status_code == 403
