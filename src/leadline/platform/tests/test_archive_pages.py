"""How long events are kept, by pages (PLT-2)."""

from datetime import UTC, date, datetime

import pytest

from leadline.core import partitions
from leadline.core.backing_up import backing_up
from leadline.core.clock import at
from leadline.core.events import EventRecord
from leadline.core.partitions import months_in_rest
from leadline.platform.actions import keep_events_for
from leadline.platform.archiving.months import into_file, out_of_file
from leadline.platform.models import ArchivedMonth, PlatformEvent, PlatformUser, platform_rules
from leadline.platform.queries.archives import TABLE
from leadline.platform.tasks import remove_replaced_files
from leadline.platform.tests.conftest import event

PAGE = "/platform/archives"
NOW = datetime(2031, 2, 15, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_february(settings, tmp_path):
    """It is February 2031, and files are kept elsewhere."""
    settings.LEADLINE_DATA = tmp_path / "data"
    with at(NOW):
        yield


@pytest.fixture
def events_of_may(told, make, cast):
    """A customer of Rosa's who did something in May."""
    make.customer(cast.rosa, email="ana@example.com")
    moment = datetime(2030, 5, 3, tzinfo=UTC).isoformat()
    taken = told(
        *({**event("page", email="ana@example.com", page="/nets"), "time": moment} for _ in range(3))
    )
    assert taken.accepted == 3


def test_what_is_kept_is_shown_and_set(as_, cast, events_of_may):
    page = as_(cast.ada).get(PAGE).content.decode()
    assert "All of them stay there." in page
    assert "No month is archived" in page
    assert PAGE in as_(cast.ada).get("/platform/settings").content.decode()
    assert as_(cast.mira).get(PAGE).status_code == 403

    assert as_(cast.ada).post(f"{PAGE}/keep", {"months": "8"}).status_code == 302
    assert platform_rules().months_kept == 8
    assert "The last 8 months stay there" in as_(cast.ada).get(PAGE).content.decode()
    refused = as_(cast.ada).post(f"{PAGE}/keep", {"months": "2"}, HTTP_HX_REQUEST="true")
    assert refused.status_code == 422
    assert 'value="2"' in refused.content.decode()
    assert as_(cast.ada).post(f"{PAGE}/keep", {"months": ""}).status_code == 302
    assert platform_rules().months_kept is None


def test_a_month_goes_comes_back_and_is_taken_by_buttons(as_, cast, events_of_may, settle):
    ada = as_(cast.ada)
    assert ada.post(f"{PAGE}/add", {"month": "2031-01"}).status_code == 422
    assert ada.post(f"{PAGE}/add", {"month": "May"}).status_code == 422
    to_job = ada.post(f"{PAGE}/add", {"month": "2030-05"})
    settle()

    archive = ArchivedMonth.objects.get()
    assert ada.get(to_job["Location"]).status_code == 200
    page = ada.get(PAGE).content.decode()
    assert archive.sha256[:12] in page
    assert "In a file" in page
    taken = ada.post(f"{PAGE}/{archive.pk}/download")
    content = b"".join(taken.streaming_content)
    assert (content[:4], len(content)) == (b"PAR1", archive.size)
    assert "leadline-events-2030-05.parquet" in taken["Content-Disposition"]
    assert EventRecord.objects.filter(name="platform.ArchivedEventsTaken").count() == 1
    assert as_(cast.mira).post(f"{PAGE}/{archive.pk}/download").status_code == 404
    assert as_(cast.mira).post(f"{PAGE}/{archive.pk}/restore").status_code == 404

    ada.post(f"{PAGE}/{archive.pk}/restore")
    settle()
    assert PlatformEvent.objects.count() == 3
    assert "Here, until" in ada.get(PAGE).content.decode()


def test_a_customers_page_says_what_is_archived(as_, cast, by, events_of_may, make, told):
    into_file(date(2030, 5, 1), by=by(cast.ada))

    part = as_(cast.rosa).get(f"/customers/{_customer_of('u-1')}/platform").content.decode()
    assert "Events up to 2030-05 are archived" in part

    make.customer(cast.rosa, email="new@example.com")
    with at(datetime(2031, 2, 16, tzinfo=UTC)):
        told(event("page", "u-9", email="new@example.com"))
        later = as_(cast.rosa).get(f"/customers/{_customer_of('u-9')}/platform").content.decode()
    assert "are archived" not in later, "who came later misses nothing"


def _customer_of(external_id):
    return PlatformUser.objects.get(external_id=external_id).customer_id


def test_what_is_set_is_told(cast, by):
    keep_events_for(months=24, by=by(cast.ada))

    assert EventRecord.objects.filter(name="platform.PlatformRulesChanged").count() == 1


@pytest.mark.django_db(transaction=True)  # the lock is held until the transaction ends
def test_files_that_wait_for_a_backup_are_told(as_, cast, by, events_of_may, database_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", database_url)
    archive = into_file(date(2030, 5, 1), by=by(cast.ada))
    out_of_file(archive, by=by(cast.ada))
    assert "a backup runs" not in as_(cast.ada).get(PAGE).content.decode()

    with backing_up():
        into_file(date(2030, 5, 1), by=by(cast.ada))
        page = as_(cast.ada).get(PAGE).content.decode()
        assert "1 file in whose place another was written is still there: a backup runs" in page
        assert archive.path.exists()
    remove_replaced_files(0)

    assert not archive.path.exists()
    assert "a backup runs" not in as_(cast.ada).get(PAGE).content.decode()


def test_months_without_a_place_of_their_own_are_listed_and_archived(
    as_, cast, events_of_may, monkeypatch, settle
):
    assert months_in_rest(TABLE) == [date(2030, 5, 1)], "as nobody lived through it here"
    ada = as_(cast.ada)

    page = ada.get(PAGE).content.decode()

    assert "1 month has no place of its own" in page
    row = page.split('<th scope="row">2030-05</th>')[1].split("</tr>")[0]
    assert ">3</td>" in row
    assert "shared" in row
    assert 'value="2030-05"' in row, "it can be archived"

    monkeypatch.setattr(partitions, "COUNTED_IN_REST", 2)
    assert ">2+</td>" in ada.get(PAGE).content.decode()

    ada.post(f"{PAGE}/add", {"month": "2030-05"})
    settle()
    assert months_in_rest(TABLE) == []
    assert "no place of its own" not in ada.get(PAGE).content.decode()


def test_months_that_wait_in_the_rest_are_each_found_once(told, by, cast):
    moments = (datetime(2029, 12, 31, 23, 59, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
    late = datetime(2030, 4, 30, 23, 59, tzinfo=UTC)
    told(
        *(
            {**event("page", f"u-{nth}"), "time": at.isoformat()}
            for nth, at in enumerate((*moments, late, late))
        )
    )

    assert months_in_rest(TABLE) == [date(2029, 12, 1), date(2030, 1, 1), date(2030, 4, 1)]
