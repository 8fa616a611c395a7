"""Archived months of events in the API (PLT-2)."""

from datetime import UTC, date, datetime

import pytest

from leadline.api.tests.conftest import errors_of
from leadline.config.checks import archives
from leadline.core.clock import at
from leadline.platform.archiving.months import into_file
from leadline.platform.tests.conftest import event


@pytest.fixture(autouse=True)
def in_february(settings, tmp_path):
    """It is February 2031, and files are kept elsewhere."""
    settings.LEADLINE_DATA = tmp_path / "data"
    with at(datetime(2031, 2, 15, 9, 30, tzinfo=UTC)):
        yield


@pytest.fixture
def events_of_may(program, cast):
    """Three events of May."""
    moment = datetime(2030, 5, 3, tzinfo=UTC).isoformat()
    rows = [{**event("page", page="/nets"), "time": moment} for _ in range(3)]
    assert program(cast.ada).post("events", rows).json()["accepted"] == 3


def test_a_program_archives_looks_and_restores(program, cast, by, events_of_may, settle):
    ada = program(cast.ada)
    assert ada.get("platform/archives").json()["data"] == []
    assert ada.patch("platform/rules", {"months_kept": 12}).json()["months_kept"] == 12
    refused = ada.patch("platform/rules", {"months_kept": "many"})
    assert (refused.status_code, [*errors_of(refused)]) == (422, ["months_kept"])
    assert ada.post("platform/archives", {"month": "2030-13"}).status_code == 422

    assert ada.post("platform/archives", {"month": "2030-05"}).status_code == 202
    settle()

    (shown,) = ada.get("platform/archives").json()["data"]
    assert (shown["month"], shown["events"], shown["is_away"]) == ("2030-05", 3, True)
    assert ada.get("events").json()["data"] == []
    file = ada.get(f"platform/archives/{shown['id']}/file")
    assert len(b"".join(file.streaming_content)) == shown["bytes"]
    assert program(cast.mira).get(f"platform/archives/{shown['id']}/file").status_code == 404
    assert program(cast.mira).get("platform/archives").status_code == 403
    assert ada.post(f"platform/archives/{shown['id']}/restore", {}).status_code == 202
    settle()
    assert len(ada.get("events").json()["data"]) == 3


def test_the_check_tells_of_a_file_that_is_missing(cast, by, events_of_may):
    archive = into_file(date(2030, 5, 1), by=by(cast.ada))
    assert archives() == (True, "1 archived months of events")
    archive.path.unlink()
    assert archives()[0] is False
