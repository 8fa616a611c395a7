"""An old month of the platform's events goes into a file and comes back, by the page alone (PLT-2)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from leadline.core.clock import now
from leadline.core.partitions import drop_month, ensure_month, month_of
from leadline.platform.actions import ingest_events
from leadline.platform.models import ArchivedMonth, PlatformEvent
from leadline.platform.queries.archives import TABLE
from leadline.platform.tests.conftest import event
from tests.journeys.test_screens import PHONE, fits
from tests.journeys.watching import calm

KEPT = "/platform/archives"


def run(page: Page, month: str, verb: str) -> None:
    """Press what stands in the row of a month, say yes, and wait until the job is done."""
    page.get_by_role("row").filter(has_text=month).get_by_role("button", name=verb).click()
    page.get_by_role("alertdialog").get_by_role("button", name=verb).click()
    page.wait_for_url("**/jobs/*")
    expect(page.get_by_text("Done", exact=True).first).to_be_visible()


@pytest.fixture
def then(transactional_db: None) -> Iterator[datetime]:
    """A moment of long ago whose month stands in the database, as it does where it was lived through."""
    moment = now() - timedelta(days=400)
    ensure_month(TABLE, month_of(moment.date()))
    yield moment
    drop_month(TABLE, month_of(moment.date()))


def test_a_month_goes_into_a_file_and_comes_back(cast, make, visit, by, then):
    make.customer(cast.rosa, name="Ana Lines", email="ana@example.com")
    month = f"{then:%Y-%m}"
    told = [
        {**event("page", "u-1", email="ana@example.com", page=f"/nets/{nth}"), "time": then.isoformat()}
        for nth in range(3)
    ]
    assert ingest_events(told, by=by(cast.ada, via="api")).accepted == 3
    page = visit(cast.ada, KEPT)
    expect(page.get_by_text("No month is archived")).to_be_visible()
    calm(page)

    run(page, month, "Archive")
    assert PlatformEvent.objects.count() == 0
    page.goto(KEPT)
    row = page.get_by_role("row").filter(has_text=month)
    expect(row).to_contain_text("In a file")
    expect(row).to_contain_text(ArchivedMonth.objects.get().sha256[:12])
    calm(page)
    with page.expect_download() as taken:
        row.get_by_role("button", name="Download").click()
    assert taken.value.suggested_filename == f"leadline-events-{month}.parquet"

    run(page, month, "Bring back")
    assert PlatformEvent.objects.count() == 3
    phone = visit(cast.ada, KEPT, color_scheme="dark", **PHONE)
    expect(phone.get_by_text("Here, until").first).to_be_visible()
    fits(phone)
    calm(phone)
