"""Old months of events go into files and come back: whole, once, whatever happens in between (PLT-2)."""

import os
from datetime import UTC, date, datetime

import pytest

from leadline.core.clock import at
from leadline.core.events import EventRecord
from leadline.core.jobs import Job
from leadline.core.jobs.files import path_of
from leadline.core.partitions import ensure_month, months_of
from leadline.core.privacy import Person
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.platform.actions import (
    archive_month,
    bring_month_back,
    count_anew,
    erase_from_platform,
    keep_events_for,
    note_archive_taken,
)
from leadline.platform.actions.archiving import Changed, put_month_away
from leadline.platform.archiving.erasing import sweep_archives, told_in_archives
from leadline.platform.archiving.files import remove_strays
from leadline.platform.archiving.months import into_file, out_of_file, write_month
from leadline.platform.models import (
    ArchivedMonth,
    Payment,
    PlatformEvent,
    PlatformUser,
    UsageDay,
    archive_folder,
)
from leadline.platform.queries.archives import TABLE, months_due, tally_of
from leadline.platform.tasks import archive_old
from leadline.platform.tests.conftest import MAY, NOW, STRANGE, event, files, on
from leadline.platform.usage import bring_up_to_date, is_counted

JUNE = date(2030, 6, 1)

pytestmark = pytest.mark.usefixtures("in_february")


def rows():
    """All events, as they are told."""
    names = ("id", "at", "user_id", "kind", "event_id", "details", "received_at")
    return list(PlatformEvent.objects.order_by("user_id", "at", "id").values_list(*names))


def test_a_month_goes_into_a_file_and_comes_back_as_it_was(may_passed, cast, by):
    before, tally = rows(), tally_of(MAY)

    archive = into_file(MAY, by=by(cast.ada))

    assert [row[5] for row in rows()] == [{"page": "/after"}]
    assert (archive.rows, archive.checksum, archive.is_away) == (*tally, True)
    assert archive.rows == 4
    assert files() == [archive.file]
    assert archive.path.stat().st_size == archive.size
    assert MAY not in [month.month for month in months_of(TABLE)]
    assert Payment.objects.count() == 1, "payments stay"

    back = out_of_file(archive, by=by(cast.ada))

    assert rows() == before
    assert tally_of(MAY) == tally
    assert (back.is_away, files()) == (False, [archive.file])


def test_what_comes_late_for_a_month_in_a_file_is_refused_by_itself(may_passed, told, cast, by):
    into_file(MAY, by=by(cast.ada))

    taken = told(on(31, "page", page="/late"), on(2, "page", month=6))

    assert taken.accepted == 1
    assert [(refused.index, refused.rule.field) for refused in taken.refused] == [(0, "time")]
    out_of_file(ArchivedMonth.objects.get(), by=by(cast.ada))
    assert told(on(31, "page", page="/late")).accepted == 1


def test_usage_of_a_month_in_a_file_stays_as_it_was_counted(may_passed, cast, by):
    def used():
        return list(UsageDay.objects.order_by("user", "day").values_list("day", "logins", "searches"))

    bring_up_to_date(by=by(cast.ada))
    before = used()
    assert len(before) >= 2
    into_file(MAY, by=by(cast.ada))

    count_anew(by=by(cast.ada))
    while not is_counted():
        bring_up_to_date(by=by(cast.ada))

    assert used() == before


def test_an_hour_before_utc_belongs_to_the_month_of_utc(may_passed, told, cast, by):
    into_file(MAY, by=by(cast.ada))

    early = {**event(), "time": "2030-06-01T06:30:00+07:00"}
    late = {**event(), "time": "2030-04-30T20:30:00-05:00"}

    assert [refused.index for refused in told(early, late).refused] == [0, 1]


def test_rows_that_slipped_in_beside_the_file_are_added_to_it(may_passed, cast, by):
    first = into_file(MAY, by=by(cast.ada))
    user = PlatformUser.objects.get(external_id="u-1")
    slipped = {"user_id": user.pk, "kind": "seen", "event_id": "slipped", "details": {}}
    moment = datetime(2030, 5, 20, tzinfo=UTC)
    PlatformEvent.objects.create(id=7, at=moment, received_at=NOW, **slipped)
    keep_events_for(months=6, by=by(cast.ada))
    assert months_due() == [MAY, JUNE]

    again = into_file(MAY, by=by(cast.ada))

    assert (again.rows, again.is_away) == (5, True)
    assert files() == [again.file] != [first.file]
    assert not PlatformEvent.objects.filter(at__lt=datetime(2030, 6, 1, tzinfo=UTC)).exists()


def test_a_file_that_is_not_what_is_dropped_drops_nothing(may_passed, told, cast, by):
    ensure_month(TABLE, MAY)
    written = write_month(MAY)
    told(on(30, "page", page="/meanwhile"))

    with pytest.raises(Changed):
        put_month_away(MAY, written, by=by(cast.ada))

    assert PlatformEvent.objects.count() == 6
    assert not ArchivedMonth.objects.exists()
    assert into_file(MAY, by=by(cast.ada)).rows == 5


def test_a_damaged_file_is_told_and_brings_nothing_back(may_passed, cast, by):
    archive = into_file(MAY, by=by(cast.ada))
    with archive.path.open("r+b") as file:
        file.seek(40)
        file.write(b"\0\0\0\0")

    with pytest.raises(RuleBroken, match="damaged"):
        out_of_file(archive, by=by(cast.ada))

    assert ArchivedMonth.objects.get().is_away


def test_only_old_months_go_and_only_by_who_may(may_passed, cast, by):
    with pytest.raises(NotAllowed):
        archive_month(MAY, by=by(cast.mira))
    for month in (date(2031, 2, 1), date(2030, 11, 1), date(2029, 1, 1)):
        with pytest.raises(RuleBroken) as refused:
            archive_month(month, by=by(cast.ada))
        assert refused.value.field == "month"
    with pytest.raises(NotAllowed):
        keep_events_for(months=12, by=by(cast.mira))
    for months in (0, 2, 121):
        with pytest.raises(RuleBroken):
            keep_events_for(months=months, by=by(cast.ada))


def test_each_night_what_is_older_than_set_goes(may_passed, cast, by, settle):
    archive_old(0)
    assert not Job.objects.exists(), "all is kept where nobody said otherwise"

    keep_events_for(months=8, by=by(cast.ada))
    archive_old(0)
    archive_old(0)
    settle()

    job = Job.objects.get()
    assert (job.state, job.counts) == ("done", {"archived": 4})
    archive = ArchivedMonth.objects.get()
    assert archive.month == MAY
    log = path_of(job, job.result_file).read_text()
    assert log.startswith("2030-05: 4 events,")
    assert archive.sha256 in log
    told = EventRecord.objects.get(name="platform.EventsArchived")
    assert told.payload == {"month": "2030-05", "events": 4, "size": archive.size}


def test_a_month_that_was_brought_back_stays_for_thirty_days(may_passed, cast, by, settle):
    keep_events_for(months=8, by=by(cast.ada))
    archive = into_file(MAY, by=by(cast.ada))

    bring_month_back(archive, by=by(cast.ada))
    settle()

    archive.refresh_from_db()
    assert not archive.is_away
    assert months_due() == []
    with pytest.raises(RuleBroken):
        bring_month_back(archive, by=by(cast.ada))
    with at(datetime(2031, 3, 20, tzinfo=UTC)):
        assert MAY in months_due()
        archive_old(0)
        settle()
    again = ArchivedMonth.objects.get(month=MAY)
    assert (again.is_away, again.rows) == (True, 4)
    assert archive.file not in files(), "the file before is gone"


def test_one_month_that_fails_does_not_hold_up_the_others(may_passed, cast, by, settle):
    archive = into_file(MAY, by=by(cast.ada))
    archive.path.unlink()
    slipped = {"user_id": 1, "kind": "seen", "event_id": "slipped", "details": {}}
    PlatformEvent.objects.create(id=7, at=datetime(2030, 5, 20, tzinfo=UTC), received_at=NOW, **slipped)
    keep_events_for(months=7, by=by(cast.ada))

    archive_old(0)
    settle()

    job = Job.objects.get()
    assert job.counts == {"refused": 1, "archived": 1}
    assert "missing or damaged" in path_of(job, "log.txt").read_text()
    assert list(ArchivedMonth.objects.order_by("month").values_list("month", flat=True)) == [MAY, JUNE]


def test_an_erased_person_is_erased_in_files_too(may_passed, told, cast, by, settle):
    archive = into_file(MAY, by=by(cast.ada))
    user = PlatformUser.objects.get(external_id="u-1")
    assert {row["kind"] for row in told_in_archives([user.pk])} == {"logged_in", "page"}
    person = Person("lead", 1, "", ("ana@example.com",), {"platform_user": (user.pk,)}, ())
    erase_from_platform(person, by=by(cast.ada))

    assert sweep_archives(person) == {"archived_events": 2}
    assert sweep_archives(person) == {"archived_events": 0}

    kept = ArchivedMonth.objects.get()
    assert (kept.rows, kept.file != archive.file) == (4, True)
    assert STRANGE.encode()[:20] not in kept.path.read_bytes()
    assert [row["details"] for row in told_in_archives([user.pk])] == ["{}", "{}"]
    out_of_file(kept, by=by(cast.ada))
    assert set(PlatformEvent.objects.filter(user=user).values_list("event_id", flat=True)) == {""}
    assert PlatformEvent.objects.filter(kind="search").get().details["query"] == STRANGE.strip()


def test_who_was_erased_while_the_month_was_away_does_not_come_back_with_it(may_passed, cast, by):
    archive = into_file(MAY, by=by(cast.ada))
    user = PlatformUser.objects.get(external_id="u-1")
    person = Person("lead", 1, "", ("ana@example.com",), {"platform_user": (user.pk,)}, ())
    erase_from_platform(person, by=by(cast.ada))

    out_of_file(archive, by=by(cast.ada))

    assert list(PlatformEvent.objects.filter(user=user).values_list("details", "event_id")) == [({}, "")] * 2


def test_taking_a_file_is_told(may_passed, cast, by):
    archive = into_file(MAY, by=by(cast.ada))

    with pytest.raises(NotAllowed):
        note_archive_taken(archive, by=by(cast.mira))
    note_archive_taken(archive, by=by(cast.ada))

    told = EventRecord.objects.get(name="platform.ArchivedEventsTaken")
    assert (told.payload, told.actor_id) == ({"month": "2030-05", "events": 4}, cast.ada.pk)


def test_what_the_dead_left_is_removed_after_a_day(may_passed, cast, by):
    archive = into_file(MAY, by=by(cast.ada))
    left, fresh = archive_folder() / "2030-05-0123.parquet", archive_folder() / "making-1"
    left.write_bytes(b"left")
    fresh.mkdir()
    os.utime(left, (0, 0))
    os.utime(archive.path, (0, 0))

    assert remove_strays() == 1
    assert files() == [archive.file, "making-1"]
